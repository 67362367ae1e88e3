import { BadRecord } from './bad-record.ts'
import type { Counts } from './counts.ts'
import type { Sink } from './format.ts'

/** Counts of a source whose prompt should include what was read from the cache and written to it. */
export interface PromptCounts {
  readonly prompt: number
  readonly read: number | null
  /** All writes, those of an hour among them. */
  readonly write: number | null
  readonly write1h?: number
  readonly output: number
  readonly reasoning: number | null
  /** What the source says is the sum of prompt and output. */
  readonly total?: number | null | undefined
}

export const INCLUDED = 'input includes the cache'
export const EXCLUDED = 'input excludes the cache'
export const THINKING = 'output excludes reasoning'
export const SPOKEN = 'output includes reasoning'
export const TOO_LARGE = 'its counts are too large'

/** Whether something that was found of counts is how their source counts; else they disagree with each other. */
export const isUsual = (found: string): boolean => [INCLUDED, EXCLUDED, THINKING, SPOKEN].includes(found)

/**
 * Makes the counts disjoint. The record itself is the test of its convention: where reads and writes are more than the
 * prompt, or the total counts them beside it, the prompt excludes them; where the total has more than prompt and output,
 * the rest is reasoning that the output leaves out.
 */
export const fromPrompt = (given: PromptCounts, { convention }: Pick<Sink, 'convention'>): Counts => {
  const { prompt, read, write, write1h = 0, output, reasoning, total } = given
  const cached = (read ?? 0) + (write ?? 0)
  const excluded = cached > prompt || (cached > 0 && total === prompt + cached + output)
  const whole = excluded ? prompt + cached : prompt
  const rest = typeof total === 'number' && !excluded ? total - whole - output : 0
  if (rest < 0) convention('the total is less than prompt and output')
  if (rest > 0) convention(THINKING)
  if (cached > 0) convention(excluded ? EXCLUDED : INCLUDED)
  const spoken = output + Math.max(rest, 0)
  // Whole numbers by themselves may add up to more than can be counted.
  if (!Number.isSafeInteger(whole) || !Number.isSafeInteger(spoken)) throw new BadRecord(TOO_LARGE)
  const { cache_write, cache_write_1h } = splitWrites(write, write1h)
  return {
    input: whole - cached,
    cache_read: read,
    cache_write,
    cache_write_1h,
    output: spoken,
    reasoning: rest > 0 ? Math.max(reasoning ?? 0, rest) : reasoning,
  }
}

/** Writes by lifetime: what is not of an hour is of the shorter lifetime. */
export const splitWrites = (write: number | null, write1h: number): Pick<Counts, 'cache_write' | 'cache_write_1h'> => {
  if (write === null) return { cache_write: null, cache_write_1h: null }
  // The split has been seen to say more than the sum.
  const long = Math.min(write, write1h)
  return { cache_write: write - long, cache_write_1h: long }
}
