import * as z from 'zod/mini'
import { type DeepReadonly, doc, increase, share, usd } from '../units.ts'
import { ALL_VIEWS } from '../views.ts'

/** Limits on cost, in scenarios and in dsprice.config.yaml. */

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
export const totalSchema = z.lazy(() =>
  z.strictObject({
    per_month: z.optional(doc(usd, 'USD per month, for all scenarios with a clock')),
    per_run: z.optional(doc(usd, 'USD, for all scenarios without a clock, each run once')),
    ...common(),
  }),
)

export type Budget = DeepReadonly<z.infer<typeof budgetSchema>>
export type TotalBudget = DeepReadonly<z.infer<typeof totalSchema>>

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
