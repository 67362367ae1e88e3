import * as z from 'zod/mini'
import { decimal } from '../figures.ts'
import { doc, positiveSize, share } from '../units.ts'
import { asRead, shapeAsRead } from './as-read.ts'
import { legSchema, routingBlock } from './routing-schema.ts'

/** A routing block with its defaults filled in, derived from the written one. */

const countedLeg = () =>
  z.strictObject(
    shapeAsRead(legSchema().shape, {
      model: { model: doc(z.string(), 'The model that serves; for the cluster, the model that it runs') },
      promote_at_turn: {
        promote_at_turn: doc(z.nullable(asRead(positiveSize)), 'First turn that it serves; null: whole requests'),
      },
    }),
  )

const countedRouting = () =>
  z.strictObject(
    shapeAsRead(routingBlock().shape, {
      legs: { legs: z.array(countedLeg()).check(z.minLength(1)) },
      fallback_share: { fallback_share: doc(asRead(share), 'Share of the requests that the first fallback serves') },
      promote_at_turn: {},
      router: { router_usd_per_1k: doc(decimal, 'USD per 1,000 requests') },
      baselines: { baselines: doc(z.array(z.string()), 'Single models that would serve every request instead') },
    }),
  )

/** The models that serve the requests, by their names in the scenario. */
export const countedRoutingSchema = z.lazy(countedRouting)
