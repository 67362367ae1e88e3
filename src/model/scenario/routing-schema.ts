import * as z from 'zod/mini'
import { duration } from '../time.ts'
import { type DeepReadonly, doc, factor, fault, positiveSize, printable, share, usd } from '../units.ts'
import { marksSchema } from './cache.ts'

/** The models that serve a scenario's requests, if there are several, as written in a file. */

const modelName = () => printable('a model id')

const PROMOTED =
  'Turn at which its requests move here from the first leg, to a cold cache; the first leg serves earlier turns'

const ONE_SERVER = fault('must have either model or self_host: true', 'write {model: deepseek-v4, share: 80%}')

const NO_TERMS = fault('is served by the cluster, which has no service and no region', 'leave service and region out')

const NO_CACHE_KEY = fault('must have marks or ttl', 'write cache: {marks: [shared]}, or {ttl: 1h}')

export const legSchema = () =>
  z
    .strictObject({
      model: z.optional(doc(modelName(), 'Model id or alias in the price book', 'deepseek-v4-pro')),
      self_host: z.optional(
        doc(z.literal(true, fault('must be true', 'write self_host: true')), 'The cluster under self_host serves it'),
      ),
      service: z.optional(
        doc(printable('a service'), "Service that this leg is called in; default: the scenario's", 'flex'),
      ),
      region: z.optional(doc(printable('a region'), "Region that serves this leg; default: the scenario's", 'us')),
      share: doc(share, 'Share of the requests that it serves; the legs add up to 100%', '80%'),
      tokens: doc(z._default(factor, '1'), "Multiplier on the size of this leg's requests", 1.35),
      promote_at_turn: z.optional(doc(positiveSize, PROMOTED, 3)),
      cache: z.optional(
        doc(
          z
            .strictObject({
              marks: z.optional(marksSchema()),
              ttl: z.optional(doc(duration, 'Lifetime of a cached prefix', '1h')),
            })
            .check(z.refine(({ marks, ttl }) => marks !== undefined || ttl !== undefined, NO_CACHE_KEY)),
          "Cache marks and lifetime of this leg, instead of the scenario's",
        ),
      ),
    })
    .check(
      z.refine(given => (given.model === undefined) !== (given.self_host === undefined), ONE_SERVER),
      z.refine(given => !given.self_host || (given.service ?? given.region) === undefined, NO_TERMS),
    )

export const MODES = ['split', 'cascade'] as const

/**
 * Most legs, baselines or fallbacks of a fleet. Every baseline serves the requests of every leg, each at its own size,
 * so work and result grow with the product of the two: this many of both are 1,024 prices, less than a second's work.
 */
export const MOST_LEGS = 32

const atMost = (what: string) =>
  z.maxLength(
    MOST_LEGS,
    fault(`must have at most ${MOST_LEGS} ${what}`, 'keep the largest, and add up what the others serve'),
  )

const NO_LEGS = fault('must have at least one leg', 'write legs: [{model: deepseek-v4, share: 100%}]')

export const routingBlock = () =>
  z.strictObject({
    mode: doc(
      z._default(z.enum(MODES), 'split'),
      'split: each request goes to one leg; cascade: it tries each leg up to the one that serves it, and pays for each',
    ),
    legs: doc(
      z.array(legSchema()).check(z.minLength(1, NO_LEGS), atMost('legs')),
      'The models, in the order of a cascade',
      [{ model: 'deepseek-v4-pro', share: '100%' }],
    ),
    fallback: doc(
      z._default(z.array(modelName()).check(atMost('fallbacks')), []),
      'Models that serve when a leg fails, in order',
      ['gpt-5.5'],
    ),
    fallback_share: z.optional(
      doc(share, 'Share of the requests that the first fallback serves because their own leg failed', '2%'),
    ),
    promote_at_turn: z.optional(doc(positiveSize, 'The same for every leg after the first without its own value', 3)),
    router: z.optional(
      doc(
        z.strictObject({ usd_per_1k_requests: doc(usd, 'USD per 1,000 requests', 0.5) }),
        'Cost of the router itself: a line of the fleet, never of a baseline',
      ),
    ),
    baselines: z.optional(
      doc(
        z.array(modelName()).check(atMost('baselines')),
        'Single models to compare the fleet with; default: each leg alone',
        ['gpt-5.5'],
      ),
    ),
  })

export const routingSchema = z.lazy(routingBlock)

/** A routing block as written, defaults filled in. */
export type WrittenRouting = DeepReadonly<z.infer<typeof routingSchema>>
