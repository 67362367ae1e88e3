import { findRule, ruleNameOf } from '../../cost/rates/price-at.ts'
import { at, type Problem } from '../../errors/index.ts'
import type { Book, Layer, Model, Provider } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import { lintDates } from './lint-dates.ts'
import { lintNames, modelsByName } from './lint-names.ts'
import { isEmpty, lintGaps, lintOrder } from './lint-order.ts'
import { lintProblems } from './lint-problems.ts'
import { lintEntries, lintFactor, lintRow } from './lint-rates.ts'

type Path = readonly (string | number)[]
type WrittenModel = NonNullable<Layer['models']>[number]

/** A price file's content, and the book that it is layered over. */
export interface Written {
  readonly file: Pick<Layer, 'providers' | 'models' | 'discounts'>
  /** The book below; `null`: the file is a complete book. */
  readonly below: Book | null
}

/**
 * Lints a price file: the problems that `prices lint` reports and for which every command refuses the file.
 *
 * @param book - the book that results from the file and the book below
 * @param written - the file; default: the whole book
 * @returns every problem, with its path in the file
 */
export const lintBook = (book: Book, { file, below }: Written = { file: book, below: null }): Problem[] => {
  const models = file.models ?? []
  const laid = modelsByName(book)
  return [
    ...lintNames(book, { file, below }),
    ...models.flatMap((model, i) => lintModel(model, ['models', i], { book, laid: laid.get(model.id.toLowerCase()) })),
    ...lintRules(book, file),
    ...lintRegions(book, file),
    ...lintDiscounts(book, file),
    ...(['providers', 'models', 'discounts'] as const).flatMap(key => lintSources(book, file[key], [key])),
  ]
}

const lintModel = (
  { provider, prices = [] }: WrittenModel,
  path: Path,
  { book, laid }: { readonly book: Book; readonly laid: Model | undefined },
): Problem[] => {
  const { providers } = book
  return [
    ...(provider === undefined || Object.hasOwn(providers, provider)
      ? []
      : [at([...path, 'provider'], lintProblems.noProvider(provider, Object.keys(providers)))]),
    ...prices.flatMap((row, i) => lintRow(row, [...path, 'prices', i])),
    ...prices.flatMap((row, i) => lintDates(row, [...path, 'prices', i])),
    ...lintOrder(prices, path),
    ...lintGaps(prices, laid?.prices ?? [], path),
  ]
}

/** Checks that the cache rules of rows exist; reports where the file names the rule or should describe it. */
const lintRules = (book: Book, file: Written['file']): Problem[] => {
  const byName = modelsByName(book)
  const written = new Map((file.models ?? []).map((model, i) => [byName.get(model.id.toLowerCase()), { model, i }]))
  const found = new Map<string, Problem>()
  for (const model of book.models) {
    const provider = entryOf(book.providers, model.provider)
    if (!provider) continue
    for (const name of new Set(model.prices.map(row => ruleNameOf(model, row)))) {
      if (findRule(provider, name) !== undefined) continue
      const fault = ruleFault(name, { model, provider, written: written.get(model), providers: file.providers ?? {} })
      // A rule that a provider lacks is reported once, however many models need it.
      const key = [...(fault?.path ?? []), name].join('\n')
      if (fault && !found.has(key)) found.set(key, fault)
    }
  }
  return [...found.values()]
}

interface Wanting {
  readonly model: Model
  readonly provider: Provider
  /** The model's entry in the file. */
  readonly written: { readonly model: WrittenModel; readonly i: number } | undefined
  /** The providers that the file describes. */
  readonly providers: Readonly<Record<string, Provider>>
}

/** Problem for a missing rule, at the key of the file that needs it; `null`: this file is not the cause. */
const ruleFault = (name: string, { model, provider, written, providers }: Wanting): Problem | null => {
  const key = written && ruleKey(name, written.model)
  const asked = lintProblems.noRule(name, provider.name, Object.keys(provider.cache))
  if (key) return at(['models', written.i, ...key], asked)
  if (Object.hasOwn(providers, model.provider)) {
    return at(['providers', model.provider, 'cache'], lintProblems.ruleMissing(name, model.id))
  }
  // The file assigns the model to a provider in the book below.
  return written?.model.provider === undefined ? null : at(['models', written.i, 'provider'], asked)
}

/** The path at which a model in the file names a rule. */
const ruleKey = (name: string, { prices = [], cache }: WrittenModel): Path | null => {
  const row = prices.findIndex(row => row.cache === name)
  if (row >= 0) return ['prices', row, 'cache']
  return cache?.rule === name ? ['cache'] : null
}

/** Checks the factors and dates of regions, and that the models they name exist. */
const lintRegions = (book: Book, { providers = {}, models = [] }: Written['file']): Problem[] => {
  const names = namesIn(book, models)
  return Object.entries(providers).flatMap(([id, { regions = {} }]) =>
    Object.entries(regions).flatMap(([name, given]) => {
      const path = ['providers', id, 'regions', name]
      const unknown = [given]
        .flat()
        .flatMap((entry, i) =>
          (entry.models ?? []).flatMap((model, j) =>
            names.has(model.toLowerCase())
              ? []
              : [at([...path, ...(Array.isArray(given) ? [i] : []), 'models', j], lintProblems.noModel(model))],
          ),
        )
      return [...lintEntries(name, given, path), ...unknown]
    }),
  )
}

/** Every name of a model in the book or the file, in lower case. */
const namesIn = (book: Book, models: readonly WrittenModel[]): ReadonlySet<string> =>
  new Set([...modelsByName(book).keys(), ...models.map(({ id }) => id.toLowerCase())])

const lintDiscounts = (book: Book, { models = [], discounts = [] }: Written['file']): Problem[] => {
  const { providers } = book
  const names = namesIn(book, models)
  return discounts.flatMap((discount, i) => {
    const { provider, model, from, to } = discount
    const path = ['discounts', i]
    if ((provider === undefined) === (model === undefined)) return [at(path, lintProblems.oneReduced())]
    const found: Problem[] = lintFactor(discount.factor, [...path, 'factor'])
    if (provider !== undefined && !Object.hasOwn(providers, provider)) {
      found.push(at([...path, 'provider'], lintProblems.noProvider(provider, Object.keys(providers))))
    }
    if (model !== undefined && !names.has(model.toLowerCase())) {
      found.push(at([...path, 'model'], lintProblems.noModel(model)))
    }
    if (isEmpty(discount)) found.push(at([...path, 'to'], lintProblems.rowEmpty(from, to ?? '')))
    return found
  })
}

/** Checks that every source named under `source` or `also` is described. */
const lintSources = (book: Book, value: unknown, path: Path): Problem[] => {
  const check = (name: unknown, here: Path): Problem[] =>
    typeof name !== 'string' || Object.hasOwn(book.sources, name) ? [] : [at(here, lintProblems.noSource(name))]
  if (Array.isArray(value)) return value.flatMap((item, i) => lintSources(book, item, [...path, i]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key]
    if (key === 'source') return [...check(inner, here), ...lintSources(book, inner, here)]
    if (key === 'also' && Array.isArray(inner)) return inner.flatMap((name, i) => check(name, [...here, i]))
    return lintSources(book, inner, here)
  })
}
