import { type Exact, exact, type Money, ONE, quotient, ZERO } from '../model/money.ts'
import type { Warning } from '../model/result.ts'
import type { SelfHost } from '../model/self-host.ts'
import { VIEW_KEYS, type View } from '../model/views.ts'
import { type BreakEven, type WouldBe, wouldBreakEven } from './break-even.ts'
import { breakEvenSpan, type Ends, endsOfContest } from './break-even-span.ts'
import { type Mix, totalOf } from './capacity.ts'
import { unitCost } from './cluster-cost.ts'
import { blendOf, contestsOf, demandOf, type Hosting, hostCluster, withoutHits } from './host-cluster.ts'
import { type Hybrid, hybrid } from './hybrid.ts'
import type { Bounds } from './price-bounds.ts'
import { allStreams, mixOf, type Priced, type TokenEnd } from './price-fleet.ts'
import { hoursOfWeek, tokensByHour } from './size-fleet.ts'
import { type Staircase, staircase } from './staircase.ts'

/** A scenario's cluster against the API, exact. */
export interface SelfHosting {
  readonly self: SelfHost
  /** Models that the API would serve the work with. */
  readonly served: readonly string[]
  readonly mix: Mix
  /** The view that the mix is from: `cached`, or `headline` where that is unknown. */
  readonly mixView: View
  readonly hosting: Ends<Hosting>
  /** What the API asks for the mix, by view: USD per 1M tokens, at both ends; `null`: unknown. */
  readonly hosted: Readonly<Record<View, Ends<Money> | null>>
  readonly breakEven: Readonly<Record<View, Ends<BreakEven> | null>>
  readonly unitFull: Ends<Money>
  readonly unitUsed: Ends<Money> | null
  /** USD per period, both ends; `null`: it cannot serve the traffic, or a leg of the mix is unknown. */
  readonly costs: readonly [Money, Money] | null
  /** What would, each alone, make the cluster as it is used cost what the API does; `null` where it is not used. */
  readonly atUse: Ends<WouldBe> | null
  readonly cacheEffect: CacheEffect | null
  readonly staircase: Ends<Staircase> | null
  readonly hybrid: Ends<Hybrid> | null
}

/** Break-even utilisation without cache hits on either side, and with them. */
export interface CacheEffect {
  readonly without: Ends<Exact | null>
  readonly with: Ends<Exact | null>
}

/**
 * Reckons a scenario's cluster against the API: with all the work, or with that of the leg which it serves.
 *
 * @returns `null` where the scenario describes no cluster, or there is nothing to serve
 */
export const selfHosting = (priced: Priced): SelfHosting | null => {
  const { scenario } = priced
  const self = scenario.self_host
  if (!self) return null
  const leg = priced.legs.find(({ hosting: own }) => own !== null)
  const streams = leg?.streams ?? allStreams(priced)
  const { mix, view: mixView } = mixOf(streams)
  if (totalOf(mix).isZero()) return null
  const hosting = leg?.hosting ?? hostCluster(self, demandOf(scenario, mix))
  const hosted = perView(view => blendsOf(streams, view, leg ? null : priced.router))
  const { low, high } = hosting
  const costs = costsOf(self, hosting, { priced, streams })
  return {
    self,
    served: [...new Set(streams.map(bounds => bounds.low.offer.model.id))],
    mix,
    mixView,
    hosting,
    hosted,
    breakEven: perView(view => hosted[view] && breakEvenOf(hosting, self, hosted[view])),
    unitFull: { low: unitCost(low.cluster, ONE), high: unitCost(high.cluster, ONE) },
    unitUsed:
      low.utilisation && high.utilisation && !low.utilisation.isZero()
        ? { low: unitCost(low.cluster, low.utilisation), high: unitCost(high.cluster, high.utilisation) }
        : null,
    costs,
    atUse: atUseOf(hosting, self, hosted.cached ?? hosted.headline),
    cacheEffect: cacheEffectOf(priced, self, { mix, hosting, hosted }),
    ...fleetsOf(priced, self, { mix, hosting, hosted }),
  }
}

const ENDS: readonly TokenEnd[] = ['low', 'stated', 'high']

/** What the API asks for 1M tokens of the work, whatever their count is: the least and the most over its band. */
const blendsOf = (streams: readonly Bounds[], view: View, router: Priced['router']): Ends<Money> | null => {
  const blends: Money[] = []
  for (const end of ENDS) {
    let usd = router?.cost ?? ZERO
    for (const bounds of streams) {
      const one = bounds[end].views[view]
      if (!('lines' in one)) return null
      usd = usd.plus(one.cost)
    }
    const blend = blendOf(usd, mixOf(streams, end).mix)
    if (blend) blends.push(blend)
  }
  return rangeOf(blends)
}

/** The least and the most of some figures; `null` for none. */
const rangeOf = (figures: readonly Exact[]): Ends<Exact> | null => {
  const [first] = figures
  if (!first) return null
  return {
    low: figures.reduce((a, b) => (b.lt(a) ? b : a), first),
    high: figures.reduce((a, b) => (b.gt(a) ? b : a), first),
  }
}

