import * as z from 'zod/mini'
import { WEEKDAYS } from '../model/book/choices.ts'
import type { DeepReadonly } from '../model/units.ts'

/** Schemas of the LiteLLM config.yaml that we write. No logic. */

const cost = z.number().check(z.nonnegative())

/** Costs of a deployment, USD per token; the key of a tier contains its threshold in thousands of tokens. */
const COST_KEYS = [
  'input_cost_per_token',
  'output_cost_per_token',
  'cache_read_input_token_cost',
  'cache_creation_input_token_cost',
  'cache_creation_input_token_cost_above_1hr',
] as const

export type CostKey = (typeof COST_KEYS)[number]

const TIER_KEY = new RegExp(`^(${COST_KEYS.join('|')})_above_\\d+k_tokens$`)

const hours = z
  .array(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/)))
  .check(z.minLength(1))

/**
 * Other rates in certain hours: each replaces the rate that would otherwise apply. Hours are half-open and in UTC; one
 * whose start equals its end is the whole day. Holidays, tiers and the write that is kept an hour have no place in it.
 */
const offPeak = z
  .strictObject({
    hours_utc: z.optional(hours),
    windows: z.optional(
      z.array(z.strictObject({ hours_utc: hours, weekdays: z.array(z.enum(WEEKDAYS)).check(z.minLength(1)) })),
    ),
    input_cost_per_token: cost,
    output_cost_per_token: cost,
    cache_read_input_token_cost: cost,
    cache_creation_input_token_cost: z.optional(cost),
  })
  .check(z.refine(({ hours_utc, windows }) => (hours_utc === undefined) !== (windows === undefined)))

/** A deployment's `off_peak_pricing`. */
export type OffPeak = DeepReadonly<z.infer<typeof offPeak>>

const modelInfo = z
  .catchall(
    z.object({
      input_cost_per_token: cost,
      output_cost_per_token: cost,
      cache_read_input_token_cost: cost,
      off_peak_pricing: z.optional(offPeak),
    }),
    cost,
  )
  .check(
    z.refine(info =>
      Object.keys(info).every(
        key => key === 'off_peak_pricing' || COST_KEYS.some(known => known === key) || TIER_KEY.test(key),
      ),
    ),
  )

const deployment = z.strictObject({
  model_name: z.string().check(z.minLength(1)),
  litellm_params: z.strictObject({
    model: z.string().check(z.regex(/^[a-z_]+\/\S+$/)),
    api_key: z.optional(z.string().check(z.regex(/^os\.environ\/[A-Z][A-Z0-9_]*$/))),
    weight: z.optional(z.number().check(z.positive(), z.maximum(1))),
  }),
  model_info: modelInfo,
})

const fallbacks = z.record(z.string(), z.array(z.string()).check(z.minLength(1)))

/**
 * The part of LiteLLM's config.yaml that we write. It is strict because the proxy silently drops keys it does not know.
 *
 * @see https://docs.litellm.ai/docs/proxy/config_settings `model_list`, `router_settings`
 * @see https://docs.litellm.ai/docs/proxy/custom_pricing `model_info`
 * @see https://docs.litellm.ai/docs/proxy/off_peak_pricing `off_peak_pricing`
 * @see https://docs.litellm.ai/docs/routing `weight` under simple-shuffle
 * @see https://docs.litellm.ai/docs/proxy/reliability `fallbacks`: one key per item
 */
export const litellmSchema = z.strictObject({
  model_list: z.array(deployment).check(z.minLength(1)),
  router_settings: z.strictObject({
    routing_strategy: z.literal('simple-shuffle'),
    num_retries: z.int().check(z.nonnegative()),
    fallbacks: z.optional(z.array(fallbacks).check(z.minLength(1))),
  }),
})

/** A config.yaml for LiteLLM's proxy. */
export type LitellmConfig = z.infer<typeof litellmSchema>
