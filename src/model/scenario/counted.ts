import type * as z from 'zod/mini'
import type { DeepReadonly } from '../units.ts'
import type * as schema from './counted-schema.ts'

/** Types of lengths counted for one model and of the tokenizer that counted them, inferred from their schemas. */

/** Tokens of one part of a prompt. */
export type Part = DeepReadonly<z.infer<typeof schema.partSchema>>

/** A counted length: a plain number of tokens, or parts that are added together, with their mean. */
export type Length = DeepReadonly<z.infer<typeof schema.countedLengthSchema>>

/** One conversation: lengths in tokens, `turn_gap_s` in seconds. */
export type Request = DeepReadonly<z.infer<typeof schema.countedRequestSchema>>

/** Tokens that a chat template adds around messages. */
export type Template = DeepReadonly<z.infer<typeof schema.templateSchema>>

/** How to estimate the tokens of a provider without a public tokenizer from another vocabulary. */
export type Estimation = DeepReadonly<z.infer<typeof schema.estimationSchema>>

/** A kind of text with a factor of its own. */
export type TextKind = keyof NonNullable<Estimation['kinds']>

/** How a model's text was counted. */
export type Counting = DeepReadonly<z.infer<typeof schema.countingSchema>>

/** Something about the contents of a prompt that a report says: with `fix` a warning, else an assumption. */
export type ContentNote = DeepReadonly<z.infer<typeof schema.contentNoteSchema>>

/** How numbers that are another model's tokens were converted. */
export type Conversion = DeepReadonly<z.infer<typeof schema.conversionSchema>>

/** A request with its text counted for one model. */
export type Counted = DeepReadonly<z.infer<typeof schema.countedSchema>>

/** The lengths in a scenario file. */
export const REQUEST_LENGTHS = [
  'shared',
  'session',
  'turn',
  'context',
  'output',
  'reasoning',
] as const satisfies readonly (keyof Request)[]

/**
 * These, and what the chat template adds: once at the start and once at the end of a prompt, and to an earlier answer
 * each time it is sent again. Its tokens around a message are part of that message's length.
 */
export const COUNTED_LENGTHS = [
  ...REQUEST_LENGTHS,
  'start_overhead',
  'end_overhead',
  'answer_overhead',
] as const satisfies readonly (keyof Request)[]

export type CountedLength = (typeof COUNTED_LENGTHS)[number]
