import type * as z from 'zod/mini'
import { entryOf } from '../entry-of.ts'
import type { DeepReadonly } from '../units.ts'
import type { Book, Fact, Model } from './book.ts'
import type { FACTS } from './choices.ts'
import type { statedFactSchema } from './fact-schema.ts'

/** The name of a fact that can be required. */
export type FactName = (typeof FACTS)[number]

/** A fact with its grade, its source and what it was said of. */
export type StatedFact = DeepReadonly<z.infer<typeof statedFactSchema>>

/** What the book says of a model, or else of its provider; `unknown` if of neither. */
export const statedFact = (book: Pick<Book, 'providers' | 'sources'>, model: Model, name: FactName): StatedFact => {
  const own = model.facts?.[name]
  const fact = own ?? entryOf(book.providers, model.provider)?.facts?.[name]
  const of = own ? model.id : model.provider
  if (!fact) return { value: 'unknown', of, grade: null, source: null }
  return { ...fact, of, grade: entryOf(book.sources, fact.source)?.grade ?? null }
}

/** Whether a fact meets a requirement: it holds, or does once the customer switches it on. */
export const passes = ({ value }: Pick<Fact, 'value'>): boolean => value === 'yes' || value === 'self'
