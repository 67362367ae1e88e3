import { byMeter, METERS, type MeterKey } from '../../model/meters.ts'
import { type Exact, exact, quotient, toDecimals, ZERO } from '../../model/number/money.ts'
import { bandOf } from '../plan/tier-edges.ts'
import type { Quoter } from '../price/price-group.ts'
import type { Rates } from '../price/rates.ts'
import type { Mix } from './observe.ts'
import { costOf } from './rated-tokens.ts'

/** Part of usage that one leg of a scenario stands for. */
export interface Leg {
  readonly model: string
  readonly service: string | null
  readonly batch: boolean
  readonly region: string | null
  readonly mix: Mix
  /** Share of the calls; where some are not counted, of the prompt tokens. */
  readonly share: string
  /** Size against the mean call of all legs. */
  readonly size: string
  /** `cost`: so that it costs what its calls cost; `prompt`: by its prompts, whose length decides the tier. */
  readonly sizedBy: 'cost' | 'prompt'
}

/** Usage without a price, which no leg stands for. */
export interface LeftOut {
  readonly name: string
  readonly records: number
  readonly why: string
}

/** Legs, and what a mean call of all of them has. */
export interface Legs {
  readonly legs: readonly Leg[]
  readonly leftOut: readonly LeftOut[]
  /** Whether every record counts its calls. */
  readonly isCounted: boolean
  /** Calls; 0 where they are not counted. */
  readonly calls: number
  /** Whether all were batches; where only some were, these have legs of their own. */
  readonly isBatch: boolean
  /** All tokens. */
  readonly tokens: Readonly<Record<MeterKey, number>>
  readonly reasoning: number
}

/** Most legs of a scenario. */
const MOST = 32
const SHARE_DIGITS = 9
/** Decimals of a leg's size. */
const SIZE_DIGITS = 4
const LEAST_SIZE = exact('0.0001')
const MOST_SIZE = exact(1000)

/**
 * One leg for each model, service, region and length band, and for batches apart where only some are.
 *
 * @param at - instant whose rates weigh the kinds of tokens, milliseconds since 1970
 */
export const legsOf = (mixes: readonly Mix[], { quote, at }: { readonly quote: Quoter; readonly at: number }): Legs => {
  const isBatch = mixes.every(({ batch }) => batch)
  const found = mixes.map(mix => ({ mix, rated: ratesOf(mix, { quote, at, isBatch }) }))
  const priced = found.flatMap(({ mix, rated }) => (typeof rated === 'string' ? [] : [{ mix, ...rated }]))
  const byCost = priced.sort((a, b) => costOf(b.mix, b.own).comparedTo(costOf(a.mix, a.own)))
  const kept = byCost.slice(0, MOST)
  const leftOut = [
    ...found.flatMap(({ mix, rated }) => (typeof rated === 'string' ? [leftOutOf(mix, rated)] : [])),
    ...byCost.slice(MOST).map(({ mix }) => leftOutOf(mix, `a scenario has at most ${MOST} legs`)),
  ]
  const isCounted = kept.every(({ mix }) => mix.uncounted === 0) && kept.some(({ mix }) => mix.requests > 0)
  const all = sumOf(kept.map(({ mix }) => mix))
  const weightOf = (mix: Mix): number => (isCounted ? mix.requests : promptOf(mix.tokens))
  const weight = kept.reduce((sum, { mix }) => sum + weightOf(mix), 0)
  const shares = sharesOf(kept.map(({ mix }) => weightOf(mix)))
  const legs = kept.map(({ mix, model, own, legIn }, i): Leg => {
    const mean = quotient(exact(weightOf(mix)), exact(weight))
    return {
      model,
      service: mix.service,
      batch: mix.batch,
      region: mix.region,
      mix,
      share: shares[i] ?? '0',
      ...sizeOf(mix, { all, mean, own, legIn, isCounted, weight }),
    }
  })
  return { legs, leftOut, isCounted, isBatch, calls: isCounted ? weight : 0, ...all }
}

