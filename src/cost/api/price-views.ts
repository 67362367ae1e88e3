import type { Window } from '../../model/book/book.ts'
import type { MeterKey } from '../../model/meters.ts'
import { type Exact, exact, type Money, sum, ZERO } from '../../model/number/money.ts'
import type { CachePolicy } from '../../model/scenario/scenario.ts'
import { VIEW_KEYS, type View } from '../../model/views.ts'
import { batchCard, listCard, offersMeter, pickRates, type RateCard, stackingOf } from '../rates/pick-rates.ts'
import type { Offer } from '../rates/price-at.ts'
import { STANDARD } from '../rates/served-row.ts'
import type { TierTokens } from '../workload/measure-workload.ts'
import { type KnownUsage, knownTokens } from './known-usage.ts'
import { type Line, priceUsage, totalCost, type Usage } from './price-usage.ts'

/** The hours of one rate, and the requests in them. */
export interface Share {
  readonly name: string | null
  readonly window: Window | null
  /** Requests of the period in these hours. */
  readonly requests: Exact
  /** Of these, how many find the shared prefix warm when one, or two, earlier requests must have come in time. */
  readonly warmAfterOne: Exact
  readonly warmAfterTwo: Exact
}

/** The work of one model, with the cache hits expected from its own cache. Tokens per request. */
export interface Work {
  readonly cells: readonly TierTokens[]
  readonly policy: CachePolicy
  /** Meter that bills a write at the chosen lifetime; `null`: writes are free. */
  readonly writeMeter: 'cache_write' | 'cache_write_1h' | null
  /** The cached tokens that the scenario states; `null`: they follow from the policy. */
  readonly known: KnownUsage | null
  /** Why `cached` is unknown; `null` if it is known. */
  readonly cacheUnknown: string | null
}

/** A line of a view, with the rate's tier and hours. */
export interface ViewLine extends Line {
  readonly tier: string | null
  readonly window: string | null
}

/** A priced view, or why it has no price. `offered: false`: the provider has no such tier, so nothing is unknown. */
export type PricedView =
  | { readonly lines: readonly ViewLine[]; readonly cost: Money }
  | {
      readonly reason: string
      /** The reason's category, without the model and its note. */
      readonly kind?: string
      readonly offered: boolean
      readonly missing?: MeterKey
    }

export type Views = Readonly<Record<View, PricedView>>

/** Tokens of a period in one tier, at the rates of one share. */
interface Demand {
  readonly cell: TierTokens
  readonly share: Share
  readonly prompt: Exact
  readonly output: Exact
  readonly hit: Exact
  readonly write: Exact
}

/** Whether cache reads have a price at any of the row's rates, or are known not to exist. */
export const readsOffered = ({ row, caching }: Pick<Offer, 'row' | 'caching'>): boolean =>
  offersMeter(row, 'cache_read') && caching !== 'none'

/** Prices every view of the work. The shares' requests add up to the period's. */
export const priceViews = (offer: Offer, work: Work, shares: readonly Share[]): Views => {
  const demands = shares.flatMap(share =>
    share.requests.isZero() ? [] : work.cells.map(cell => toDemand(cell, share, work.policy, readsOffered(offer))),
  )
  const views = {} as Record<View, PricedView>
  for (const view of VIEW_KEYS) views[view] = priceView(view, demands, { offer, work })
  return views
}

const toDemand = (cell: TierTokens, share: Share, { policy, hit_share }: CachePolicy, reads: boolean): Demand => {
  const { requests, warmAfterOne: one, warmAfterTwo: two } = share
  const prompt = cell.prompt.times(requests)
  const total = (key: 'hit' | 'write'): Exact =>
    cell[key].times(requests).plus(cell.warmAfterOne[key].times(one)).plus(cell.warmAfterTwo[key].times(two))
  let hit = ZERO
  if (reads && policy === 'prefix') hit = total('hit')
  if (reads && policy === 'ideal') hit = prompt
  if (reads && policy === 'hit_share') hit = prompt.times(exact(String(hit_share)))
  const write = reads && policy === 'prefix' ? total('write') : ZERO
  return { cell, share, prompt, output: cell.output.times(requests), hit, write }
}

/** Tokens per meter of one view of a demand. If writes have no price, a miss is billed as input. */
const toUsage = (
  view: View,
  { prompt, output, hit, write }: Demand,
  { card, work: { writeMeter }, uncached }: { card: RateCard; work: Work; uncached: boolean },
): Usage => {
  if (uncached || view === 'headline' || view === 'batch') return { input: prompt, output }
  if (view === 'cached_ideal') return { cache_read: prompt, output }
  const meter = writeMeter === null || card[writeMeter] === 'not_offered' ? null : writeMeter
  const written = meter === null ? ZERO : write
  const input = prompt.minus(hit).minus(written)
  return { input, cache_read: hit, ...(meter === null ? {} : { [meter]: written }), output }
}

