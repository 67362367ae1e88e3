import type { CacheRule } from '../../model/book/book.ts'
import type { CountedLength } from '../../model/scenario/counted.ts'

/** Lengths of one sample of a request, tokens; `gap_s` between the calls of a conversation, seconds. */
export interface Shape extends Readonly<Record<CountedLength, number>> {
  /** The calls this model serves: the whole conversation, or the part before or from a promotion on. */
  readonly first: number
  readonly last: number
  readonly gap_s: number
  readonly history: boolean
}

/**
 * Earlier requests that a call needs to find the shared prefix in the cache: no request can help (`never`), one in time
 * (`one`), or two in a row (`two`).
 */
export type Needs = 'never' | 'one' | 'two'

/** Tokens of one call that hit the cache and tokens that are written to it. Disjoint. */
export interface Found {
  readonly hit: number
  readonly write: number
}

/** One call: its prompt, and its cache hits without and with the shared prefix warm. Tokens. */
export interface Call {
  readonly prompt: number
  readonly output: number
  readonly cold: Found
  readonly warm: Found
  readonly needs: Needs
}

/** The provider's cache rules as they apply to this workload. */
export interface CacheTerms {
  readonly rule: CacheRule
  /** Lifetime of a stored prefix, seconds. */
  readonly ttl_s: number
  /** Whether writing to the cache is billed. */
  readonly writes: boolean
  /** Whether a missed shared prefix is written again for later requests, if there are any. */
  readonly rewrites: boolean
  /** A run without a clock: a later turn after too long a gap starts cold. */
  readonly run: boolean
}

/** Prompt of call k of a conversation, tokens: `history` includes earlier turns and answers, but not reasoning. */
export const promptOf = (shape: Shape, k: number): number => {
  const { session, turn, output, reasoning, end_overhead, answer_overhead, history } = shape
  const once = beginningOf(shape) + session + end_overhead
  return once + (history ? k * turn + (k - 1) * (output - reasoning + answer_overhead) : turn)
}

/** Tokens at the beginning of every prompt of every request. */
const beginningOf = ({ start_overhead, shared }: Shape): number => start_overhead + shared

/**
 * Computes the cache hits of each prompt, call by call: only tokens that an earlier call sent, from the first token on,
 * in whole blocks, above the minimum, within the lifetime. A promoted conversation starts cold.
 *
 * @see the price book's cache rules, each with its source
 */
export const expectCalls = (shape: Shape, { rule, ttl_s, writes, rewrites, run }: CacheTerms): Call[] => {
  const { first, last, output, gap_s } = shape
  const shared = beginningOf(shape)
  const kept = gap_s <= ttl_s
  const whole = (reusable: number): number => {
    const hit = Math.floor(reusable / rule.block) * rule.block
    return hit < rule.minimum ? 0 : hit
  }
  const calls: Call[] = []
  for (let k = first; k <= last; k++) {
    const prompt = promptOf(shape, k)
    const reuse = rule.match === 'units' ? unitReuse(shape, k, kept) : prefixReuse(shape, k, { kept, rule })
    const coldHit = whole(reuse.cold)
    const warmHit = whole(reuse.warm)
    // The part of this prompt that the next call of the conversation will read.
    const ahead = k < last && kept ? Math.min(prompt, prefixReuse(shape, k + 1, { kept, rule }).cold) : 0
    const write = (hit: number, prefix: number): number =>
      writes && prefix >= rule.minimum ? Math.max(0, whole(prefix) - hit) : 0
    calls.push({
      prompt,
      output,
      cold: { hit: coldHit, write: write(coldHit, Math.max(ahead, rewrites ? shared : 0)) },
      warm: { hit: warmHit, write: write(warmHit, ahead) },
      needs: run && !kept && k > first ? 'never' : reuse.needs,
    })
  }
  return calls
}

interface Reuse {
  /** Tokens that can be read without any other request. */
  readonly cold: number
  /** Tokens that can be read once the shared prefix is warm. */
  readonly warm: number
  readonly needs: Needs
}

/** Blocks and breakpoints: the longest prefix sent by an earlier call. */
const prefixReuse = (shape: Shape, k: number, { kept, rule }: { kept: boolean; rule: CacheRule }): Reuse => {
  const { session, history, reasoning, output, first } = shape
  const shared = beginningOf(shape)
  if (k === first || !kept) return { cold: 0, warm: shared, needs: 'one' }
  // After reasoning, stored output does not continue the next prompt, which leaves the reasoning out.
  const answered = rule.stores_output && reasoning === 0 ? output : 0
  const reusable = history ? promptOf(shape, k - 1) + answered : shared + session
  return { cold: reusable, warm: reusable, needs: 'never' }
}

/**
 * Complete units (DeepSeek V4 on): a stored unit can only be read whole, from the first token. A unit ends at a
 * prompt's end, at its output's end, or where two requests were seen to differ; the last kind is read from the third
 * request on.
 *
 * @see https://api-docs.deepseek.com/guides/kv_cache
 */
const unitReuse = (shape: Shape, k: number, kept: boolean): Reuse => {
  const { session, turn, history, reasoning, output, first, last } = shape
  const shared = beginningOf(shape)
  // The whole prompt is the shared part: the end of an earlier prompt ends a unit, so one request is enough.
  const onlyShared = promptOf(shape, first) === shared
  const others = (needs: Needs): Reuse => ({ cold: 0, warm: shared, needs })
  if (k === first || !kept) {
    // Without a session, two calls of an earlier conversation already differ right after the shared prefix.
    const partedBefore = session === 0 && last > first && kept && !history
    return others(onlyShared || partedBefore ? 'one' : 'two')
  }
  const always = (reusable: number): Reuse => ({ cold: reusable, warm: reusable, needs: 'never' })
  if (history) return always(promptOf(shape, k - 1) + (reasoning === 0 ? output : 0))
  if (turn === 0) return always(shared + session)
  // Call 2 only shows where the two prompts differ; the shared prefix may be a unit since an earlier conversation.
  return k === first + 1 ? others('one') : always(shared + session)
}
