import { namesOf } from '../../cost/rates/price-at.ts'
import { at, type Problem } from '../../errors/index.ts'
import type { Book, Layer, Model } from '../../model/book/book.ts'
import { lintProblems } from './lint-problems.ts'

/** Models by every id and alias in lower case; if two models claim a name, the first gets it. */
export const modelsByName = (book: Pick<Book, 'models'> | null): Map<string, Model> => {
  const found = new Map<string, Model>()
  for (const model of book?.models ?? []) {
    for (const name of namesOf(model)) if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), model)
  }
  return found
}

interface Written {
  readonly file: Pick<Layer, 'models'>
  readonly below: Book | null
}

/** Checks that no two models share an id or alias, ignoring case, as one would be priced as the other. */
export const lintNames = (book: Book, { file, below }: Written): Problem[] => {
  const models = file.models ?? []
  const known = modelsByName(below)
  const over = models.map(({ id }) => known.get(id.toLowerCase()))
  const owners = standing(book, { below, renamed: new Set(over.filter((_, i) => models[i]?.aliases !== undefined)) })
  const described = new Set<Model>()
  const found: Problem[] = []
  for (const [i, { id, aliases = [] }] of models.entries()) {
    const base = over[i]
    if (base && described.has(base)) found.push(at(['models', i, 'id'], lintProblems.modelTwice(id, base.id)))
    if (base) described.add(base)
    const names = [
      ...(base ? [] : [{ name: id, path: ['models', i, 'id'] }]),
      ...aliases.map((name, j) => ({ name, path: ['models', i, 'aliases', j] })),
    ]
    for (const { name, path } of names) {
      const owner = owners.get(name.toLowerCase())
      if (owner !== undefined) found.push(at(path, lintProblems.aliasTwice(name, owner)))
      owners.set(name.toLowerCase(), owner ?? base?.id ?? id)
    }
  }
  return found
}

/** Names already taken: `provider/id` of every model, and the names in the book below. */
const standing = (
  book: Book,
  { below, renamed }: { readonly below: Book | null; readonly renamed: ReadonlySet<Model | undefined> },
): Map<string, string> => {
  const owners = new Map(book.models.map(({ id, provider }) => [`${provider}/${id}`.toLowerCase(), id]))
  for (const model of below?.models ?? []) {
    for (const name of [model.id, ...(renamed.has(model) ? [] : model.aliases)]) {
      owners.set(name.toLowerCase(), model.id)
    }
  }
  return owners
}