const priceView = (
  view: View,
  demands: readonly Demand[],
  { offer, work }: { offer: Offer; work: Work },
): PricedView => {
  const { row, provider, batchRule } = offer
  const batched = view === 'batch' || view === 'batch_cached'
  const hits = view === 'cached' || view === 'batch_cached'
  const noHits = view === 'batch_cached' && stackingOf(batchRule) === 'no-cache'
  // Nothing is cached, so the view is billed as headline or batch.
  const plain = !readsOffered(offer) || noHits
  const known = hits && !noHits ? work.known : null
  const lines: ViewLine[] = []
  for (const demand of demands) {
    const rates = pickRates(row, demand.cell.tier, demand.share.window)
    const card = batched ? batchCard(rates, batchRule) : listCard(rates)
    if (card === 'not_offered') return { reason: whyNoBatch(offer), offered: false }
    if (card === null) return { reason: `whether ${provider.name} offers a batch tier is unknown`, offered: true }
    const uncached = plain || card.cache_read === 'not_offered'
    if (hits && work.cacheUnknown && !uncached) return { reason: work.cacheUnknown, offered: true }
    const usage = known
      ? { ...knownTokens(known, demand.prompt, card), output: demand.output }
      : toUsage(view, demand, { card, work, uncached })
    const priced = priceUsage(usage, card)
    if ('missing' in priced) {
      const why = gap(priced.missing, offer, { batched, long: demand.cell.tier !== null })
      return { ...why, offered: true, missing: priced.missing }
    }
    const tier = demand.cell.tier === null ? undefined : row.tiers?.[demand.cell.tier]
    const place = { tier: tier ? `${tier.operator} ${tier.threshold}` : null, window: demand.share.name }
    lines.push(...priced.map(line => ({ ...line, ...place })))
  }
  return { lines, cost: totalCost(lines) }
}

/** Why a batch has no price. */
export const whyNoBatch = ({ model, provider, terms }: Offer): string =>
  terms.service === STANDARD
    ? `${provider.name} offers no batch tier`
    : `the ${terms.service} service of ${model.id} has no batch rates`

const gap = (
  meter: MeterKey,
  { model, row, longPrompts }: Offer,
  { batched, long }: { readonly batched: boolean; readonly long: boolean },
): { reason: string; kind: string } => {
  if (long && longPrompts !== null) {
    return { reason: longPrompts, kind: 'the service has no known rate for long prompts' }
  }
  const rate = `the ${batched ? 'batch ' : ''}${meter} rate`
  return {
    reason: `${rate} of ${model.id} is unknown${row.note ? `: ${row.note}` : ''}`,
    kind: `${rate} is unknown`,
  }
}

/** The shares with all traffic of the period at one share's rates. */
export const allIn = (share: Share, shares: readonly Share[]): Share => {
  const add = (key: 'requests' | 'warmAfterOne' | 'warmAfterTwo'): Exact =>
    shares.reduce((total, part) => total.plus(part[key]), ZERO)
  return {
    name: share.name,
    window: share.window,
    requests: add('requests'),
    warmAfterOne: add('warmAfterOne'),
    warmAfterTwo: add('warmAfterTwo'),
  }
}

/** Tokens of the `cached` view per meter; disjoint, prompt = input + cache_read + cache_write + cache_write_1h. */
export interface Tokens {
  readonly prompt: Exact
  readonly output: Exact
  /** `null`: the effect of the cache is unknown. */
  readonly input: Exact | null
  readonly cache_read: Exact | null
  readonly cache_write: Exact | null
  readonly cache_write_1h: Exact | null
}

/** Tokens per period of the priced requests. */
export const countTokens = ({ cached }: Views, { cells }: Work, shares: readonly Share[]): Tokens => {
  const requests = sum(shares.map(share => share.requests))
  const inAll = (key: 'prompt' | 'output'): Exact => sum(cells.map(cell => cell[key])).times(requests)
  const billed = (meter: MeterKey): Exact | null =>
    'lines' in cached ? sum(cached.lines.flatMap(line => (line.meter === meter ? line.quantity : []))) : null
  return {
    prompt: inAll('prompt'),
    output: inAll('output'),
    input: billed('input'),
    cache_read: billed('cache_read'),
    cache_write: billed('cache_write'),
    cache_write_1h: billed('cache_write_1h'),
  }
}
