import * as z from 'zod/mini'
import { amount, perView } from '../figures.ts'
import { type DeepReadonly, doc } from '../units.ts'

/** What a change in cost comes from: a key of the scenario, and the part of the change that is due to it. */

const value = z.nullable(z.union([z.number(), z.boolean(), z.string()]))

const moved = {
  key: doc(z.string(), 'The key by its path in the scenario: traffic.requests, request.shared'),
  part: z.optional(doc(z.string(), 'For text: the file or pattern that changed; from and to are its tokens')),
  was: z.optional(doc(z.string(), 'The file or pattern in its place on the base, if it had another name')),
  from: doc(value, 'On the base: a count of tokens as a number or decimal string, else the value; null: not there'),
  to: doc(value, 'The same on the head'),
} as const

const movedSchema = z.strictObject(moved)

/** A key that differs between two scenarios. */
export type MovedKey = DeepReadonly<z.infer<typeof movedSchema>>

export const causeSchema = z.strictObject({
  ...moved,
  with: z.optional(
    doc(z.array(movedSchema), 'Further keys of the same effect: they bind each other, or have no price one by one'),
  ),
  effect: doc(amount, 'USD per period: this change on top of those before it'),
})

/** One cause of a change in cost. */
export type Cause = DeepReadonly<z.infer<typeof causeSchema>>

export const causesSchema = perView(z.nullable(z.array(causeSchema)))

/** Causes by view, in the order of the schema's keys; `null`: the effect is unknown. */
export type Causes = DeepReadonly<z.infer<typeof causesSchema>>
