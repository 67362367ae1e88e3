import * as z from 'zod/mini'
import { doc } from '../units.ts'
import { FACT_VALUES, FACTS } from './choices.ts'
import { grade, text } from './price-schema.ts'

/** The schema of facts other than prices: as a book has them, and as a comparison states them. */

const value = doc(
  z.enum(FACT_VALUES),
  'self: once the customer switches it on; request: only after approval or a contract. yes and self pass a requirement',
)
const disagree = z.optional(doc(text, 'What the provider’s own pages contradict each other about'))

export const factSchema = z.strictObject({ value, disagree, note: z.optional(text), source: text })

export const factsSchema = z.partialRecord(z.enum(FACTS), factSchema)

/** A fact with what is needed to judge it; `unknown` without a source if the book says nothing. */
export const statedFactSchema = z.strictObject({
  value,
  of: doc(text, 'The model, or else the provider, that the fact was said of'),
  grade: doc(z.nullable(grade), 'Grade of its source; null: the book says nothing'),
  source: doc(z.nullable(text), 'Id of its source; null: the book says nothing'),
  disagree,
  note: z.optional(text),
})

export const statedFactsSchema = z.partialRecord(z.enum(FACTS), statedFactSchema)
