import { placeOf } from '../cost/rates/name-places.ts'
import { findModel, findRule, namesOf, ruleNameOf } from '../cost/rates/price-at.ts'
import type { Book, Model, Price, Provider } from '../model/book/book.ts'
import { entryOf } from '../model/entry-of.ts'

/** What a book needs of a catalogue. */
export interface Wanted {
  /** Models by name; `null`: every model. */
  readonly names: readonly string[] | null
  /** Ids of providers that are needed for what lies over the book. */
  readonly providers?: readonly string[]
}

/** A book with models of a catalogue under it. */
export interface LaidUnder {
  readonly book: Book
  /** Ids of the catalogue's models that were added. */
  readonly added: readonly string[]
}

/**
 * Adds models of a catalogue to a book that does not have them. The book wins as a whole model: where it has one of the
 * same provider that shares a name, that one answers to the catalogue's names as well.
 *
 * @param wanted - what to add: models by name, `null` for every model, and providers by id
 */
export const layUnder = (book: Book, catalogue: Book, { names, providers = [] }: Wanted): LaidUnder => {
  const asked = (names ?? catalogue.models.map(({ id }) => id)).filter(name => !findModel(book, name))
  const known = asked.flatMap(name => {
    const model = findModel(catalogue, name)
    return model ? [{ name, model }] : []
  })
  if (known.length + providers.length === 0) return { book, added: [] }
  const isOwn = ownNames([...book.models, ...catalogue.models])
  const found = known.filter(({ name, model }) => isOwn(name, model))
  if (found.length + providers.length === 0) return { book, added: [] }
  const ours = oursAmong(book, catalogue)
  const aliases = new Map<Model, string[]>()
  const added = new Set<Model>()
  for (const { name, model } of found) {
    const own = ours(model)
    if (own) aliases.set(own, [...(aliases.get(own) ?? []), name])
    else added.add(model)
  }
  const named = book.models.map(model => {
    const others = aliases.get(model)
    return others ? { ...model, aliases: [...model.aliases, ...others] } : model
  })
  const below = [...added].map(model => fitted(model, entryOf(book.providers, model.provider)))
  const needed = new Set([...providers, ...below.map(({ provider }) => provider)])
  const theirs = Object.entries(catalogue.providers).filter(([id]) => needed.has(id))
  return {
    book: {
      ...book,
      sources: { ...catalogue.sources, ...book.sources },
      providers: { ...Object.fromEntries(theirs), ...book.providers },
      models: [...named, ...below],
    },
    added: below.map(({ id }) => id),
  }
}

/**
 * Whether a name is a model's alone. A catalogue may call a host's model by the name of its weights, which others host
 * too: that name says nothing of the price.
 */
const ownNames = (models: readonly Model[]): ((name: string, model: Model) => boolean) => {
  const hosts = new Map<string, Set<string>>()
  for (const { id, provider } of models) {
    const inner = id.slice(id.lastIndexOf('/') + 1).toLowerCase()
    hosts.set(inner, (hosts.get(inner) ?? new Set()).add(provider))
  }
  return (name, { id, provider }) => {
    // A maker's model is called by its bare name.
    if (!id.startsWith(`${provider}/`)) return true
    const place = placeOf(name.toLowerCase(), () => true)
    if (place && place.providers !== null) return place.providers.includes(provider)
    return (hosts.get(name.toLowerCase())?.size ?? 0) < 2
  }
}

/** Finds the book's own model that shares a name with one of the catalogue, of the same provider. */
const oursAmong = (book: Book, catalogue: Book): ((model: Model) => Model | undefined) => {
  const byTheirs = new Map<Model, Model>()
  for (const own of book.models) {
    for (const name of namesOf(own)) {
      const model = findModel(catalogue, name)
      if (model?.provider === own.provider) byTheirs.set(model, own)
    }
  }
  const byOurs = (model: Model): Model | undefined =>
    namesOf(model)
      .flatMap(name => findModel(book, name) ?? [])
      .find(({ provider }) => provider === model.provider)
  return model => byTheirs.get(model) ?? byOurs(model)
}

/**
 * A catalogue's model under a provider of the book: its cache is unknown where the provider's rule cannot be its own, and
 * whether it has the provider's batch tier nobody says.
 */
const fitted = (model: Model, provider: Provider | undefined): Model => {
  if (!provider) return model
  const fits = (row: Price): boolean => {
    const rule = findRule(provider, ruleNameOf(model, row))
    if (rule === undefined) return false
    // A rule of free writes is not that of a model whose writes are billed.
    const billed = [row.cache_write, row.cache_write_1h].some(
      rate => typeof rate === 'string' && rate !== 'not_offered',
    )
    return typeof rule === 'string' || !billed || rule.lifetimes.some(({ write }) => write !== null)
  }
  const prices = model.prices.map(row => (fits(row) ? row : { ...row, cache: 'unknown' as const }))
  return { batch: null, ...model, prices }
}
