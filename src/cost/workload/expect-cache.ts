import type { CacheRule } from '../../model/book/book.ts'
import { type MarkSet, markedCall, matchesByMarks } from './expect-marks.ts'
import { beginningOf, continuesAnswer, promptOf, repeatedOf, type Shape } from './prompt.ts'

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
  /** Whether a missed shared prefix is written again for later requests, if there are any; marks always write. */
  readonly rewrites: boolean
  /** A run without a clock: a later turn after too long a gap starts cold. */
  readonly run: boolean
  /** Marks in every prompt, for a rule that matches by them. */
  readonly marks: MarkSet
}

/**
 * Computes the cache hits of each prompt, call by call: only tokens that an earlier call sent, from the first token on,
 * in whole blocks or up to a mark, above the minimum, within the lifetime. A promoted conversation starts cold.
 *
 * @see the price book's cache rules, each with its source
 */
export const expectCalls = (shape: Shape, terms: CacheTerms): Call[] => {
  const { first, last, output, gap_s } = shape
  const { rule, ttl_s, run } = terms
  const kept = gap_s <= ttl_s
  const byMarks = matchesByMarks(rule)
  const calls: Call[] = []
  for (let k = first; k <= last; k++) {
    const found = byMarks ? findMarked(shape, k, { kept, terms }) : findInBlocks(shape, k, { kept, terms })
    const needs = run && !kept && k > first ? 'never' : found.needs
    calls.push({ prompt: promptOf(shape, k), output, cold: found.cold, warm: found.warm, needs })
  }
  return calls
}

type FoundOf = Pick<Call, 'cold' | 'warm' | 'needs'>

interface Given {
  /** Whether the call before left its entries in time. */
  readonly kept: boolean
  readonly terms: CacheTerms
}

const findMarked = (shape: Shape, k: number, { kept, terms: { rule, writes, marks } }: Given): FoundOf => {
  const { cold, warm, end } = markedCall(shape, k, { kept, marks, minimum: rule.minimum })
  const found = (hit: number): Found => ({ hit, write: writes ? Math.max(0, end - hit) : 0 })
  return { cold: found(cold), warm: found(warm), needs: k === shape.first || !kept ? 'one' : 'never' }
}

const findInBlocks = (shape: Shape, k: number, { kept, terms }: Given): FoundOf => {
  const { rule, writes, rewrites } = terms
  const whole = (reusable: number): number => {
    const hit = Math.floor(reusable / rule.block) * rule.block
    return hit < rule.minimum ? 0 : hit
  }
  const reuse = rule.match === 'units' ? unitReuse(shape, k, kept) : prefixReuse(shape, k, { kept, rule })
  // The part of this prompt that the next call of the conversation will read.
  const next = k < shape.last && kept ? prefixReuse(shape, k + 1, { kept, rule }).cold : 0
  const ahead = Math.min(promptOf(shape, k), next)
  const found = (reusable: number, prefix: number): Found => {
    const hit = whole(reusable)
    return { hit, write: writes && prefix >= rule.minimum ? Math.max(0, whole(prefix) - hit) : 0 }
  }
  return {
    cold: found(reuse.cold, Math.max(ahead, rewrites ? beginningOf(shape) : 0)),
    warm: found(reuse.warm, ahead),
    needs: reuse.needs,
  }
}

interface Reuse {
  /** Tokens that can be read without any other request. */
  readonly cold: number
  /** Tokens that can be read once the shared prefix is warm. */
  readonly warm: number
  readonly needs: Needs
}

const always = (reusable: number): Reuse => ({ cold: reusable, warm: reusable, needs: 'never' })

/** Blocks: the longest prefix sent by an earlier call. */
const prefixReuse = (shape: Shape, k: number, { kept, rule }: { kept: boolean; rule: CacheRule }): Reuse => {
  const { session, history, output, first } = shape
  const shared = beginningOf(shape)
  if (k === first || !kept) return { cold: 0, warm: shared, needs: 'one' }
  if (!history) return always(shared + session)
  return always(repeatedOf(shape, k - 1) + (rule.stores_output && continuesAnswer(shape) ? output : 0))
}

/**
 * Complete units (DeepSeek V4 on): a stored unit can only be read whole, from the first token. A unit ends at a
 * prompt's end, at its output's end, or where two requests were seen to differ; the last kind is read from the third
 * request on.
 *
 * @see https://api-docs.deepseek.com/guides/kv_cache
 */
const unitReuse = (shape: Shape, k: number, kept: boolean): Reuse => {
  const { session, turn, context, history, output, first, last } = shape
  const shared = beginningOf(shape)
  const others = (needs: Needs): Reuse => ({ cold: 0, warm: shared, needs })
  if (k === first || !kept) {
    // The whole prompt is the shared part: the end of an earlier prompt ends a unit, so one request is enough.
    const onlyShared = promptOf(shape, first) === shared
    // Two calls of an earlier conversation already differ right behind the shared prefix.
    const parted = history ? context > 0 && repeatedOf(shape, first) === shared : session === 0
    return others(onlyShared || (parted && last > first && kept) ? 'one' : 'two')
  }
  if (history && context === 0) return always(promptOf(shape, k - 1) + (continuesAnswer(shape) ? output : 0))
  if (!history && turn === 0 && context === 0) return always(shared + session)
  // Call 2 only shows where the two prompts differ; the shared prefix may be a unit since an earlier conversation.
  if (k === first + 1) return others('one')
  return always(history ? repeatedOf(shape, k - 2) : shared + session)
}
