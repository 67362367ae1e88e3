import type { Book, Model, Price, Provider } from '../model/book/book.ts'
import { BOOK_SCHEMA } from '../model/book/choices.ts'
import type { GatewayNames, MarketHeading, MarketProvider } from '../model/book/market-schema.ts'

/** The market's files as read: its heading, and each provider's file under the provider's id. */
export interface Market {
  readonly heading: MarketHeading
  readonly providers: ReadonlyMap<string, MarketProvider>
}

/** The market as one book. */
export interface AssembledMarket {
  readonly book: Book
  /** For each of the book's models in order, the provider's file and the index in its `models`. */
  readonly places: readonly { readonly provider: string; readonly index: number }[]
}

/**
 * Makes one price book of the market's files. Nothing is written twice in them: a row ends where the next one begins and
 * has the grade of its source; a model has the provider whose file it stands in.
 *
 * The book's version is the day of the newest review, so a change to any file makes a new version. The book counts as
 * reviewed since the day of the oldest one: from then on every price has been checked.
 */
export const assembleMarket = ({ heading, providers }: Market): AssembledMarket => {
  const ids = orderOf(heading.first, [...providers.keys()])
  const files = ids.flatMap(id => {
    const file = providers.get(id)
    return file ? [{ id, file }] : []
  })
  const days = files.map(({ file }) => file.reviewed).sort()
  const sources = Object.fromEntries(
    [heading, ...files.map(({ file }) => file)].flatMap(one => Object.entries(one.sources)),
  )
  const book: Book = {
    $schema: '../schema/pricing.schema.json',
    schema: BOOK_SCHEMA,
    version: days.at(-1) ?? '',
    title: heading.title,
    reviewed: days[0] ?? '',
    currency: 'USD',
    ...(heading.note === undefined ? {} : { note: heading.note }),
    sources,
    providers: Object.fromEntries(files.map(({ id, file }) => [id, providerOf(file)])),
    models: files.flatMap(({ id, file }) => file.models.map(model => modelOf(model, id, sources))),
  }
  const places = files.flatMap(({ id, file }) => file.models.map((_, index) => ({ provider: id, index })))
  return { book, places }
}

/** Those named first in their order, then the others by their ids. */
const orderOf = (first: readonly string[], ids: readonly string[]): string[] => [
  ...first.filter(id => ids.includes(id)),
  ...ids.filter(id => !first.includes(id)).sort(),
]

const providerOf = ({ $schema, reviewed, gateways, sources, models, ...rules }: MarketProvider): Provider => rules

type MarketModel = MarketProvider['models'][number]

const modelOf = (
  { id, api_name, prices, ...rest }: MarketModel,
  provider: string,
  sources: Book['sources'],
): Model => ({
  id,
  provider,
  ...rest,
  prices: prices.map((row, i) => rowOf(row, prices[i + 1], sources)),
})

const rowOf = (
  { from, to, ...rest }: MarketModel['prices'][number],
  next: MarketModel['prices'][number] | undefined,
  sources: Book['sources'],
): Price => {
  const end = to ?? next?.from
  // A source that is missing is a fault that lint finds; until then its grade is the lowest.
  const grade = sources[rest.source]?.grade ?? 'secondary'
  return { from, ...(end == null ? {} : { to: end }), ...rest, grade }
}

/** Gathers from the market's files what the gateways call providers and models. */
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
