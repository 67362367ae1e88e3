import type { CountedLength } from '../../model/scenario/counted.ts'

/** Lengths of one sample of a request, tokens; `gap_s` between the calls of a conversation, seconds. */
export interface Shape extends Readonly<Record<CountedLength, number>> {
  /** The calls this model serves: the whole conversation, or the part before or from a promotion on. */
  readonly first: number
  readonly last: number
  readonly gap_s: number
  readonly history: boolean
  /** Whether earlier reasoning is sent again. */
  readonly keeps: boolean
}

/** Tokens at the beginning of every prompt of every request. */
export const beginningOf = ({ start_overhead, shared }: Shape): number => start_overhead + shared

/**
 * Prompt of call k of a conversation, tokens: `history` includes earlier turns and answers, with their reasoning only
 * where it is kept. `context` is that of this call alone.
 */
export const promptOf = (shape: Shape, k: number): number => {
  const { session, turn, context, output, reasoning, keeps, end_overhead, answer_overhead, history } = shape
  const once = beginningOf(shape) + session + context + end_overhead
  const answer = output - (keeps ? 0 : reasoning) + answer_overhead
  return once + (history ? k * turn + (k - 1) * answer : turn)
}

/**
 * The part of prompt k that the next prompt repeats under `history`, tokens: all of it, or else what stands before
 * `context`, which the next call does not send.
 */
export const repeatedOf = (shape: Shape, k: number): number =>
  promptOf(shape, k) - (shape.context > 0 ? shape.context + shape.end_overhead : 0)

/** Whether the next prompt continues an answer right behind the prompt that it answered, and repeats all of it. */
export const continuesAnswer = ({ context, reasoning, keeps }: Shape): boolean =>
  context === 0 && (reasoning === 0 || keeps)
