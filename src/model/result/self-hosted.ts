import * as z from 'zod/mini'
import { amount, count, fraction, money, tokens } from '../figures.ts'
import { measuredRowSchema } from '../scenario/self-host.ts'
import { type DeepReadonly, doc } from '../units.ts'
import { VIEW_KEYS } from '../views.ts'

/** The part of a result about self-hosting: the cluster, its cost, and its break-even against the API. */

const NEVERS = ['this_cluster', 'any_scale', 'below_variable'] as const

const prices = {
  hosted_usd_per_1m: money,
  usd_per_hour: doc(z.nullable(money), 'Of the whole cluster, as it is rented'),
  usd_per_gpu_hour: doc(z.nullable(money), 'As it is rented'),
}

const wouldBe = z.strictObject({ capacity_tokens_per_day: z.nullable(count), ...prices })

const atUse = z.strictObject(prices)

/** Prices that would each alone move break-even to one utilisation. */
export type WouldBePrices = DeepReadonly<z.infer<typeof atUse>>

/** The same, including the capacity. */
export type WouldBe = DeepReadonly<z.infer<typeof wouldBe>>

const end = z.strictObject({
  kind: doc(z.enum(['at', 'never', 'always']), 'at: self-hosting is cheaper from `utilisation` on'),
  never_kind: z.optional(
    doc(
      z.enum(NEVERS),
      'this_cluster: it would have to do more than it can; any_scale: nor would a larger fleet; below_variable: hosted costs less than the variable part alone',
    ),
  ),
  utilisation: doc(z.nullable(z.number()), 'Share of the capacity; above 1 where it is never; null: none is finite'),
  tokens_per_day: doc(z.nullable(count), 'The volume at that utilisation'),
  attainable: z.optional(doc(z.boolean(), 'Whether it lies within max_utilisation')),
  would_be: z.optional(doc(wouldBe, 'Values that would each alone put break-even at 100%')),
  would_pay: z.optional(
    doc(wouldBe, 'Where it lies above the highest mean utilisation: values that would each alone put it there'),
  ),
})

/** Break-even at one end of its range. */
export type BreakEvenEnd = DeepReadonly<z.infer<typeof end>>

const breakEven = z.strictObject({ low: doc(end, 'The best case for self-hosting'), high: end })

const landing = z.strictObject({ tokens_per_day: count, nodes: z.int() })

const wholeNodes = z.strictObject({
  kind: z.enum(['at', 'never']),
  never_kind: z.optional(z.enum(NEVERS)),
  first: doc(z.nullable(landing), 'The first volume at which self-hosting is cheaper'),
  always: doc(z.nullable(landing), 'The volume from which it always is'),
  usd_per_1m_at_scale: doc(money, 'Limit of the cost of 1M tokens as the fleet grows'),
})

/** Break-even in whole nodes, at one end. */
export type WholeNodes = DeepReadonly<z.infer<typeof wholeNodes>>

const hybrid = z.strictObject({
  nodes: doc(z.int(), 'Nodes owned; 0: the API alone costs least'),
  self_served_share: z.number(),
  usd_per_day: money,
  all_hosted_usd_per_day: money,
  all_owned_usd_per_day: money,
  all_owned_nodes: z.int(),
})

/** The base load on owned nodes and the rest hosted, at one end. */
export type HybridEnd = DeepReadonly<z.infer<typeof hybrid>>

export const TRUST = ['measured_phases', 'measured_joint', 'stated', 'roofline'] as const

