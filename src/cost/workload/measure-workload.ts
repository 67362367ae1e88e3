import { at, InputError, problems } from '../../errors/index.ts'
import type { Price } from '../../model/book/book.ts'
import { greatestOf } from '../../model/number/extremes.ts'
import { type Exact, exact, quotient } from '../../model/number/money.ts'
import { remembered } from '../../model/remembered.ts'
import {
  COUNTED_LENGTHS,
  type CountedLength,
  type Length,
  type Part,
  type Request,
} from '../../model/scenario/counted.ts'
import { pickTier } from '../rates/pick-rates.ts'
import { type CacheTerms, expectCalls, type Needs } from './expect-cache.ts'
import { promptOf, type Shape } from './prompt.ts'

/** Tokens of one mean request in one tier. `one`, `two`: the difference with a warm prefix. */
export interface TierTokens {
  readonly tier: number | null
  readonly prompt: Exact
  readonly output: Exact
  readonly hit: Exact
  readonly write: Exact
  readonly warmAfterOne: { readonly hit: Exact; readonly write: Exact }
  readonly warmAfterTwo: { readonly hit: Exact; readonly write: Exact }
}

/** A measured request: its tokens by tier, its longest call, and what its first call needs to find the prefix warm. */
export interface Measured {
  readonly cells: readonly TierTokens[]
  readonly longest: { readonly tokens: number; readonly output: number }
  readonly needs: Needs
}

/** The size of a stream's requests, and the calls that it serves of each. */
export interface CallRange {
  /** Multiplier on every length, as a fraction of whole numbers. */
  readonly times: number
  readonly of: number
  /** First and last call. */
  readonly first: number
  readonly last: number
}

/** Most combinations of lengths and calls computed for one scenario: about a second's work. */
export const LIMIT = 1_000_000

/** @throws {InputError} TOO_MANY_SAMPLES, at the request */
export const tooManyCalls = (calls: number): InputError =>
  new InputError([at(['request'], problems.tooManySamples(calls, LIMIT))])

/** Lengths, with the number of sample combinations for each; the parts of a list are independent and add up. */
const spreadOfParts = remembered(({ parts }: Exclude<Length, number>): ReadonlyMap<number, bigint> => {
  const spreads = parts.map(({ samples }) => tally(samples))
  // A part with only one length just shifts the others, so it is added once.
  const moved = spreads.reduce((sum, one) => sum + (one.size === 1 ? ([...one.keys()][0] ?? 0) : 0), 0)
  const often = spreads.reduce((all, one) => (one.size === 1 ? all * ([...one.values()][0] ?? 1n) : all), 1n)
  let spread = new Map([[moved, often]])
  let steps = 0
  for (const own of spreads) {
    if (own.size === 1) continue
    steps += spread.size * own.size
    if (steps > LIMIT) throw tooManyCalls(steps)
    const longer = new Map<number, bigint>()
    for (const [tokens, count] of spread) {
      for (const [sample, times] of own) {
        longer.set(tokens + sample, (longer.get(tokens + sample) ?? 0n) + count * times)
      }
    }
    spread = longer
  }
  return spread
})

/** Number of occurrences of each length. */
const tally = (samples: readonly number[]): Map<number, bigint> => {
  const counts = new Map<number, bigint>()
  for (const tokens of samples) counts.set(tokens, (counts.get(tokens) ?? 0n) + 1n)
  return counts
}

/** A request whose lengths are whole numbers: in fractions of a token, `of` per token, if a multiple made any a fraction. */
const inWhole = remembered((request: Request): { readonly request: Request; readonly of: number } => {
  const lengths = COUNTED_LENGTHS.map(key => request[key])
  const places = lengths.flatMap(length => (typeof length === 'number' ? [length] : length.parts.flatMap(samplesOf)))
  const of = 10 ** greatestOf([0, ...places.map(decimalsOf)])
  if (of === 1) return { request, of }
  const whole = (tokens: number): number => exact(tokens).times(of).toNumber()
  const scaled = lengths.map((length, i) => [COUNTED_LENGTHS[i], scaleLength(length, whole)])
  return { request: { ...request, ...(Object.fromEntries(scaled) as Pick<Request, CountedLength>) }, of }
})

const samplesOf = ({ samples }: Part): readonly number[] => samples

const decimalsOf = (tokens: number): number => (Number.isInteger(tokens) ? 0 : exact(tokens).decimalPlaces())

const scaleLength = (length: Length, scale: (tokens: number) => number): Length =>
  typeof length === 'number'
    ? scale(length)
    : { ...length, parts: length.parts.map(part => ({ ...part, samples: part.samples.map(scale) })) }

const spreadOf = (length: Length): ReadonlyMap<number, bigint> =>
  typeof length === 'number' ? new Map([[length, 1n]]) : spreadOfParts(length)

/** Number of sample combinations of a request, times its calls. @throws {InputError} TOO_MANY_SAMPLES */
export const callsIn = (request: Request, { first, last }: Pick<CallRange, 'first' | 'last'>): number =>
  COUNTED_LENGTHS.reduce((product, key) => product * spreadOf(request[key]).size, last - first + 1)

