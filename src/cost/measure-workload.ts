import { at, InputError, problems } from '../errors.ts'
import type { Price } from '../model/book.ts'
import { COUNTED_LENGTHS, type CountedLength, type Length, type Request } from '../model/counted.ts'
import { type Exact, exact, quotient } from '../model/money.ts'
import { type CacheTerms, expectCalls, type Needs, promptOf, type Shape } from './expect-cache.ts'
import { pickTier } from './pick-rates.ts'

/** Tokens of one mean request that are priced at one tier. `one`, `two`: how they change with the prefix warm. */
export interface Cell {
  readonly tier: number | null
  readonly prompt: Exact
  readonly output: Exact
  readonly hit: Exact
  readonly write: Exact
  readonly one: { readonly hit: Exact; readonly write: Exact }
  readonly two: { readonly hit: Exact; readonly write: Exact }
}

/** A request measured: its tokens by tier, its longest call, and what its first call needs to find the prefix warm. */
export interface Measured {
  readonly cells: readonly Cell[]
  readonly longest: { readonly tokens: number; readonly output: number }
  readonly needs: Needs
}

/** How large a stream's requests are, and which calls of each it serves. */
export interface Extent {
  /** Multiplier on every length, as a fraction of whole numbers. */
  readonly times: number
  readonly of: number
  /** First and last call. */
  readonly first: number
  readonly last: number
}

const LIMIT = 1_000_000

const tooMany = (calls: number): InputError => new InputError([at(['request'], problems.tooManySamples(calls, LIMIT))])

/** Lengths and how many combinations of samples have them; the parts of a list are independent and add up. */
const spreadOf = (length: Length): ReadonlyMap<number, bigint> => {
  if (typeof length === 'number') return new Map([[length, 1n]])
  let spread = new Map([[0, 1n]])
  for (const { samples } of length.parts) {
    const longer = new Map<number, bigint>()
    for (const [tokens, count] of spread) {
      for (const sample of samples) longer.set(tokens + sample, (longer.get(tokens + sample) ?? 0n) + count)
      if (longer.size > LIMIT) throw tooMany(longer.size)
    }
    spread = longer
  }
  return spread
}

/** Every combination of sample lengths of a request, times the multiplier, with how often it occurs among all of them. */
const combine = (request: Request, { times, of, first, last }: Extent): { shape: Shape; count: bigint }[] => {
  const { turn_gap_s: gap_s, history } = request
  const spreads = COUNTED_LENGTHS.map(key => ({ key, spread: spreadOf(request[key]) }))
  const calls = spreads.reduce((product, { spread }) => product * spread.size, last - first + 1)
  if (calls > LIMIT) throw tooMany(calls)
  const nothing = Object.fromEntries(COUNTED_LENGTHS.map(key => [key, 0])) as Record<CountedLength, number>
  const none: Shape = { ...nothing, first, last, gap_s, history }
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

/** Every call of a request, at the size that it is given. */
export const wholeOf = ({ turns }: Pick<Request, 'turns'>): Extent => ({ times: 1, of: 1, first: 1, last: turns })

const KEYS = ['prompt', 'output', 'hit', 'write', 'oneHit', 'oneWrite', 'twoHit', 'twoWrite'] as const

/**
 * Adds up the calls of a request, tier by tier: blocks and tiers are worked out for each combination of samples
 * and then averaged.
 *
 * @returns mean tokens of one request (all the calls of the extent), one cell for each tier that a call falls in; and the longest
 *   call: prompt and output together, and output alone, tokens
 * @throws {InputError} TOO_MANY_SAMPLES, PROMPT_TOO_LONG
 */
export const measureWorkload = (
  request: Request,
  { row, terms, extent = wholeOf(request) }: { row: Price; terms: CacheTerms; extent?: Extent },
): Measured => {
  const { of } = extent
  // Lengths are held in parts of a token, `of` to each, so that they stay whole numbers.
  const rule = { ...terms.rule, block: terms.rule.block * of, minimum: terms.rule.minimum * of }
  const sums = new Map<number | null, Record<(typeof KEYS)[number], bigint>>()
  const longest = { tokens: 0, output: 0 }
  let combinations = 0n
  let needs: Needs = 'never'
  for (const { shape, count } of combine(request, extent)) {
    combinations += count
    const calls = expectCalls(shape, { ...terms, rule })
    needs = calls[0]?.needs ?? needs
    for (const call of calls) {
      longest.tokens = Math.max(longest.tokens, (call.prompt + call.output) / of)
      longest.output = Math.max(longest.output, call.output / of)
      const tier = pickTier(row, call.prompt / of)
      let cell = sums.get(tier)
      if (!cell) {
        cell = Object.fromEntries(KEYS.map(key => [key, 0n])) as Record<(typeof KEYS)[number], bigint>
        sums.set(tier, cell)
      }
      const add = (key: (typeof KEYS)[number], tokens: number): void => {
        if (tokens !== 0 && cell) cell[key] += BigInt(tokens) * count
      }
      add('prompt', call.prompt)
      add('output', call.output)
      add('hit', call.cold.hit)
      add('write', call.cold.write)
      if (call.needs === 'never') continue
      add(`${call.needs}Hit`, call.warm.hit - call.cold.hit)
      add(`${call.needs}Write`, call.warm.write - call.cold.write)
    }
  }
  const parts = combinations * BigInt(of)
  const mean = (total: bigint): Exact => (parts === 1n ? exact(total) : quotient(exact(total), exact(parts)))
  const cells = [...sums]
    .sort(([a], [b]) => (a ?? -1) - (b ?? -1))
    .map(([tier, cell]) => ({
      tier,
      prompt: mean(cell.prompt),
      output: mean(cell.output),
      hit: mean(cell.hit),
      write: mean(cell.write),
      one: { hit: mean(cell.oneHit), write: mean(cell.oneWrite) },
      two: { hit: mean(cell.twoHit), write: mean(cell.twoWrite) },
    }))
  return { cells, longest, needs }
}
