import * as z from 'zod/mini'
import { BOARDS } from '../book/choices.ts'
import { amount, decimal, unknown } from '../figures.ts'
import { type DeepReadonly, doc } from '../units.ts'
import { ALL_VIEWS } from '../views.ts'
import { pricingSchema, warningSchema } from './result.ts'
import { attributions, skippedSchema } from './route.ts'

/** The output of `dsprice advise --json`. Keys may be added in version 1, never renamed. */

export const ADVICE_SCHEMA = 'dsprice/advice/1'

/** What a lever changes. */
export const LEVER_KINDS = [
  'cache',
  'no_cache',
  'batch',
  'service',
  'hours',
  'less',
  'model',
  'split',
  'cluster',
  'view',
] as const

const figures = {
  view: doc(z.enum(ALL_VIEWS), 'The view that the figures are of'),
  cost: doc(amount, 'USD a month, or of a run'),
  per_request: doc(z.nullable(amount), 'USD per request, or conversation; null: only totals are known'),
}

const saving = {
  saving: doc(amount, 'USD a month, or of a run: the base less the cost'),
  saving_share: doc(z.nullable(z.number()), '1 − cost/base, 0–1, by which levers rank; null: the base is 0'),
}

const set = doc(z.array(z.string()), 'Keys to type, each with --set; none: another view of the same scenario')

const tried = {
  kind: z.enum(LEVER_KINDS),
  leg: doc(z.nullable(z.int()), 'Index in `routing.legs`; null: the whole scenario'),
  what: doc(z.string(), 'The change, in words'),
}

const addsUp = z.strictObject({
  how: doc(
    z.enum(['whole', 'part', 'nothing', 'instead']),
    'On top of the lever before it saves all of this, part of it or nothing; instead: one takes the place of the other',
  ),
  saving: doc(z.nullable(amount), 'USD a month, or of a run, on top of the one before; null: they do not go together'),
})

const lever = z.strictObject({
  ...tried,
  set,
  ...figures,
  ...saving,
  in_return: doc(z.array(z.string()), 'What it costs in return: waiting, quality, work'),
  quality: doc(
    z.nullable(z.strictObject({ from: z.nullable(decimal), to: z.nullable(decimal) })),
    'Mean score before and after, null where unknown; left null: the same models serve',
  ),
  adds_up: doc(z.nullable(addsUp), 'With the lever before; null: it is the first'),
})

/** One way to lower the bill, priced. */
export type AdvisedLever = DeepReadonly<z.infer<typeof lever>>

const step = z.strictObject({
  lever: doc(z.int(), 'Index in `levers`'),
  set: doc(z.array(z.string()), 'The keys that this step adds'),
  ...figures,
  ...saving,
})

const planned = z.strictObject({
  steps: doc(z.array(step), 'Each on top of those before; `saving` is what the step adds'),
  left: doc(
    z.array(z.strictObject({ lever: z.int(), why: z.string() })),
    'Levers that save nothing on top of the steps, with reasons',
  ),
  set: doc(z.array(z.string()), 'All keys together'),
  ...figures,
  ...saving,
})

export type AdvisedPlan = DeepReadonly<z.infer<typeof planned>>

export const adviceSchema = z.strictObject({
  schema: z.literal(ADVICE_SCHEMA),
  tool_version: z.string(),
  pricing: pricingSchema,
  scenario: z.strictObject({
    name: z.string(),
    file: z.nullable(z.string()),
    model: doc(z.nullable(z.string()), 'null: a fleet'),
    at: z.string(),
    per: doc(z.enum(['month', 'run']), 'What every cost is for: a month of 730 hours, or a run'),
    talks: doc(z.boolean(), 'Whether a request is a conversation of several calls'),
  }),
  base: doc(
    z.strictObject({
      ...figures,
      bound: doc(z.nullable(z.string()), 'Why the figure is only a bound; null: it is none'),
    }),
    'The row that a report of the scenario is about',
  ),
  terms: z.strictObject({
    require: z.array(z.string()),
    min_quality: z.nullable(decimal),
    score: z.enum(BOARDS),
    models: doc(z.int(), 'Models that were tried'),
    cheaper: doc(z.int(), 'Of these, the ones that fit and cost less, shown or not'),
  }),
  levers: doc(z.array(lever), 'Largest saving first'),
  nothing: doc(
    z.array(z.strictObject({ ...tried, cost: z.union([amount, unknown]) })),
    'What was tried and saves nothing',
  ),
  not_offered: doc(z.array(z.strictObject({ ...tried, why: z.string() })), 'What cannot be had, with reasons'),
  skipped: doc(z.array(skippedSchema), 'Models left out, with reasons'),
  plan: doc(z.nullable(planned), 'With --plan: the levers one on top of another'),
  attributions,
  warnings: z.array(warningSchema),
})

/** What would lower a scenario's bill. */
export type Advice = DeepReadonly<z.infer<typeof adviceSchema>>