/** Every combination of sample lengths of a request, scaled by the multiplier, with its number of occurrences. */
const combine = (
  request: Request,
  { extent, keeps }: { extent: CallRange; keeps: boolean },
): { shape: Shape; count: bigint }[] => {
  const { times, of, first, last } = extent
  const { turn_gap_s: gap_s, history } = request
  const spreads = COUNTED_LENGTHS.map(key => ({ key, spread: spreadOf(request[key]) }))
  const calls = callsIn(request, extent)
  if (calls > LIMIT) throw tooManyCalls(calls)
  const nothing = Object.fromEntries(COUNTED_LENGTHS.map(key => [key, 0])) as Record<CountedLength, number>
  const none: Shape = { ...nothing, first, last, gap_s, history, keeps }
  let shapes = [{ shape: none, count: 1n }]
  for (const { key, spread } of spreads) {
    shapes = shapes.flatMap(({ shape, count }) =>
      [...spread].map(([tokens, often]) => ({ shape: { ...shape, [key]: tokens * times }, count: count * often })),
    )
  }
  const most = shapes.reduce((most, { shape }) => Math.max(most, promptOf(shape, last) + shape.output), 0)
  if (most > Number.MAX_SAFE_INTEGER) throw new InputError([at(['request'], problems.promptTooLong(most / of))])
  return shapes
}

/** Every call of a request, at its own size. */
export const allCalls = ({ turns }: Pick<Request, 'turns'>): CallRange => ({ times: 1, of: 1, first: 1, last: turns })

/** A sum of whole numbers of any size. Safe integers are added as numbers, which is ten times as fast. */
interface Sum {
  whole: bigint
  rest: number
}

/** Adds this many tokens this many times; `often`: the count, if it is a safe integer. */
const addTo = (
  sum: Sum,
  tokens: number,
  { count, often }: { readonly count: bigint; readonly often: number | null },
): void => {
  const added = often === null ? Number.POSITIVE_INFINITY : Math.abs(tokens * often)
  if (added + Math.abs(sum.rest) <= Number.MAX_SAFE_INTEGER && often !== null) sum.rest += tokens * often
  else sum.whole += BigInt(tokens) * count
}

const KEYS = ['prompt', 'output', 'hit', 'write', 'oneHit', 'oneWrite', 'twoHit', 'twoWrite'] as const

const nothing = (): Record<(typeof KEYS)[number], Sum> =>
  Object.fromEntries(KEYS.map(key => [key, { whole: 0n, rest: 0 }])) as Record<(typeof KEYS)[number], Sum>

/** What a request is measured by. */
interface Measuring {
  readonly row: Price
  readonly terms: CacheTerms
  /** Whether earlier reasoning is sent again. */
  readonly keeps: boolean
  /** Default: all calls, at their own size. */
  readonly extent?: CallRange
}

/**
 * Adds up the calls of a request, tier by tier: blocks and tiers are computed for each combination of samples and then
 * averaged.
 *
 * @returns mean tokens of one request (all calls of the extent), one cell for each tier that a call falls in; and the
 *   longest call: prompt and output together, and output alone, tokens
 * @throws {InputError} TOO_MANY_SAMPLES, PROMPT_TOO_LONG
 */
export const measureWorkload = (given: Request, { extent = allCalls(given), ...measuring }: Measuring): Measured => {
  const { request, of } = inWhole(given)
  return measureWhole(request, { ...measuring, extent: { ...extent, of: extent.of * of } })
}

const measureWhole = (request: Request, { row, terms, keeps, extent }: Required<Measuring>): Measured => {
  const { of } = extent
  // Lengths are held in fractions of a token, `of` per token, so that they stay whole numbers.
  const rule = { ...terms.rule, block: terms.rule.block * of, minimum: terms.rule.minimum * of }
  const sums = new Map<number | null, Record<(typeof KEYS)[number], Sum>>()
  const longest = { tokens: 0, output: 0 }
  let combinations = 0n
  let needs: Needs = 'never'
  for (const { shape, count } of combine(request, { extent, keeps })) {
    combinations += count
    const times = { count, often: count <= Number.MAX_SAFE_INTEGER ? Number(count) : null }
    const calls = expectCalls(shape, { ...terms, rule })
    needs = calls[0]?.needs ?? needs
    for (const call of calls) {
      longest.tokens = Math.max(longest.tokens, (call.prompt + call.output) / of)
      longest.output = Math.max(longest.output, call.output / of)
      const tier = pickTier(row, call.prompt / of)
      const cell = sums.get(tier) ?? nothing()
      sums.set(tier, cell)
      addTo(cell.prompt, call.prompt, times)
      addTo(cell.output, call.output, times)
      addTo(cell.hit, call.cold.hit, times)
      addTo(cell.write, call.cold.write, times)
      if (call.needs === 'never') continue
      addTo(cell[`${call.needs}Hit`], call.warm.hit - call.cold.hit, times)
      addTo(cell[`${call.needs}Write`], call.warm.write - call.cold.write, times)
    }
  }
  const cases = combinations * BigInt(of)
  const mean = ({ whole, rest }: Sum): Exact => {
    const total = exact(whole + BigInt(rest))
    return cases === 1n ? total : quotient(total, exact(cases))
  }
  const cells = [...sums]
    .sort(([a], [b]) => (a ?? -1) - (b ?? -1))
    .map(([tier, cell]) => ({
      tier,
      prompt: mean(cell.prompt),
      output: mean(cell.output),
      hit: mean(cell.hit),
      write: mean(cell.write),
      warmAfterOne: { hit: mean(cell.oneHit), write: mean(cell.oneWrite) },
      warmAfterTwo: { hit: mean(cell.twoHit), write: mean(cell.twoWrite) },
    }))
  return { cells, longest, needs }
}
