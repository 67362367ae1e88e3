import type * as z from 'zod/mini'
import type { DeepReadonly } from '../units.ts'
import type { countedRoutingSchema } from './counted-routing-schema.ts'
import type { WrittenRouting } from './routing-schema.ts'

/** The models that serve the requests, by their names in the scenario. */
export type Routing = DeepReadonly<z.infer<typeof countedRoutingSchema>>

/** One model's part of a fleet. */
export type Leg = Routing['legs'][number]

/**
 * Fills in defaults that depend on other keys: a leg's promotion, the baselines.
 *
 * @param clusterModel - the model that the cluster under self_host runs
 */
export const toRouting = (written: WrittenRouting, clusterModel: string): Routing => {
  const { mode, legs, fallback_share = 0, promote_at_turn = null, router, baselines, ...kept } = written
  return {
    mode,
    legs: legs.map(({ model = clusterModel, self_host, promote_at_turn: own, ...leg }, i) => ({
      model,
      ...(self_host ? { self_host } : {}),
      ...leg,
      promote_at_turn: own ?? (i === 0 ? null : promote_at_turn),
    })),
    ...kept,
    fallback_share,
    router_usd_per_1k: router?.usd_per_1k_requests ?? '0',
    baselines: [...new Set(baselines ?? legs.map(({ model = clusterModel }) => model))],
  }
}

/** Every model that a fleet is priced on, each once. */
export const modelsIn = ({ legs, fallback, baselines }: Routing): string[] => [
  ...new Set([...legs.map(({ model }) => model), ...fallback, ...baselines]),
]
