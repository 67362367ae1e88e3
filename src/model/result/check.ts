import * as z from 'zod/mini'
import { amount, costs, decimal, money, perView, unknown } from '../figures.ts'
import { LEVELS, LIMITS, STATES } from '../scenario/budget.ts'
import { PERIODS } from '../scenario/traffic.ts'
import { type DeepReadonly, doc } from '../units.ts'
import { ALL_VIEWS } from '../views.ts'
import { causesSchema } from './cause.ts'
import { usageParts } from './usage-parts.ts'

/** The part that `dsprice check` adds to a result: verdicts, the baseline, and changes. */

const place = doc(z.nullable(z.string()), 'file:line:column')

export const verdictSchema = z.strictObject({
  limit: z.enum(LIMITS.map(({ key }) => key)),
  of: doc(
    z.enum(['scenario', 'run', 'per_month', 'usage']),
    'Subject of the limit: a scenario, the sum of all runs or months, or real usage',
  ),
  month: z.optional(doc(z.string(), 'Of usage: the calendar month, such as 2026-11; left out: not of one month')),
  basis: z.optional(
    doc(
      z.enum(['spend', 'pace', 'conversation', 'call']),
      "Of usage: what a month came to, its end at this pace, the mean conversation, or the mean call × the scenario's turns",
    ),
  ),
  view: doc(z.enum(ALL_VIEWS), 'Of usage always cached: what was used has one cost'),
  level: z.enum(LEVELS),
  state: doc(z.enum(STATES), 'Outcome; near: past warn_at; ignored: an increase below ignore_below'),
  allowed: doc(decimal, 'USD; for max_increase a share, 0.1 for 10%'),
  actual: doc(
    z.nullable(amount),
    'In the unit of `allowed`; null: unknown. For a range the high end is compared; for an increase the larger end',
  ),
  at_least: doc(z.nullable(money), 'Known part of a sum with an unknown part, USD'),
  baseline: doc(z.nullable(amount), 'For an increase: the baseline at the same prices, USD'),
  over_by: doc(z.nullable(decimal), 'In the unit of `allowed`; null if not over'),
  reason: doc(z.nullable(z.string()), 'Why it is unknown, or was not checked'),
  fix: doc(z.string(), 'Something to type'),
  at: doc(z.nullable(z.string()), 'file:line:column of the limit'),
})

/** The outcome of one limit. */
export type Verdict = DeepReadonly<z.infer<typeof verdictSchema>>

const perCost = perView(z.union([amount, unknown]))

const movedSchema = z.strictObject({
  baseline: doc(costs, "USD: the baseline's scenarios at this run's prices, including removed ones"),
  change: doc(perCost, 'USD: this run minus the baseline, including new and removed scenarios'),
  prices: doc(perCost, 'USD: effect of new prices alone on the baseline'),
})

/** How a sum changed since the baseline. */
export type Moved = DeepReadonly<z.infer<typeof movedSchema>>

const changeSchema = z.strictObject({
  name: z.string(),
  file: z.nullable(z.string()),
  state: z.enum(['same', 'changed', 'new', 'removed']),
  per: doc(z.enum(PERIODS), 'The period of its figures'),
  baseline: doc(z.nullable(costs), "USD per period: the baseline at this run's prices; null: there is none"),
  change: doc(z.nullable(perCost), 'USD per period: this run minus the baseline'),
  causes: z.optional(
    doc(
      z.nullable(causesSchema),
      'By view, what the change comes from, in the order of keys, then what serves it; they add up to it exactly. null: unknown; left out: not changed',
    ),
  ),
  prices: doc(
    z.nullable(perCost),
    "USD per period, effect of new prices alone: the baseline at this run's prices minus at its own",
  ),
})

/** How a scenario changed since the baseline, both at the same prices, and the effect of prices alone. */
export type Change = DeepReadonly<z.infer<typeof changeSchema>>

const faultSchema = z.strictObject({
  file: doc(z.nullable(z.string()), 'File of its scenario'),
  code: z.string(),
  exit: z.int(),
  what: z.string(),
  fix: z.string(),
  path: z.string(),
  at: place,
})

export const checkSchema = z.strictObject({
  exit: doc(z.int(), '0: within; 1: over; 2 and 3: unknown'),
  baseline: z.strictObject({
    kind: doc(z.enum(['file', 'git', 'none']), 'none: there is no baseline, which is not a baseline of zero'),
    name: doc(z.nullable(z.string()), 'A file, or git:REF'),
    commit: doc(z.nullable(z.string()), 'The commit, for git'),
    reason: doc(z.nullable(z.string()), 'Why there is none'),
  }),
  totals: doc(z.array(verdictSchema), 'Outcomes of the limits on all scenarios together'),
  sums: z.optional(
    doc(
      z.strictObject({ run: z.nullable(movedSchema), per_month: z.nullable(movedSchema) }),
      'All runs once each, and all months of 730 hours; null: neither side has any; left out without a baseline',
    ),
  ),
  changes: doc(z.array(changeSchema), 'Since the baseline; empty without one'),
  faults: doc(z.array(faultSchema), 'Scenarios that could not be priced; the others were'),
  usage: z.optional(
    doc(
      z.strictObject({
        scenario: doc(z.nullable(z.string()), 'Whose limits are held; null: those of the total'),
        ...usageParts,
        left_aside: doc(z.array(z.enum(LIMITS.map(({ key }) => key))), 'Limits that usage cannot be held to'),
      }),
      'Of `check --usage`: what is held, as in dsprice/usage/1; its verdicts are in `totals`',
    ),
  ),
})

export type Check = DeepReadonly<z.infer<typeof checkSchema>>
export type Fault = DeepReadonly<z.infer<typeof faultSchema>>
