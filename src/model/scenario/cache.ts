import * as z from 'zod/mini'
import { expectedSize } from '../expected-size.ts'
import { duration } from '../time.ts'
import { type DeepReadonly, doc, fault, share } from '../units.ts'
import { MARKS } from './marks.ts'

/**
 * How the provider's prefix cache is counted: from the workload's prefixes, not at all, as an upper bound, or as
 * stated: a share of the input, or known usage.
 */

const POLICIES = ['prefix', 'none', 'ideal'] as const

const MARKED =
  'Cache marks that you set, at the end of these parts of the prompt, for providers that match by marks; default: as the provider, or a careful caller, does'

/** Marks as written in a file. */
export const marksSchema = () =>
  doc(
    z
      .array(z.enum(MARKS))
      .check(
        z.refine(marks => new Set(marks).size === marks.length, fault('must name each mark once', 'write [shared]')),
      ),
    MARKED,
    ['shared', 'session'],
  )

const policy = z.lazy(() =>
  z.strictObject({
    policy: z.optional(
      doc(z.enum(POLICIES), 'prefix: from repeated prompts; none: no cache; ideal: every input token is a hit'),
    ),
    ttl: z.optional(doc(duration, "Lifetime of a cached prefix; default: the provider's", '1h')),
    hit_share: z.optional(doc(share, 'Share of input tokens billed at the cache_read rate', '85%')),
    marks: z.optional(marksSchema()),
    read: z.optional(doc(expectedSize, 'Known usage: tokens read, of a mean call; under `totals` of the period', 9511)),
    write: z.optional(
      doc(expectedSize, 'Known usage: tokens written for the shortest lifetime, counted as `read` is', 1956),
    ),
    write_1h: z.optional(doc(expectedSize, 'Known usage: tokens written for one hour, counted as `read` is', 400)),
  }),
)

interface Known {
  readonly read?: number | undefined
  readonly write?: number | undefined
  readonly write_1h?: number | undefined
}

const isKnown = ({ read, write, write_1h }: Known): boolean => (read ?? write ?? write_1h) !== undefined

export const cacheSchema = z
  .union(
    [z.enum(POLICIES), policy],
    fault(
      'must be a cache policy',
      'write prefix, none, ideal, {hit_share: 85%}, {policy: prefix, ttl: 1h, marks: [shared]} or {read: 9511, write: 1956}',
    ),
  )
  .check(
    z.refine(
      given =>
        typeof given === 'string' || given.hit_share === undefined || !(given.policy ?? given.ttl ?? given.marks),
      fault('hit_share stands alone: it replaces the policy, its ttl and its marks', 'write cache: {hit_share: 85%}'),
    ),
    z.refine(
      given => typeof given === 'string' || given.marks === undefined || (given.policy ?? 'prefix') === 'prefix',
      fault('marks go with the policy prefix alone', 'write cache: {policy: prefix, marks: [shared]}'),
    ),
    z.refine(
      given =>
        typeof given === 'string' || !isKnown(given) || !(given.policy ?? given.ttl ?? given.hit_share ?? given.marks),
      fault(
        'known usage stands alone: it replaces the policy, its ttl, hit_share and marks',
        'write cache: {read: 9511, write: 1956}',
      ),
    ),
  )

const known = z.number().check(z.nonnegative())

/** A cache policy in its full form. Shares 0–1, lifetimes in seconds. */
export const cachePolicySchema = z.lazy(() =>
  z.strictObject({
    policy: z.enum([...POLICIES, 'hit_share', 'usage']),
    ttl_s: z.optional(doc(z.int(), 'Requested lifetime, seconds')),
    hit_share: z.optional(
      doc(z.number().check(z.minimum(0), z.maximum(1)), 'Share of input tokens read from the cache'),
    ),
    marks: z.optional(doc(z.array(z.enum(MARKS)), 'Cache marks that the caller sets; left out: the default ones')),
    read: z.optional(doc(known, 'With `usage`: tokens read, of a mean call; under `totals` of the period')),
    write: z.optional(doc(known, 'With `usage`: tokens written for the shortest lifetime')),
    write_1h: z.optional(doc(known, 'With `usage`: tokens written for one hour')),
    of: z.optional(
      doc(known, 'With `usage` and `tokens_of`: the prompt tokens of a request or period that these are a part of'),
    ),
  }),
)

export type CachePolicy = DeepReadonly<z.infer<typeof cachePolicySchema>>

/** Expands the short form of a file: `none` becomes `{policy: none}`. */
export const cachePolicy = (written: DeepReadonly<z.infer<typeof cacheSchema>>): CachePolicy => {
  if (typeof written === 'string') return { policy: written }
  if (written.hit_share !== undefined) return { policy: 'hit_share', hit_share: written.hit_share }
  if (isKnown(written)) {
    const { read = 0, write = 0, write_1h = 0 } = written
    return { policy: 'usage', read, write, write_1h }
  }
  const { policy = 'prefix', ttl, marks } = written
  return { policy, ...(ttl === undefined ? {} : { ttl_s: ttl }), ...(marks === undefined ? {} : { marks }) }
}
