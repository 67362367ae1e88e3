import * as z from 'zod/mini'
import { instant } from '../time.ts'
import { type DeepReadonly, doc, fault, part, printable } from '../units.ts'
import { budgetSchema, totalSchema } from './budget.ts'
import { trafficSchema } from './traffic.ts'

/** What `dsprice.config.yaml` may say. */

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

export type Config = DeepReadonly<z.infer<typeof configSchema>>
