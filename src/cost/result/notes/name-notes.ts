import type { Book, Price } from '../../../model/book/book.ts'
import { plural } from '../../../model/plural.ts'
import type { Assumption, Warning } from '../../../model/result/result.ts'
import { VIEW_KEYS } from '../../../model/views.ts'
import type { PricedScenario } from '../../fleet/price-scenario.ts'
import { nameInWords } from '../../rates/name-in-words.ts'
import { resolveName } from '../../rates/price-at.ts'

/** A catalogue, and its models that a book was extended by. */
export interface CatalogueUsed {
  readonly version: string
  readonly hash: string
  /** What it was made from. */
  readonly title: string
  /** Ids of its models. */
  readonly models: readonly string[]
}

/** How the names in a scenario lead to models, where it is by a rule. */
export const nameNotes = ({ parts, baselines }: PricedScenario, book: Book): Assumption[] => {
  const names = new Set([...parts, ...baselines].map(({ route }) => route.model))
  return [...names].flatMap(name => {
    const found = resolveName(book, name)
    const what = found ? nameInWords(name, found) : null
    return what === null ? [] : [{ code: 'NAME_RULE', what, views: VIEW_KEYS }]
  })
}

/** The catalogue with those of its models that were priced; `null`: none was. */
export const usedOf = (catalogue: CatalogueUsed | undefined, priced: readonly string[]): CatalogueUsed | null => {
  const models = catalogue?.models.filter(id => priced.includes(id)) ?? []
  return catalogue && models.length > 0 ? { ...catalogue, models } : null
}

/** Whether a row is of a catalogue. */
export const isCatalogued = ({ grade }: Pick<Price, 'grade'>): boolean => grade === 'catalogue'

/** Ids of the models that price scenarios by rows of a catalogue: a row that a layer has put over those is its own. */
export const pricedModels = (found: readonly PricedScenario[]): string[] => [
  ...new Set(
    found
      .flatMap(one => [...one.parts, ...one.baselines])
      .map(({ streams: [{ low }] }) => low.offer)
      .filter(({ listed }) => isCatalogued(listed))
      .map(({ model }) => model.id),
  ),
]

const MOST_NAMED = 5

/** One warning for all prices that are from a catalogue rather than from their vendor's page. */
export const catalogueWarnings = (used: CatalogueUsed | null): Warning[] => {
  if (!used) return []
  const { version, title, models } = used
  const more = models.length - MOST_NAMED
  const named = [...models.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ')
  const source = `a catalogue of ${version} (${title}), not from a vendor's page`
  return [
    {
      code: 'CATALOGUE_PRICE',
      what: `${plural(models.length, 'model')} priced from ${source}: ${named}`,
      fix: "check the price on the vendor's page, then give it with --pricing mine.json",
      at: null,
    },
  ]
}
