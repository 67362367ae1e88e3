import { at, InputError, problems } from '../errors.ts'
import type { Price } from '../model/book.ts'
import { type Exact, exact, quotient } from '../model/money.ts'
import type { Length, Request } from '../model/scenario.ts'
import { type CacheTerms, expectCalls, promptOf, type Shape } from './expect-cache.ts'
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

const LIMIT = 1_000_000

/** Lengths and how many combinations of samples have them; the parts of a list are independent and add up. */
const spreadOf = (length: Length): ReadonlyMap<number, number> => {
  if (typeof length === 'number') return new Map([[length, 1]])
  let spread = new Map([[0, 1]])
  for (const { samples } of length.parts) {
    const longer = new Map<number, number>()
    for (const [tokens, count] of spread) {
      for (const sample of samples) longer.set(tokens + sample, (longer.get(tokens + sample) ?? 0) + count)
    }
    spread = longer
  }
  return spread
}

/** Every combination of sample lengths of a request, with how often it occurs among all of them. */
const combine = (request: Request): { shape: Shape; count: number }[] => {
  const [shareds, sessions, turnLengths, outputs, reasonings] = [
    request.shared,
    request.session,
    request.turn,
    request.output,
    request.reasoning,
  ].map(spreadOf) as [Spreads, Spreads, Spreads, Spreads, Spreads]
  const { turns, turn_gap_s: gap_s, history } = request
  const combinations = [shareds, sessions, turnLengths, outputs, reasonings].reduce((n, { size }) => n * size, turns)
  if (combinations > LIMIT) throw new InputError([at(['request'], problems.tooManySamples(combinations, LIMIT))])
  const shapes: { shape: Shape; count: number }[] = []
  for (const [shared, a] of shareds) {
    for (const [session, b] of sessions) {
      for (const [turn, c] of turnLengths) {
        for (const [output, d] of outputs) {
          for (const [reasoning, e] of reasonings) {
            const shape = { shared, session, turn, output, reasoning, turns, gap_s, history }
            shapes.push({ shape, count: a * b * c * d * e })
          }
        }
      }
    }
  }
  return shapes
}

type Spreads = ReadonlyMap<number, number>

const KEYS = ['prompt', 'output', 'hit', 'write', 'oneHit', 'oneWrite', 'twoHit', 'twoWrite'] as const

/**
 * Adds up the calls of a request, tier by tier: blocks and tiers are worked out for each combination of samples
 * and then averaged.
 *
 * @returns mean tokens of one request (all its calls), one cell for each tier that a call falls in
 * @throws {InputError} TOO_MANY_SAMPLES
 */
export const measureWorkload = (request: Request, row: Price, terms: CacheTerms): Cell[] => {
  const sums = new Map<number | null, Record<(typeof KEYS)[number], bigint>>()
  let combinations = 0n
  for (const { shape, count } of combine(request)) {
    combinations += BigInt(count)
    for (const call of expectCalls(shape, terms)) {
      const tier = pickTier(row, call.prompt)
      let cell = sums.get(tier)
      if (!cell) {
        cell = Object.fromEntries(KEYS.map(key => [key, 0n])) as Record<(typeof KEYS)[number], bigint>
        sums.set(tier, cell)
      }
      const add = (key: (typeof KEYS)[number], tokens: number): void => {
        if (tokens !== 0 && cell) cell[key] += BigInt(tokens) * BigInt(count)
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
  const mean = (total: bigint): Exact =>
    combinations === 1n ? exact(total) : quotient(exact(total), exact(combinations))
  return [...sums]
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
}

/** Tokens of the longest call: prompt and output together, and output alone. */
export const longestCall = (request: Request): { tokens: number; output: number } => {
  let tokens = 0
  let output = 0
  for (const { shape } of combine(request)) {
    tokens = Math.max(tokens, promptOf(shape, shape.turns) + shape.output)
    output = Math.max(output, shape.output)
  }
  return { tokens, output }
}

/** Mean of a counted length, tokens; exact up to 50 digits. */
export const meanLength = (length: Length): Exact => {
  if (typeof length === 'number') return exact(length)
  let mean = exact(0)
  for (const { samples } of length.parts) {
    const total = samples.reduce((sum, sample) => sum + BigInt(sample), 0n)
    mean = mean.plus(quotient(exact(total), exact(samples.length)))
  }
  return mean
}
