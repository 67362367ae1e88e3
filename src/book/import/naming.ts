import { findModel, namesOf } from '../../cost/rates/price-at.ts'
import type { Book, Model } from '../../model/book/book.ts'
import type { Listed } from './catalogue.ts'
import { isMaker, isOthers } from './sellers.ts'

/** Whether a text can be the name of a model or a provider. */
export const isName = (text: string): boolean => text !== '' && text !== '__proto__'

/** An entry's id and aliases in our books. */
export const nameModel = ({ provider, model, aliases = [] }: Listed): Pick<Model, 'id' | 'aliases'> => {
  const id = isMaker(provider) && !isOthers(model, provider) ? model : `${provider}/${model}`
  // `provider/id` is a name of every model, and a maker's plain name means the maker's own price.
  const taken = [id, `${provider}/${id}`].map(name => name.toLowerCase())
  const others = aliases.filter(
    alias => isName(alias) && !taken.includes(alias.toLowerCase()) && !isOthers(alias, provider),
  )
  return { id, aliases: [...new Map(others.map(alias => [alias.toLowerCase(), alias])).values()] }
}

/** Finds the model of a book that an entry is: of the same provider, under any of its names, or by a rule of names. */
export type FindOurs = (model: Model, plain: string) => Model | undefined

/** @param book - `null`: none. @returns a search; `plain` is what the entry is called in the catalogue */
export const ourModels = (book: Pick<Book, 'models'> | null): FindOurs => {
  const exact = new Map(
    book?.models.flatMap(model => namesOf(model).map(name => [keyOf(model.provider, name), model] as const)),
  )
  return (model, plain) => {
    const { provider } = model
    const names = [...namesOf(model), plain]
    const named = names.map(name => exact.get(keyOf(provider, name))).find(found => found !== undefined)
    if (named || !book) return named
    return names.flatMap(name => findModel(book, name) ?? []).find(found => found.provider === provider)
  }
}

const keyOf = (provider: string, name: string): string => `${provider}\n${name.toLowerCase()}`

/** How often each name is claimed, in lower case: by aliases of the models, and by ids, which an alias never overrides. */
interface Claims {
  readonly aliases: ReadonlyMap<string, number>
  readonly fixed: ReadonlySet<string>
  /** Whether the book has a model of that name, if only by a rule. */
  readonly known: (name: string) => boolean
}

/** @param book - models that are there already, whose names all count */
export const claimsOf = (models: readonly Model[], book: Pick<Book, 'models'> | null): Claims => {
  const aliases = new Map<string, number>()
  for (const { aliases: own } of models) {
    for (const alias of own) aliases.set(alias.toLowerCase(), (aliases.get(alias.toLowerCase()) ?? 0) + 1)
  }
  const ids = models.flatMap(({ id, provider }) => [id, `${provider}/${id}`])
  const there = book?.models.flatMap(namesOf) ?? []
  return {
    aliases,
    fixed: new Set([...ids, ...there].map(name => name.toLowerCase())),
    known: name => book !== null && findModel(book, name) !== undefined,
  }
}

/** An entry's aliases that it alone claims. */
export const ownAliases = ({ aliases }: Pick<Model, 'aliases'>, claims: Claims): string[] =>
  aliases.filter(alias => {
    const key = alias.toLowerCase()
    return claims.aliases.get(key) === 1 && !claims.fixed.has(key) && !claims.known(alias)
  })
