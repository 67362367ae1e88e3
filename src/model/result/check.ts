import * as z from 'zod/mini'
import { amount, costs, decimal, money, perView, unknown } from '../figures.ts'
import { LEVELS, LIMITS, STATES } from '../scenario/budget.ts'
import { PERIODS } from '../scenario/traffic.ts'
import { type DeepReadonly, doc } from '../units.ts'
import { ALL_VIEWS } from '../views.ts'

/** What `dsprice check` adds to a result: verdicts, the baseline, and what changed. */

const place = doc(z.nullable(z.string()), 'file:line:column')

export const verdictSchema = z.strictObject({
  limit: z.enum(LIMITS.map(({ key }) => key)),
  of: doc(z.enum(['scenario', 'run', 'per_month']), 'What is limited: a scenario, or the sum of all runs or months'),
  view: z.enum(ALL_VIEWS),
  level: z.enum(LEVELS),
  state: doc(z.enum(STATES), 'How it stands; near: past warn_at; ignored: an increase below ignore_below'),
  allowed: doc(decimal, 'USD; of max_increase a share, 0.1 for 10%'),
  actual: doc(
    z.nullable(amount),
    'In the unit of `allowed`; null: unknown. Of a range its high end is held; of an increase the larger end',
  ),
  at_least: doc(z.nullable(money), 'USD that are known of a sum with an unknown in it'),
  baseline: doc(z.nullable(amount), 'USD of an increase: the baseline, at the same prices'),
  over_by: doc(z.nullable(decimal), 'In the unit of `allowed`; null where it is not over'),
  reason: doc(z.nullable(z.string()), 'Why it is unknown, or not held'),
  fix: doc(z.string(), 'Something to type'),
  at: doc(z.nullable(z.string()), 'file:line:column of the limit'),
})

/** How one limit stands. */
export type Verdict = DeepReadonly<z.infer<typeof verdictSchema>>

const perCost = perView(z.union([amount, unknown]))

const movedSchema = z.strictObject({
  baseline: doc(costs, "USD: the baseline's scenarios at this run's prices, those that are gone included"),
  change: doc(perCost, 'USD: this run less the baseline, new and removed scenarios included'),
  prices: doc(perCost, 'USD: what new prices alone did to the baseline'),
})

/** What became of a sum since the baseline. */
export type Moved = DeepReadonly<z.infer<typeof movedSchema>>

const changeSchema = z.strictObject({
  name: z.string(),
  file: z.nullable(z.string()),
  state: z.enum(['same', 'changed', 'new', 'removed']),
  per: doc(z.enum(PERIODS), 'The period of its figures'),
  baseline: doc(z.nullable(costs), "USD per period: the baseline at this run's prices; null: there is none"),
  change: doc(z.nullable(perCost), 'USD per period, this run less the baseline'),
  prices: doc(
    z.nullable(perCost),
    "USD per period, what new prices alone did: the baseline at this run's prices less at its own",
  ),
})

/** What became of a scenario since the baseline, both at the same prices, and what prices alone did. */
export type Change = DeepReadonly<z.infer<typeof changeSchema>>

const faultSchema = z.strictObject({
  file: doc(z.nullable(z.string()), 'The scenario that it belongs to'),
  code: z.string(),
  exit: z.int(),
  what: z.string(),
  fix: z.string(),
  path: z.string(),
  at: place,
})

export const checkSchema = z.strictObject({
  exit: doc(z.int(), '0 within, 1 over, 2 and 3 it cannot be known'),
  baseline: z.strictObject({
    kind: doc(z.enum(['file', 'git', 'none']), 'none: there is nothing to compare with, which is not zero'),
    name: doc(z.nullable(z.string()), 'A file, or git:REF'),
    commit: doc(z.nullable(z.string()), 'Of git: the commit'),
    reason: doc(z.nullable(z.string()), 'Why there is none'),
  }),
  totals: doc(z.array(verdictSchema), 'How the limits on all scenarios together stand'),
  sums: z.optional(
    doc(
      z.strictObject({ run: z.nullable(movedSchema), per_month: z.nullable(movedSchema) }),
      'All runs once each, and all months of 730 hours; null: neither side has any; left out without a baseline',
    ),
  ),
  changes: doc(z.array(changeSchema), 'Since the baseline; empty without one'),
  faults: doc(z.array(faultSchema), 'Scenarios that could not be priced; the others were'),
})

export type Check = DeepReadonly<z.infer<typeof checkSchema>>
export type Fault = DeepReadonly<z.infer<typeof faultSchema>>