const leftOutOf = ({ name, records }: Mix, why: string): LeftOut => ({ name, records, why })

interface Rated {
  readonly model: string
  /** The rates of its calls. */
  readonly own: Rates
  /** The rates of a leg whose prompts lie in a band: without a batch, unless all are in one. `null`: unknown. */
  readonly legIn: (band: number) => Rates | null
}

const ratesOf = (
  mix: Mix,
  { quote, at, isBatch }: { readonly quote: Quoter; readonly at: number; readonly isBatch: boolean },
): Rated | string => {
  if (!mix.served) return 'the book does not have it'
  const asked = { model: mix.served.model.id, at, service: mix.service, region: mix.region }
  const own = quote({ ...asked, prompt: mix.band, batch: mix.batch })
  if ('fault' in own) return own.fault.why?.why ?? own.fault.what
  const legIn = (prompt: number): Rates | null => {
    const found = quote({ ...asked, prompt, batch: isBatch })
    return 'fault' in found ? null : found.rates
  }
  return { model: mix.served.model.id, own: own.rates, legIn }
}

const promptOf = (tokens: Mix['tokens']): number =>
  METERS.reduce((sum, { key }) => (key === 'output' ? sum : sum + tokens[key]), 0)

const sumOf = (mixes: readonly Mix[]): Pick<Legs, 'tokens' | 'reasoning'> => ({
  tokens: byMeter(meter => mixes.reduce((sum, { tokens }) => sum + tokens[meter], 0)),
  reasoning: mixes.reduce((sum, mix) => sum + mix.reasoning, 0),
})

interface Sizing extends Pick<Rated, 'own' | 'legIn'> {
  readonly all: Pick<Legs, 'tokens'>
  /** Its share of all, exact. */
  readonly mean: Exact
  readonly isCounted: boolean
  readonly weight: number
}

/**
 * A leg has one size for its prompt, its output and its cached part, but its calls may differ in each from the mean of
 * all: so it has the size at which it costs the same, at the rates of the band that its prompts then lie in.
 */
const sizeOf = (mix: Mix, { all, mean, own, legIn, isCounted, weight }: Sizing): Pick<Leg, 'size' | 'sizedBy'> => {
  const prompt = quotient(exact(promptOf(all.tokens)), exact(weight || 1))
  const cost = costOf(mix, own)
  // Of calls that are not counted no length is known: the base tier holds.
  const bands = isCounted ? [mix.band, ...[0, ...(mix.served?.edges ?? [])].filter(band => band !== mix.band)] : [0]
  for (const band of bands) {
    const rates = legIn(band)
    const there = rates ? costOf(all, rates).times(mean) : ZERO
    if (there.isZero()) continue
    const size = quotient(cost, there)
    if (!isCounted || bandOf(mix.served?.edges ?? [], prompt.times(size).toNumber()) === band) {
      return { size: sized(size), sizedBy: 'cost' }
    }
  }
  const byPrompt = quotient(exact(promptOf(mix.tokens)), exact(promptOf(all.tokens) || 1).times(mean))
  return { size: sized(byPrompt), sizedBy: 'prompt' }
}

const sized = (size: Exact): string => {
  const least = size.lt(LEAST_SIZE) ? LEAST_SIZE : size.gt(MOST_SIZE) ? MOST_SIZE : size
  return toDecimals(least, SIZE_DIGITS)
}

/** Shares that add up to 1 exactly: what rounding leaves goes to the largest. */
export const sharesOf = (weights: readonly number[]): string[] => {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const unit = 10 ** SHARE_DIGITS
  const parts = weights.map(weight => (whole === 0 ? 0 : Math.round((weight / whole) * unit)))
  const largest = parts.indexOf(Math.max(...parts))
  const off = unit - parts.reduce((sum, part) => sum + part, 0)
  return parts.map((part, i) => quotient(exact(i === largest ? part + off : part), exact(unit)).toFixed())
}