/** USD per period over the band of the token counts; `null` where it cannot serve the traffic at one of its ends. */
const costsOf = (
  self: SelfHost,
  hosting: Ends<Hosting>,
  { priced, streams }: { readonly priced: Priced; readonly streams: readonly Bounds[] },
): SelfHosting['costs'] => {
  const exactly = streams.every(({ low, high }) => low === high)
  const all = exactly
    ? [hosting]
    : ENDS.map(end => hostCluster(self, demandOf(priced.scenario, mixOf(streams, end).mix)))
  const costs = all.flatMap(({ low, high }) => [low.usdPerPeriod, high.usdPerPeriod])
  const known = costs.flatMap(cost => cost ?? [])
  const range = known.length < costs.length ? null : rangeOf(known)
  return range && [range.low, range.high]
}

const perView = <T>(of: (view: View) => T): Record<View, T> =>
  Object.fromEntries(VIEW_KEYS.map(view => [view, of(view)])) as Record<View, T>

const breakEvenOf = (hosting: Ends<Hosting>, self: SelfHost, hosted: Ends<Money>): Ends<BreakEven> =>
  breakEvenSpan(contestsOf(hosting, self, hosted))

/** The API's price, the cluster's and its capacity that would each alone put break-even where the cluster is used. */
const atUseOf = (hosting: Ends<Hosting>, self: SelfHost, hosted: Ends<Money> | null): SelfHosting['atUse'] => {
  const [low, high] = [hosting.low.utilisation, hosting.high.utilisation]
  if (!hosted || !low || !high || low.isZero()) return null
  const contests = endsOfContest(contestsOf(hosting, self, hosted))
  return { low: wouldBreakEven(contests.low, low), high: wouldBreakEven(contests.high, high) }
}

interface Reckoned {
  readonly mix: Mix
  readonly hosting: Ends<Hosting>
  readonly hosted: SelfHosting['hosted']
}

/** Which way hits move break-even: they spare the cluster work, and the API's bill. */
const cacheEffectOf = (priced: Priced, self: SelfHost, { mix, hosting, hosted }: Reckoned): CacheEffect | null => {
  if (mix.hit.isZero() || !hosted.cached || !hosted.headline) return null
  const plain = hostCluster(self, demandOf(priced.scenario, withoutHits(mix)))
  const used = (ends: Ends<BreakEven>): Ends<Exact | null> => ({
    low: ends.low.utilisation,
    high: ends.high.utilisation,
  })
  return {
    without: used(breakEvenOf(plain, self, hosted.headline)),
    with: used(breakEvenOf(hosting, self, hosted.cached)),
  }
}

/**
 * Whole nodes and the hybrid, at both ends; `null` for a fleet that follows its traffic, which has no size of its own,
 * and where no price is known.
 */
const fleetsOf = (
  priced: Priced,
  self: SelfHost,
  { hosting, hosted }: Reckoned,
): Pick<SelfHosting, 'staircase' | 'hybrid'> => {
  const price = hosted.cached ?? hosted.headline
  if (!price || self.autoscale) return { staircase: null, hybrid: null }
  const at = (end: 'low' | 'high') =>
    fleetAt(priced, self, { own: hosting[end], hostedUsdPer1M: end === 'low' ? price.high : price.low })
  const [low, high] = [at('low'), at('high')]
  return {
    staircase: { low: low.staircase, high: high.staircase },
    hybrid: low.hybrid && high.hybrid ? { low: low.hybrid, high: high.hybrid } : null,
  }
}

const fleetAt = (
  priced: Priced,
  self: SelfHost,
  { own, hostedUsdPer1M }: { readonly own: Hosting; readonly hostedUsdPer1M: Money },
): { staircase: Staircase; hybrid: Hybrid | null } => {
  const unitNodes = Math.max(self.unit_nodes, self.min_nodes)
  const build = { ...own.build, unitNodes, minNodes: unitNodes }
  const money = {
    nodeUsdPerDay: own.nodeUsdPerDay,
    overheadUsdPerDay: own.overheadUsdPerDay,
    variableUsdPer1M: own.cluster.variableUsdPer1M,
  }
  const stairs = staircase({ ...build, ...money, hostedUsdPer1M, peakToMean: own.peakToMean })
  if (own.demandPerDay === null) return { staircase: stairs, hybrid: null }
  const { spread } = demandOf(priced.scenario, { miss: ZERO, hit: ZERO, output: ZERO })
  const prices = hourPrices(priced, hoursOfWeek(spread), hostedUsdPer1M)
  const hours = tokensByHour(spread, own.demandPerDay).map((tokens, hour) => ({
    tokens,
    hostedUsdPer1M: prices[hour] ?? hostedUsdPer1M,
  }))
  return { staircase: stairs, hybrid: hybrid({ ...build, ...money, hours }) }
}

/**
 * What the API asks in each hour of the week, where its price knows hours: the blend of each set of rates, weighed by
 * how much of the hour lies in it.
 */
