import type { Book, Model, Price, Provider } from '../model/book/book.ts'
import { BOOK_SCHEMA } from '../model/book/choices.ts'
import type {
  BoardName,
  GatewayNames,
  MarketBoard,
  MarketHeading,
  MarketProvider,
} from '../model/book/market-schema.ts'
import { entryOf } from '../model/entry-of.ts'

/** The market's files as read: the heading, each provider's file by id, and each board's by name. */
export interface Market {
  readonly heading: MarketHeading
  readonly providers: ReadonlyMap<string, MarketProvider>
  readonly boards: ReadonlyMap<BoardName, MarketBoard>
}

/** The market as one book. */
export interface AssembledMarket {
  readonly book: Book
  /** For each model of the book in order, its provider's file and its index in `models` there. */
  readonly places: readonly { readonly provider: string; readonly index: number }[]
}

/**
 * Assembles one price book from the market's files, which omit what can be derived: a row ends where the next one
 * begins and has the grade of its source; a model has the provider of its file, and the scores of its weights.
 *
 * The book's version is the date of the newest review, so a change to any file makes a new version. Its review date is
 * that of the oldest review, as every price has been checked on or after it.
 */
export const assembleMarket = ({ heading, providers, boards }: Market): AssembledMarket => {
  const ids = orderOf(heading.first, [...providers.keys()])
  const files = ids.flatMap(id => {
    const file = providers.get(id)
    return file ? [{ id, file }] : []
  })
  const days = files.map(({ file }) => file.reviewed).sort()
  const newest = [...days, ...[...boards.values()].map(({ reviewed }) => reviewed)].sort().at(-1) ?? ''
  const sources = Object.fromEntries(
    [heading, ...files.map(({ file }) => file), ...boards.values()].flatMap(one => Object.entries(one.sources)),
  )
  const book: Book = {
    $schema: '../schema/pricing.schema.json',
    schema: BOOK_SCHEMA,
    version: newest,
    title: heading.title,
    reviewed: days[0] ?? '',
    currency: 'USD',
    ...(heading.note === undefined ? {} : { note: heading.note }),
    sources,
    providers: Object.fromEntries(files.map(({ id, file }) => [id, providerOf(file)])),
    models: files.flatMap(({ id, file }) => file.models.map(model => modelOf(model, id, { sources, boards }))),
  }
  const places = files.flatMap(({ id, file }) => file.models.map((_, index) => ({ provider: id, index })))
  return { book, places }
}

/** The ids in `first` in that order, then the others sorted. */
const orderOf = (first: readonly string[], ids: readonly string[]): string[] => [
  ...first.filter(id => ids.includes(id)),
  ...ids.filter(id => !first.includes(id)).sort(),
]

const providerOf = ({ $schema, reviewed, gateways, sources, models, ...rules }: MarketProvider): Provider => rules

type MarketModel = MarketProvider['models'][number]

const modelOf = (
  { id, api_name, prices, ...rest }: MarketModel,
  provider: string,
  { sources, boards }: Pick<Market, 'boards'> & Pick<Book, 'sources'>,
): Model => {
  const own = id.startsWith(`${provider}/`) ? id.slice(provider.length + 1) : id
  const scores = scoresOf(rest.weights ?? own, boards)
  return {
    id,
    provider,
    ...rest,
    ...(Object.keys(scores).length === 0 ? {} : { scores }),
    prices: prices.map((row, i) => ({
      ...rowOf(row, prices[i + 1], sources),
      // Even if there are none: those of the model are of other weights.
      ...(row.weights === undefined ? {} : { scores: scoresOf(row.weights, boards) }),
    })),
  }
}

/** What each board says of the weights. */
const scoresOf = (weights: string, boards: Market['boards']): NonNullable<Model['scores']> =>
  Object.fromEntries(
    [...boards].flatMap(([name, { date, source, scores }]) => {
      const score = entryOf(scores, weights)
      return score === undefined ? [] : [[name, { ...score, date, source }]]
    }),
  )

const rowOf = (
  { from, to, ...rest }: MarketModel['prices'][number],
  next: MarketModel['prices'][number] | undefined,
  sources: Book['sources'],
): Price => {
  const end = to ?? next?.from
  // Lint reports a missing source; until then the row gets the lowest grade.
  const grade = sources[rest.source]?.grade ?? 'secondary'
  return { from, ...(end == null ? {} : { to: end }), ...rest, grade }
}

/** Collects the gateways' names of providers and models from the market's files. */
export const gatewayNamesOf = ({ providers }: Market): GatewayNames => ({
  providers: Object.fromEntries(
    [...providers].flatMap(([id, { gateways }]) => (gateways ? [[id, gateways] as const] : [])),
  ),
  models: Object.fromEntries(
    [...providers.values()].flatMap(({ models }) =>
      models.flatMap(({ id, api_name }) => (api_name === undefined ? [] : [[id, api_name] as const])),
    ),
  ),
})
