import * as z from 'zod/mini'
import { instant } from '../time.ts'
import { type DeepReadonly, doc, fault, increase, part, printable, share, usd } from '../units.ts'
import { ALL_VIEWS } from '../views.ts'
import { trafficSchema } from './traffic.ts'

/** Limits on cost, in scenarios and in dsprice.config.yaml, and what else that file says. */

/** Level of a limit: `error` fails the check, `warn` only reports it. */
export const LEVELS = ['error', 'warn'] as const

const common = () => ({
  view: z.optional(doc(z.enum(ALL_VIEWS), 'The view that limits apply to; default cached', 'batch_cached')),
  max_increase: z.optional(doc(increase, 'Against the baseline, both at the same prices: 10%', '10%')),
  max_increase_usd: z.optional(doc(usd, 'The same in USD per period (under total: per month, or for all runs)', 50)),
  warn_at: z.optional(doc(share, 'Share of a limit from which there is a warning: 80%', '80%')),
  ignore_below: z.optional(doc(usd, 'USD: increases below this are ignored', 5)),
  level: z.optional(doc(z.enum(LEVELS), 'error fails the check, warn only reports it; default error')),
})

/** Limits of one scenario. */
export const budgetSchema = z.lazy(() =>
  z.strictObject({
    per_period: z.optional(doc(usd, 'USD per period of `traffic.per`; for a run, per run', 12.5)),
    per_month: z.optional(doc(usd, 'USD per month of 730 hours', 400)),
    per_request: z.optional(doc(usd, 'USD per request (a conversation, if turns > 1)', 0.02)),
    ...common(),
  }),
)

/** Limits on the sum of all scenarios. Runs and months are never added together. */
const totalSchema = z.lazy(() =>
  z.strictObject({
    per_month: z.optional(doc(usd, 'USD per month, for all scenarios with a clock')),
    per_run: z.optional(doc(usd, 'USD, for all scenarios without a clock, each run once')),
    ...common(),
  }),
)

const { profile, timezone, weekdays_only } = trafficSchema.shape

/** Scenario keys that a configuration may set for the scenarios that leave them out. No defaults: absent is absent. */
const settingsSchema = z.lazy(() =>
  z.strictObject({
    at: z.optional(doc(instant, 'Date or instant of the prices', '2026-11-23')),
    model: z.optional(doc(printable('a model id'), 'Model of scenarios without model and routing', 'deepseek-v4-pro')),
    tags: z.optional(doc(z.record(printable('a tag'), printable('a value')), 'Tags, added to those of the scenario')),
    traffic: z.optional(
      doc(
        z.strictObject({
          profile: z.optional(
            doc(profile._zod.def.innerType, 'flat, office-hours, or 24 hourly weights', 'office-hours'),
          ),
          timezone: z.optional(doc(timezone._zod.def.innerType, 'Time zone of the profile', 'Europe/Berlin')),
          weekdays_only: z.optional(doc(weekdays_only._zod.def.innerType, 'No traffic at weekends', true)),
        }),
        'When requests come, of scenarios whose `traffic.per` is not a run',
      ),
    ),
  }),
)

/** The contents of `dsprice.config.yaml`. */
export const configSchema = z.lazy(() =>
  z.strictObject({
    pricing: z.optional(
      doc(
        z.string(),
        'Price book version, or the path of a price file relative to this file; for every command and scenario that names none',
        '2026-11-23',
      ),
    ),
    scenarios: z.optional(
      doc(
        z.array(z.string()).check(z.minLength(1, fault('must not be an empty list', 'write scenarios/*.yaml'))),
        'Scenario files, globs and folders, relative to this file; the default of check and diff',
      ),
    ),
    set: part(settingsSchema, 'Scenario keys, for scenarios that leave them out'),
    defaults: part(budgetSchema, 'Limits of every scenario, unless it has its own'),
    budgets: z.optional(
      doc(z.record(z.string(), budgetSchema), "Limits by scenario name; each key overrides the scenario's own"),
    ),
    total: part(totalSchema, 'Limits on all scenarios together'),
  }),
)

export type Budget = DeepReadonly<z.infer<typeof budgetSchema>>
export type TotalBudget = DeepReadonly<z.infer<typeof totalSchema>>
export type Config = DeepReadonly<z.infer<typeof configSchema>>

/** Everything that can be limited, one row each: the key in the file, and its unit in words. */
export const LIMITS = [
  { key: 'per_period', of: 'a period' },
  { key: 'per_month', of: 'a month' },
  { key: 'per_request', of: 'a request' },
  { key: 'per_run', of: 'for all runs' },
  { key: 'max_increase', of: 'more' },
  { key: 'max_increase_usd', of: 'more' },
] as const

export type LimitKey = (typeof LIMITS)[number]['key']

/**
 * Outcome of a limit. `near`: past `warn_at`; `ignored`: an increase below `ignore_below`; `no_baseline`: nothing to
 * compare with.
 */
export const STATES = ['within', 'near', 'over', 'unknown', 'no_baseline', 'ignored'] as const

export type State = (typeof STATES)[number]
