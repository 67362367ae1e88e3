import * as z from 'zod/mini'
import { duration } from '../time.ts'
import { type DeepReadonly, doc, fault, share } from '../units.ts'

/**
 * How the provider's prefix cache is counted: from the workload's prefixes, not at all, as an upper bound, or as
 * stated.
 */

const POLICIES = ['prefix', 'none', 'ideal'] as const

const policy = z.lazy(() =>
  z.strictObject({
    policy: z.optional(
      doc(z.enum(POLICIES), 'prefix: from repeated prompts; none: no cache; ideal: every input token is a hit'),
    ),
    ttl: z.optional(doc(duration, "Lifetime of a cached prefix; default: the provider's", '1h')),
    hit_share: z.optional(doc(share, 'Share of input tokens billed at the cache_read rate', '85%')),
  }),
)

export const cacheSchema = z
  .union(
    [z.enum(POLICIES), policy],
    fault('must be a cache policy', 'write prefix, none, ideal, {hit_share: 85%} or {policy: prefix, ttl: 1h}'),
  )
  .check(
    z.refine(
      given => typeof given === 'string' || given.hit_share === undefined || !(given.policy ?? given.ttl),
      fault('hit_share stands alone: it replaces the policy and its ttl', 'write cache: {hit_share: 85%}'),
    ),
  )

/** A cache policy in its full form. Shares 0–1, lifetimes in seconds. */
export const cachePolicySchema = z.lazy(() =>
  z.strictObject({
    policy: z.enum([...POLICIES, 'hit_share']),
    ttl_s: z.optional(doc(z.int(), 'Requested lifetime, seconds')),
    hit_share: z.optional(
      doc(z.number().check(z.minimum(0), z.maximum(1)), 'Share of input tokens read from the cache'),
    ),
  }),
)

export type CachePolicy = DeepReadonly<z.infer<typeof cachePolicySchema>>

/** Expands the short form of a file: `none` becomes `{policy: none}`. */
export const cachePolicy = (written: z.infer<typeof cacheSchema>): CachePolicy => {
  if (typeof written === 'string') return { policy: written }
  if (written.hit_share !== undefined) return { policy: 'hit_share', hit_share: written.hit_share }
  return { policy: written.policy ?? 'prefix', ...(written.ttl === undefined ? {} : { ttl_s: written.ttl }) }
}
