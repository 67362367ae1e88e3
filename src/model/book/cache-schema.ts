import * as z from 'zod/mini'
import { doc, fault } from '../units.ts'
import { NO_RULES } from './choices.ts'
import { atMost, text } from './price-schema.ts'

/** The schema of a provider's cache rules. */

const LIFETIME_METERS = ['cache_write', 'cache_write_1h'] as const

const cacheRuleShape = {
  match: doc(
    z.enum(['blocks', 'units', 'marks', 'breakpoints']),
    'How a prompt finds what an earlier one stored; breakpoints: an older name of marks that the caller sets',
  ),
  marks: z.optional(
    doc(
      z.enum(['newest', 'caller']),
      'Who sets the marks by default; newest: the provider marks the newest message; left out: the caller',
    ),
  ),
  optional: z.optional(doc(z.boolean(), 'Whether the mark at the newest message can be left off; left out: it cannot')),
  block: doc(z.int().check(z.positive()), 'Hits are whole multiples of this many tokens'),
  minimum: doc(z.int().check(z.nonnegative()), 'Shorter hits do not happen, tokens'),
  lifetimes: doc(
    z
      .array(
        z.strictObject({
          ttl_s: doc(z.int().check(z.positive()), 'Seconds a prefix is kept after its last use'),
          write: doc(z.nullable(z.enum(LIFETIME_METERS)), 'Meter that bills a write; null: writing is free'),
        }),
      )
      .check(z.minLength(1), atMost('lifetimes')),
    'Lifetimes to choose from; the first is the default',
  ),
  stores_output: doc(z.boolean(), 'Whether the next turn can read the model’s output from the cache'),
  assumed: z.optional(
    doc(
      z.array(z.enum(['block', 'minimum', 'lifetime', 'stores_output'])),
      'Figures that the provider does not publish and this book assumes',
    ),
  ),
  note: z.optional(text),
  source: text,
}

export const cacheRuleSchema = z.strictObject(cacheRuleShape).check(
  z.refine(
    ({ match, marks }) => marks === undefined || match === 'marks',
    fault('must have marks only with match: marks', 'write "match": "marks", or take marks away'),
  ),
  z.refine(
    ({ marks, optional }) => optional === undefined || marks === 'newest',
    fault('must have optional only with marks: newest', 'take optional away: a caller can always leave marks out'),
  ),
)

/** Values instead of a rule: nothing is cached, or caching is undocumented. */
export const noRule = z.enum(NO_RULES)