const hourPrices = (
  { legs, scenario, fallback, router }: Priced,
  week: readonly Exact[],
  mean: Exact,
): readonly Exact[] => {
  const [leg, ...others] = legs
  const [stream, ...more] = leg.streams
  // A fleet's legs have hours of their own: it is priced at its mean.
  if (scenario.routing || others.length > 0 || more.length > 0 || fallback || router) return week.map(() => mean)
  const { bands, views } = stream.stated
  const priced = 'lines' in views.cached ? views.cached : views.headline
  if (bands.length < 2 || !('lines' in priced)) return week.map(() => mean)
  const blends = bands.map(({ name }) => {
    const lines = priced.lines.filter(({ window }) => window === name)
    const tokens = lines.reduce((all, { quantity }) => all.plus(quantity), ZERO)
    const usd = lines.reduce((all, { cost }) => all.plus(cost), ZERO)
    return tokens.isZero() ? mean : quotient(usd.times(1_000_000), tokens)
  })
  return week.map((_, hour) =>
    bands.reduce((price, { parts }, i) => {
      const fraction = parts.find(part => part.hour.hour === hour)?.fraction
      return fraction ? price.plus(fraction.times(blends[i] ?? mean)) : price
    }, ZERO),
  )
}

/** What one should know of the cluster, beside its figures. */
export const selfHostWarnings = (hosted: SelfHosting, place: string): Warning[] => {
  const { self, mix, hosting } = hosted
  const warnings: Warning[] = []
  const warn = (code: string, what: string, mend: string): void => void warnings.push({ code, what, mend, at: place })
  const why = hosting.low.why ?? hosting.high.why
  if (why !== null)
    warn(
      'OVER_CAPACITY',
      why,
      self.utilisation !== null && why.includes('stated')
        ? 'raise utilisation'
        : 'raise nodes, with a capacity for as many, or leave nodes out where rates are given per node',
    )
  if (self.utilisation !== null && self.utilisation > self.max_utilisation) {
    const what = `the utilisation that is stated, ${self.utilisation}, is above max_utilisation, ${self.max_utilisation}`
    warn('UTILISATION_OVER_MAX', what, 'lower utilisation, or raise max_utilisation')
  }
  for (const { code, what } of self.notes) {
    if (code === 'OTHER_MODEL' || code === 'OTHER_GPU') warn(code, what, 'take a row that was measured on yours')
  }
  if (self.ttft_ms !== null && exact(self.ttft_ms).gt(5000)) {
    const seconds = exact(self.ttft_ms).times('0.001').toDecimalPlaces(1).toFixed()
    warn(
      'BATCH_LATENCY',
      `the measured row keeps a request waiting ${seconds} s for its first token: batch capacity`,
      'take a row with less at a time',
    )
  }
  if (self.rates.kind !== 'joint') return [...warnings, ...statedFar(hosted, place)]
  const [own, its] = [
    outputShare(mix),
    quotient(exact(self.rates.output), exact(self.rates.input).plus(exact(self.rates.output))),
  ]
  if (own.minus(its).abs().gt(its.times('0.2'))) {
    const percent = (share: Exact): string => `${share.times(100).toDecimalPlaces(1).toFixed()} %`
    warn(
      'JOINT_MIX',
      `the throughput holds at ${percent(its)} output, and this workload has ${percent(own)}`,
      'give rates per phase: {prefill: …, decode: …}',
    )
  }
  if (!mix.hit.isZero()) {
    warn(
      'JOINT_CACHE',
      'the throughput was measured without cache hits, and this workload has some',
      'give rates per phase, with cached_prefill',
    )
  }
  return warnings
}

const outputShare = ({ miss, hit, output }: Mix): Exact => {
  const all = miss.plus(hit).plus(output)
  return all.isZero() ? ZERO : quotient(output, all)
}

/** Tokens a second of one GPU at full utilisation. */
export const perGpuSecond = ({ self, hosting }: SelfHosting): readonly [Exact, Exact] => {
  const of = ({ cluster, nodes }: Hosting): Exact =>
    nodes.isZero() ? ZERO : quotient(cluster.capacityPerDay, nodes.times(self.gpus_per_node).times(86_400))
  return [of(hosting.high), of(hosting.low)]
}

/** A stated capacity that is far from what was measured shows itself. */
const statedFar = (hosted: SelfHosting, place: string): Warning[] => {
  const { nearest, rates } = hosted.self
  const measured = nearest?.tokens_per_second_per_gpu
  if (rates.kind !== 'stated' || !nearest || measured == null) return []
  const [own] = perGpuSecond(hosted)
  if (own.times(5).gte(exact(measured)) && own.lte(exact(measured).times(5))) return []
  return [
    {
      code: 'STATED_FAR',
      what: `the capacity is ${own.toDecimalPlaces(1).toFixed()} tokens a second for each GPU, and ${exact(measured).toDecimalPlaces(1).toFixed()} were measured: ${nearest.what} (${nearest.id})`,
      mend: `write throughput: {ref: ${nearest.id}} instead of capacity, or check it`,
      at: place,
    },
  ]
}
