import * as z from 'zod/mini'
import { decimal } from '../figures.ts'
import { doc } from '../units.ts'
import { asRead, shapeAsRead } from './as-read.ts'
import { requestSchema, totalsSchema } from './scenario-schema.ts'

/** Schemas of lengths counted for one model, and of the tokenizer that counted them. */

/** A key that earlier versions did not print, and the value that its absence means. */
const since = z._default

const whole = z.int().check(z.nonnegative())

const tokens = z.number().check(z.nonnegative())

/** Tokens of one part of a prompt. */
export const partSchema = z.strictObject({
  source: doc(z.string(), 'A file, a glob, or the form in which the text was given'),
  kind: since(
    doc(
      z.enum(['number', 'text', 'tools', 'tool_calls', 'image', 'template']),
      'A number from the user, text, tool definitions, calls of tools with their results, pictures, or tokens of the chat template',
    ),
    'text',
  ),
  samples: doc(
    z.array(tokens).check(z.minLength(1)),
    'Tokens of each sample, all equally likely; an estimate at its stated factor; a fraction only of a number that was multiplied',
  ),
  tokenizer: doc(z.nullable(z.string()), 'Its tokenizer; null: a number of the user, taken as it stands, or a picture'),
  exact: z.boolean(),
  low: z.optional(doc(z.array(whole), "Tokens of each at the low end of an estimate's band")),
  high: z.optional(doc(z.array(whole), 'The same at its high end')),
  rule: z.optional(doc(z.string(), 'By which rule tool definitions were counted')),
  not_counted: z.optional(
    doc(z.array(z.string()), "The provider's own tools in the file, which have no definition to count"),
  ),
})

/** A counted length: a plain number of tokens, a fraction only if it was multiplied, or parts that are added together, with their mean. */
export const countedLengthSchema = z.union([
  tokens,
  z.strictObject({
    mean: doc(decimal, 'Mean tokens, at most 6 decimals; `parts` has the breakdown'),
    min: z.number(),
    max: z.number(),
    parts: z.array(partSchema),
  }),
])

/** Tokens that a chat template adds around messages. */
export const templateSchema = z.strictObject({
  name: doc(z.string(), 'Its name in the price book'),
  start: doc(z.int(), 'Once per prompt, at the start: the same in every prompt, so it can be a cache hit'),
  end: since(doc(z.int(), 'Once per prompt, at the end: where the answer begins'), 0),
  system: doc(z.int(), 'Per system message'),
  user: doc(z.int(), 'Per user message, including the tokens between it and its answer'),
  answer: doc(z.int(), 'Per earlier answer that is sent again'),
  exact: doc(z.boolean(), "Whether this is the model's own template"),
  source: z.string(),
})

const factor = { percent: z.int(), low: z.int(), high: z.int() }

/** Kinds of text that a tokenizer splits unlike another one. */
const kindSchema = z.enum(['prose', 'code', 'other_scripts', 'one_letter'])

/** How to estimate the tokens of a provider without a public tokenizer from another vocabulary. */
export const estimationSchema = z.strictObject({
  ...factor,
  kinds: z.optional(
    doc(
      z.record(kindSchema, z.strictObject(factor)),
      'The same for each kind of text: prose and code in Latin letters, other scripts and digits, one letter repeated; left out: one factor for all',
    ),
  ),
})

/** How a model's text was counted. */
export const countingSchema = z.strictObject({
  tokenizer: doc(z.string(), 'Its name in the price book'),
  vocabulary: doc(z.string(), 'The vocabulary used'),
  estimation: doc(
    z.nullable(estimationSchema),
    'Tokens per 100 of the vocabulary: at the stated factor, at least, at most; null: the count is exact',
  ),
  source: doc(z.string(), 'Source of the vocabulary, or of the factor and its band'),
  template: doc(
    z.nullable(templateSchema),
    "Tokens that the chat template adds; null: the model's template is not known",
  ),
})

/** Something about the contents of a prompt that a report says. */
export const contentNoteSchema = z.strictObject({
  code: z.string(),
  what: z.string(),
  fix: z.optional(doc(z.string(), 'Of a warning: what to do; left out: it is an assumption')),
  at: z.optional(doc(z.string(), 'The file, or file:line:column')),
  path: z.optional(doc(z.string(), "The key, of a text in the scenario's own file")),
})

/** What was done with the contents of prompts before they were counted. */
export const contentNotes = z.optional(
  doc(z.array(contentNoteSchema), 'What its contents were counted as, or without; left out: nothing to say'),
)

const { shared, session, turn, context, output, reasoning } = requestSchema.shape

const counted = (written: z.core.$ZodType) =>
  doc(z.clone(countedLengthSchema), z.globalRegistry.get(written)?.description ?? '')

/** One request with its lengths counted. */
export const countedRequestSchema = z.strictObject({
  ...shapeAsRead(requestSchema.shape, {
    turn_gap: { turn_gap_s: doc(z.int().check(z.nonnegative()), 'Seconds between the calls of one conversation') },
    shared: { shared: counted(shared) },
    session: { session: counted(session) },
    turn: { turn: counted(turn) },
    context: { context: since(counted(context), 0) },
    output: { output: counted(output) },
    reasoning: { reasoning: counted(reasoning) },
  }),
  start_overhead: since(
    doc(countedLengthSchema, 'Tokens that the chat template adds once at the start of every prompt'),
    0,
  ),
  end_overhead: since(doc(countedLengthSchema, 'Tokens that it adds once at the end of every prompt'), 0),
  answer_overhead: since(doc(countedLengthSchema, 'Tokens that the chat template adds to an earlier answer'), 0),
})

/** How numbers that are another model's tokens were converted. */
export const conversionSchema = z.strictObject({
  model: doc(z.string(), 'The model whose tokens the numbers are'),
  from: doc(z.string(), 'Its tokenizer'),
  to: doc(z.string(), 'The tokenizer of the model that is priced'),
  ratio: doc(decimal, 'Tokens for one of the numbers: at the stated factor'),
  low: doc(decimal, 'The same at the low end of the band'),
  high: doc(decimal, 'The same at its high end'),
})

const bandEnd = z.strictObject({ input: whole, output: whole })

/** Period totals, converted where they are another model's tokens. */
export const countedTotalsSchema = z.lazy(() =>
  z.strictObject({
    ...asRead(totalsSchema._zod.innerType).shape,
    band: z.optional(
      doc(z.strictObject({ low: bandEnd, high: bandEnd }), 'Totals at both ends of the band, where they are converted'),
    ),
  }),
)

/** A workload with its text counted and its numbers converted for one model. */
export const countedSchema = z.strictObject({
  request: z.nullable(countedRequestSchema),
  counting: doc(z.nullable(countingSchema), 'How its text was counted; null: there is none'),
  conversion: z.optional(doc(conversionSchema, 'How its numbers were converted; left out: they were not')),
  contents: contentNotes,
  totals: z.optional(doc(countedTotalsSchema, 'Its totals, where `tokens_of` says whose tokens they are')),
})
