import type { Book, Model } from '../../model/book/book.ts'
import { FACTS } from '../../model/book/choices.ts'
import { type StatedFact, statedFact } from '../../model/book/facts.ts'
import { entryOf } from '../../model/entry-of.ts'

/** A fact with its name, as `prices show` prints it. */
interface NamedFact extends StatedFact {
  readonly name: (typeof FACTS)[number]
}

/** Everything that the book says of a model or its provider other than prices. */
export const knownFacts = (book: Book, model: Model): NamedFact[] =>
  FACTS.map(name => ({ name, ...statedFact(book, model, name) })).filter(({ source }) => source !== null)

/** A line for each fact, with its grade, its source and its note; then the facts of which nothing is said. */
export const factsInWords = (book: Book, model: Model): string[] => {
  const known = knownFacts(book, model)
  const place = entryOf(book.providers, model.provider)?.jurisdiction
  const missing = FACTS.filter(name => !known.some(fact => fact.name === name))
  return [
    ...(place ? [`Jurisdiction of ${model.provider}: ${place}.`] : []),
    ...known.map(
      ({ name, value, grade, source, note, disagree }) =>
        `Fact ${[`${name}: ${value} (${grade ?? 'no grade'}, ${source})`, disagree && `Its own pages disagree: ${disagree}`, note].filter(Boolean).join('. ')}.`,
    ),
    ...(known.length > 0 && missing.length > 0 ? [`Nothing is known of ${missing.join(', ')}.`] : []),
  ]
}
