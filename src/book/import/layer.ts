import type { Book, Layer, Model, Provider } from '../../model/book/book.ts'
import { BOOK_SCHEMA } from '../../model/book/choices.ts'
import type { Catalogue, Listing } from './catalogue.ts'
import { convertListing, type Imported } from './convert.ts'
import { nameOf, providerOf, reviewDaysOf } from './sellers.ts'

/** What a layer of a catalogue is made of. */
export interface LayerParts {
  readonly catalogue: Catalogue
  readonly listing: Pick<Listing, 'sellers'>
  readonly models: readonly Model[]
  /** The day of the catalogue; `null`: each row has its own. */
  readonly asOf: string | null
  /** The providers that the book below describes. */
  readonly known: Book['providers']
}

/** A complete layer: the catalogue as its source, the providers that the book lacks, and the models. */
export const layerOf = ({ catalogue, listing, models, asOf, known }: LayerParts): Layer => {
  const { name, title, where } = catalogue
  return {
    schema: BOOK_SCHEMA,
    title: asOf === null ? title : `${title}, as of ${asOf}`,
    sources: { [name]: { title, where, retrieved: asOf, grade: 'catalogue' } },
    providers: providersOf(models, {
      listing,
      known,
      note: `Imported from ${name}, which says nothing about its cache`,
    }),
    models,
  }
}

/**
 * A whole catalogue as a book of its own, which ships under ours: every model but those of plans and resellers.
 *
 * @throws where the catalogue has no date of its own
 */
export const bookOf = (catalogue: Catalogue, listing: Listing): Imported & { readonly book: Book } => {
  const { date } = listing
  if (date === null) throw new Error(`${catalogue.name} has no date of its own`)
  const { sources, ...imported } = {
    ...convertListing(listing, catalogue, { asOf: date, book: null }),
    sources: sourceOf(catalogue, date),
  }
  const book: Book = {
    ...{ schema: BOOK_SCHEMA, version: date, title: `Catalogue: ${catalogue.title}`, reviewed: date, currency: 'USD' },
    note: "Converted from a public catalogue, not from vendors' pages: breadth for models that no book of ours has",
    sources,
    providers: providersOf(imported.models, { listing, known: {}, note: noteOf(catalogue) }),
    models: imported.models,
  }
  return { ...imported, book }
}

const sourceOf = ({ name, title, where }: Catalogue, asOf: string | null): Book['sources'] => ({
  [name]: { title, where, retrieved: asOf, grade: 'catalogue' },
})

const noteOf = ({ name }: Catalogue): string => `Imported from ${name}, which says nothing about its cache`

/** The providers of the models that are not known yet, whose rules no catalogue states. */
export const providersOf = (
  models: readonly Model[],
  { listing, known, note }: Pick<LayerParts, 'listing' | 'known'> & { readonly note: string },
): Record<string, Provider> => {
  const said = new Map(Object.entries(listing.sellers ?? {}).map(([seller, name]) => [providerOf(seller), name]))
  const wanted = [...new Set(models.map(({ provider }) => provider))].filter(id => !Object.hasOwn(known, id))
  return Object.fromEntries(
    wanted.sort().map(id => [
      id,
      {
        name: said.get(id) ?? nameOf(id),
        usage: 'unknown',
        review_every_days: reviewDaysOf(id),
        cache: { default: 'unknown' },
        batch: null,
        note,
      },
    ]),
  )
}
