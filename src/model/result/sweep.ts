import * as z from 'zod/mini'
import { type DeepReadonly, doc } from '../units.ts'
import { ALL_VIEWS } from '../views.ts'
import { pricingSchema, scenarioResultSchema, warningSchema } from './result.ts'

/** The output of `dsprice sweep --json`. Keys may be added in version 1, never renamed. */

export const SWEEP_SCHEMA = 'dsprice/sweep/1'

const key = z.strictObject({
  key: doc(z.string(), 'Path of the scenario key: request.output'),
  values: doc(z.array(z.string()).check(z.minLength(1)), 'As `--set` takes them: 350, 2x, prefix'),
})

/** A key that is varied, and its values as text. */
export type SweptKey = DeepReadonly<z.infer<typeof key>>

const figures = z.strictObject({
  ...z.pick(scenarioResultSchema, {
    model: true,
    at: true,
    per: true,
    period_hours: true,
    periods_per_month: true,
    requests: true,
    calls: true,
    tokens: true,
    costs: true,
    costs_range: true,
    per_month: true,
    per_request: true,
    answer: true,
    reasons: true,
    bounds: true,
    fit: true,
    estimated_share: true,
    complete: true,
  }).shape,
  turns: doc(z.nullable(z.int()), 'Calls of a request; null under totals'),
  weekdays_only: doc(z.boolean(), '`per: day` is a working day'),
})

/** Figures of a scenario with the values of one cell: exactly those of `dsprice estimate --set`. */
export type SweptFigures = DeepReadonly<z.infer<typeof figures>>

const cell = z.strictObject({
  values: doc(z.array(z.string()), 'One value of each key, in the order of `keys`'),
  comes_to: doc(
    z.array(z.nullable(z.string())),
    'What the key is by a multiple such as 2x: 2400; null: the value is no multiple',
  ),
  figures: doc(z.nullable(figures), 'As `dsprice estimate --set` gives them; null: there is no answer, see `reason`'),
  reason: doc(z.nullable(z.string()), 'Why there is no answer'),
})

/** One combination of values. */
export type SweptCell = DeepReadonly<z.infer<typeof cell>>

export const sweepSchema = z.strictObject({
  schema: z.literal(SWEEP_SCHEMA),
  tool_version: z.string(),
  pricing: pricingSchema,
  name: doc(z.string(), 'The scenario'),
  description: z.nullable(z.string()),
  file: z.nullable(z.string()),
  keys: doc(z.array(key).check(z.minLength(1), z.maxLength(2)), 'One key or two'),
  view: doc(z.enum(ALL_VIEWS), 'The view that the first sentence is about, and the only one of a matrix'),
  cells: doc(z.array(cell), 'Every value of the first key, and for each every value of the second'),
  warnings: z.array(warningSchema),
})

/** The cost over the values of one or two keys. */
export type Sweep = DeepReadonly<z.infer<typeof sweepSchema>>
