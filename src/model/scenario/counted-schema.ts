import * as z from 'zod/mini'
import { decimal } from '../figures.ts'
import { doc } from '../units.ts'
import { shapeAsRead } from './as-read.ts'
import { requestSchema } from './scenario-schema.ts'

/** Schemas of lengths counted for one model, and of what counted them. */

/** A key that earlier versions did not print, and what its absence means. */
const since = z._default

const whole = z.int().check(z.nonnegative())

/** Tokens of one part of a prompt. */
export const partSchema = z.strictObject({
  source: doc(z.string(), 'A file, a glob, or what the text was given as'),
  kind: since(
    doc(
      z.enum(['number', 'text', 'tools', 'template']),
      'A number the user gave, text, tool definitions, or what a chat template puts around them',
    ),
    'text',
  ),
  samples: doc(
    z.array(whole).check(z.minLength(1)),
    'Tokens of each sample, all equally likely; an estimate at its stated factor',
  ),
  tokenizer: doc(z.nullable(z.string()), 'What counted it; null: the user gave a number'),
  exact: z.boolean(),
  low: z.optional(doc(z.array(whole), "Tokens of each at the low end of an estimate's band")),
  high: z.optional(doc(z.array(whole), 'The same at its high end')),
})

/** A counted length: a plain number of tokens, or parts that are added, with their mean. */
export const countedLengthSchema = z.union([
  whole,
  z.strictObject({
    mean: doc(decimal, 'Mean tokens, at most 6 decimals; `parts` hold what it is made of'),
    min: z.int(),
    max: z.int(),
    parts: z.array(partSchema),
  }),
])

/** Tokens that a chat template adds around what one writes. */
export const templateSchema = z.strictObject({
  name: doc(z.string(), 'As the price book names it'),
  start: doc(z.int(), 'Once a prompt, before everything else: the same in every prompt, so a cache finds it again'),
  end: since(doc(z.int(), 'Once a prompt, behind everything else: where the answer begins'), 0),
  system: doc(z.int(), 'To a system message'),
  user: doc(z.int(), 'To a user message, with what stands between it and its answer'),
  answer: doc(z.int(), 'To an earlier answer that is sent again'),
  exact: doc(z.boolean(), "Whether this is the model's own template"),
  source: z.string(),
})

/** How the tokens of a provider without a public tokenizer are estimated from another vocabulary's. */
export const estimationSchema = z.strictObject({ percent: z.int(), low: z.int(), high: z.int() })

/** How a model's text was counted. */
export const countingSchema = z.strictObject({
  tokenizer: doc(z.string(), 'As the price book names it'),
  vocabulary: doc(z.string(), 'The vocabulary that was run'),
  estimation: doc(
    z.nullable(estimationSchema),
    'Tokens for 100 of the vocabulary: at the stated factor, at least, at most; null: the count is exact',
  ),
  source: doc(z.string(), 'Where the vocabulary, or the factor and its band, are from'),
  template: doc(
    z.nullable(templateSchema),
    "Tokens that the chat template adds; null: the model's template is not known",
  ),
})

const { shared, session, turn, output, reasoning } = requestSchema.shape

const counted = (written: z.core.$ZodType) =>
  doc(z.clone(countedLengthSchema), z.globalRegistry.get(written)?.description ?? '')

/** One request with its lengths counted. */
export const countedRequestSchema = z.strictObject({
  ...shapeAsRead(requestSchema.shape, {
    turn_gap: { turn_gap_s: doc(z.int().check(z.nonnegative()), 'Seconds between the calls of one conversation') },
    shared: { shared: counted(shared) },
    session: { session: counted(session) },
    turn: { turn: counted(turn) },
    output: { output: counted(output) },
    reasoning: { reasoning: counted(reasoning) },
  }),
  start_overhead: since(doc(countedLengthSchema, 'Tokens that the chat template puts before every prompt, once'), 0),
  end_overhead: since(doc(countedLengthSchema, 'Tokens that it puts behind every prompt, once'), 0),
  answer_overhead: since(doc(countedLengthSchema, 'Tokens that the chat template adds to an earlier answer'), 0),
})

/** A request with its text counted for one model. */
export const countedSchema = z.strictObject({
  request: z.nullable(countedRequestSchema),
  counting: doc(z.nullable(countingSchema), 'How its text was counted; null: there is none'),
})