export const selfHostedSchema = z.strictObject({
  model: doc(z.nullable(z.string()), 'The weights that it runs'),
  gpu: z.nullable(z.string()),
  nodes: doc(
    z.union([z.number(), z.strictObject({ low: z.number(), high: z.number() })]),
    'Mean over the hours if they follow the traffic; including spare ones',
  ),
  gpus_per_node: z.int(),
  spare_nodes: doc(z.int(), 'Spare nodes among them'),
  sized: doc(z.boolean(), 'true: for the peak of the traffic; false: as given'),
  autoscale: z.boolean(),
  usd_per_hour: doc(amount, 'Of the whole cluster, without monthly costs'),
  usd_per_day: doc(amount, 'F: all costs that do not depend on the tokens served'),
  price_from: doc(z.string(), 'Source of the GPU price'),
  capacity_tokens_per_day: doc(tokens, 'C: at full utilisation and the mix below'),
  tokens_per_second_per_gpu: doc(tokens, 'The same per GPU'),
  trust: doc(z.enum(TRUST), 'Source of the capacity, most reliable first'),
  row: doc(z.nullable(measuredRowSchema), 'The measured row that it comes from'),
  nearest: doc(z.nullable(measuredRowSchema), 'The nearest measured row, for a stated capacity'),
  mix: doc(
    z.strictObject({ miss: z.number(), hit: z.number(), output: z.number(), view: z.enum(VIEW_KEYS) }),
    'Shares of the tokens, and the view that they come from',
  ),
  peak_to_mean: z.number(),
  max_utilisation: z.number(),
  demand_tokens_per_day: doc(z.nullable(count), 'Mean; null for a run'),
  utilisation: doc(z.nullable(fraction), 'Share of the capacity used; null if it cannot serve the traffic'),
  hosted_usd_per_1m: doc(z.nullable(amount), "The API's price for the mix, in `hosted_view`"),
  hosted_view: z.enum(VIEW_KEYS),
  self_hosted_usd_per_1m_full: doc(amount, 'At full utilisation'),
  hosted_over_self_full: doc(
    z.nullable(fraction),
    'The API’s cost over the cluster’s at full utilisation; above 1 if self-hosting can be cheaper',
  ),
  self_hosted_usd_per_1m: doc(z.nullable(amount), 'At `utilisation`'),
  saving: doc(
    z.partialRecord(z.enum(VIEW_KEYS), fraction),
    '1 − self-hosted/hosted, for each known view; below 0 if self-hosting costs more',
  ),
  break_even: doc(z.partialRecord(z.enum(VIEW_KEYS), breakEven), 'For each known view'),
  at_use: doc(
    z.nullable(z.strictObject({ low: atUse, high: atUse })),
    'Values that would each alone make the cluster, at its utilisation, match the API’s cost',
  ),
  cache_effect: doc(
    z.nullable(
      z.strictObject({
        without_hits: z.nullable(fraction),
        with_hits: z.nullable(fraction),
        moved: z.enum(['earlier', 'later', 'not']),
      }),
    ),
    'Break-even utilisation without cache hits on either side, and with those of `cached`; null if there are none',
  ),
  whole_nodes: doc(
    z.nullable(z.strictObject({ low: wholeNodes, high: wholeNodes })),
    'For a fleet in whole units; low: the best case; null: nodes that follow the traffic have no fixed size',
  ),
  hybrid: doc(
    z.nullable(z.strictObject({ low: hybrid, high: hybrid })),
    'Own nodes for the base load, and let the rest overflow to the API; null: a run, or nodes that follow the traffic',
  ),
  reason: doc(z.nullable(z.string()), 'Why `costs.self_hosted` is null'),
})

/** A cluster compared with an API, for one scenario. */
export type SelfHosted = DeepReadonly<z.infer<typeof selfHostedSchema>>

const point = z.strictObject({
  utilisation: z.number(),
  tokens_per_day: tokens,
  self_hosted_usd_per_1m: amount,
  hosted_usd_per_1m: amount,
  self_hosted_usd_per_day: amount,
  hosted_usd_per_day: amount,
})

const moved = z.strictObject({ factor: z.number(), break_even: breakEven })

export const breakEvenSchema = z.strictObject({
  view: doc(z.enum(VIEW_KEYS), 'The view that the API is priced in'),
  points: doc(z.array(point), 'The curve: both costs over utilisation, which stands for volume'),
  hosted_price: doc(z.array(moved), 'Break-even with the hosted price multiplied by a factor'),
  gpu_price: doc(z.array(moved), 'The same for the price of the nodes'),
  capacity: doc(z.array(moved), 'The same for the capacity'),
})

/** The result of `dsprice breakeven`. */
export type BreakEvenFound = DeepReadonly<z.infer<typeof breakEvenSchema>>
/** One point of the curve. */
export type CurvePoint = BreakEvenFound['points'][number]
