import { nameInWords } from '../../cost/rates/name-in-words.ts'
import { batchCard, pickRates, type RateCard, type Rates } from '../../cost/rates/pick-rates.ts'
import { batchRuleOf, cacheRuleOf, type Offer, type Resolved } from '../../cost/rates/price-at.ts'
import { hasRegion, isStated, serveRow } from '../../cost/rates/served-row.ts'
import { span } from '../../cost/rates/span.ts'
import { ruleInWords } from '../../cost/result/notes/cache-rule-in-words.ts'
import { type CatalogueUsed, isCatalogued } from '../../cost/result/notes/name-notes.ts'
import type { Book, Model, Price, Provider, Window } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import { left, right } from '../blocks/block.ts'
import type { Sheet } from '../blocks/sheet.ts'
import { formatCount } from '../figures/format.ts'
import { factsInWords, knownFacts } from './facts-in-words.ts'
import { rateCell } from './rate-cell.ts'
import { scoresInWords } from './scores-in-words.ts'

/** How a model was found. */
interface Found extends Pick<Resolved, 'rule'> {
  /** The name that was asked for. */
  readonly name: string
  readonly catalogue?: CatalogueUsed | undefined
}

/** `dsprice prices show`: a model's whole history, its tiers, hours and rules, and their sources. */
export const showSheet = (book: Book, model: Model, found: Found = { name: model.id, rule: null }): Sheet => ({
  title: `${model.id} (${model.provider}), price book ${book.version}: USD per 1M tokens`,
  columns: [
    left('from'),
    left('to', { drop: 3 }),
    right('input'),
    right('cache read'),
    right('cache write', { drop: 2 }),
    right('output'),
    right('batch in/out', { drop: 1 }),
    left('', { wraps: true }),
  ],
  rows: model.prices.flatMap(row => [
    ...rowsOf(batchRuleOf(book, model), row),
    ...serviceRows(book, model, row).flatMap(({ named, served }) =>
      rowsOf(batchRuleOf(book, model), served).map(([, , ...cells]) => [
        '',
        '',
        ...cells.slice(0, -1),
        [named, cells.at(-1)].filter(Boolean).join(', '),
      ]),
    ),
  ]),
  notes: [...foundBy(model, found), ...notesOf(book, model)],
  data: {
    book: book.version,
    model,
    provider: entryOf(book.providers, model.provider),
    facts: knownFacts(book, model),
    sources: sourcesOf(book, model),
    ...(found.catalogue?.models.includes(model.id) ? { catalogue: found.catalogue.version } : {}),
  },
})

/** How the name led to the model, and where its prices are from, if not from a vendor. */
const foundBy = (model: Model, { name, rule, catalogue }: Found): string[] => {
  const how = nameInWords(name, { model, rule })
  return [
    ...(how === null ? [] : [`${how}.`]),
    ...(catalogue?.models.includes(model.id) && model.prices.some(isCatalogued)
      ? [`From a catalogue of ${catalogue.version} (${catalogue.title}), not from a vendor's page.`]
      : []),
  ]
}

const rowsOf = (rule: Offer['batchRule'], row: Price): string[][] => {
  const { from, to, tiers = [], windows = [], base_window = '' } = row
  return [
    [from, to ?? '', ...rateCells(row, rule), windows.length > 0 ? base_window : ''],
    ...tiers.map(({ operator, threshold }, i) => {
      const what = `prompt ${operator} ${formatCount(threshold)}`
      return ['', '', ...rateCells(pickRates(row, i, null), rule), what]
    }),
    ...windows.map(window => ['', '', ...rateCells(pickRates(row, null, window), rule), window.name]),
  ]
}

/** The rows of each service that holds while the row does, by its name and dates of its own. */
const serviceRows = (book: Book, model: Model, row: Price): { readonly named: string; readonly served: Price }[] => {
  const provider = entryOf(book.providers, model.provider)
  if (!provider) return []
  return Object.entries(row.services ?? {}).flatMap(([name, given]) =>
    [given].flat().flatMap(entry => {
      const at = entry.from !== undefined && span(entry).from > span(row).from ? entry.from : row.from
      const starts = span({ from: at }).from
      if (starts >= span(row).to || starts >= span(entry).to) return []
      const dates = [
        entry.from === undefined ? '' : ` from ${entry.from}`,
        entry.to == null ? '' : ` until ${entry.to}`,
      ]
      const served = isStated(entry)
        ? serveRow({ model, provider, row, at }, { service: name, region: null }).row
        : { ...row, ...NOBODY_KNOWS }
      return [{ named: `${name}${dates.join('')}`, served }]
    }),
  )
}

const NOBODY_KNOWS = {
  input: null,
  cache_read: null,
  cache_write: null,
  output: null,
  tiers: [],
  windows: [],
  batch: null,
}

const rateCells = (rates: Rates, rule: Offer['batchRule']): string[] => {
  const batch = batchCard(rates, rule)
  const both = (card: RateCard): string => `${rateCell(card.input)} / ${rateCell(card.output)}`
  return [
    ...[rates.input, rates.cache_read, rates.cache_write, rates.output].map(rateCell),
    batch === null ? '?' : batch === 'not_offered' ? '-' : both(batch),
  ]
}

const windowInWords = ({ name, weekdays, hours, timezone, holidays }: Window): string => {
  const days = weekdays.length === 7 ? 'every day' : `${weekdays[0]}-${weekdays.at(-1)}`
  return `${name}: ${days} ${hours.join(', ')} ${timezone}${holidays === 'except' ? ', except on public holidays' : ''}`
}

const notesOf = (book: Book, model: Model): string[] => {
  const provider = entryOf(book.providers, model.provider)
  const last = model.prices.at(-1)
  const rules = last ? rulesOf(provider, model, last) : []
  return [
    ...(model.aliases.length > 0 ? [`Also called ${model.aliases.join(', ')}.`] : []),
    `Context ${model.context === null ? 'unknown' : formatCount(model.context)}, output at most ${model.max_output === null ? 'unknown' : formatCount(model.max_output)}, licence ${model.license ?? 'unknown'}.`,
    ...rules.map(rule => `${rule}.`),
    ...(provider ? regionNote(provider, model) : []),
    ...scoresInWords(model).map(score => `Score: ${score}.`),
    ...factsInWords(book, model),
    ...(model.note ? [model.note] : []),
    ...model.prices.flatMap((row, i) => {
      const own = rulesOf(provider, model, row).filter(rule => !rules.includes(rule))
      const about = [...own, ...rowInWords(row, model.prices[i - 1])]
      return about.length > 0 ? [`From ${row.from}: ${about.join('. ')}.`] : []
    }),
    ...Object.entries(sourcesOf(book, model)).map(
      ([id, { title, where, retrieved, grade }]) =>
        `Source ${id}: ${title}, ${where}${retrieved ? `, retrieved ${retrieved}` : ''} (${grade}).`,
    ),
  ]
}

/** A row's hours, its own limits, its evidence and its note; a row cut by a layer has its note in each part. */
const rowInWords = ({ note, windows, ...row }: Price, before: Price | undefined): string[] => [
  ...(windows ?? []).map(windowInWords),
  ...(row.context === undefined ? [] : [`context ${formatCount(row.context)}`]),
  ...(row.max_output === undefined ? [] : [`output at most ${formatCount(row.max_output)}`]),
  ...(row.seen === undefined ? [] : [`last seen ${row.seen}`]),
  ...(row.until_at_least === undefined ? [] : [`a promotion, announced until at least ${row.until_at_least}`]),
  ...(row.weights === undefined ? [] : [weightsInWords(row.weights, scoresInWords(row))]),
  ...(note && note !== before?.note ? [note] : []),
]

const weightsInWords = (weights: string, scores: readonly string[]): string =>
  `weights ${weights}: ${scores.length > 0 ? scores.join('; ') : 'no public score'}`

/** The rules of a row: those of the last one are told of the model, others with their rows. */
const rulesOf = (provider: Provider | undefined, model: Model, row: Price): string[] => [
  ...(provider ? cacheNote(provider, model, row) : []),
  ...reasoningNote(model, row),
]

/** How the provider caches the model while the row is in force, in words. */
const cacheNote = (provider: Provider, model: Model, row: Price): string[] => {
  const rule = cacheRuleOf(provider, model, row)
  if (rule === undefined) return []
  if (rule === 'none') return [`${provider.name} does not cache it`]
  if (rule === 'unknown') return [`How ${provider.name} caches it is unknown`]
  const minimum = model.cache?.minimum ?? rule.minimum
  return [`${ruleInWords(provider.name, { ...rule, minimum }, { ttl_s: rule.lifetimes[0]?.ttl_s ?? 0 })}`]
}

/** Whether the model is sent its earlier reasoning again while the row is in force; silent if no row says so. */
const reasoningNote = ({ prices, reasoning }: Model, row: Price): string[] => {
  const rule = row.reasoning ?? reasoning
  if (!rule) return prices.some(one => one.reasoning) ? ['Earlier reasoning is sent again: never'] : []
  const when = { never: 'never', always: 'always', with_tools: 'in conversations with tools' }[rule.kept]
  return [`Earlier reasoning is sent again: ${when} (${rule.source})`]
}

/** The regions that a model has, with their factors and dates. */
const regionNote = ({ regions = {} }: Provider, model: Model): string[] => {
  const told = Object.entries(regions).flatMap(([name, given]) =>
    [given].flat().flatMap(entry => {
      if (!hasRegion(entry, model)) return []
      const dates = [
        entry.from === undefined ? '' : ` from ${entry.from}`,
        entry.to == null ? '' : ` until ${entry.to}`,
      ]
      return [`${name} ${entry.factor === null ? '?' : `× ${entry.factor}`}${dates.join('')}`]
    }),
  )
  return told.length > 0 ? [`Regions, a factor on every token rate: ${told.join(', ')}.`] : []
}

const sourcesOf = (book: Book, model: Model): Book['sources'] => {
  const { sources, providers } = book
  const regions = Object.values(entryOf(providers, model.provider)?.regions ?? {}).flat()
  const used = new Set([
    ...model.prices.flatMap(({ source, also, services }) => [
      source,
      ...(also ?? []),
      ...Object.values(services ?? {}).flatMap(given => [given].flat().map(entry => entry.source)),
    ]),
    ...regions.filter(entry => hasRegion(entry, model)).map(({ source }) => source),
    ...knownFacts(book, model).map(({ source }) => source),
  ])
  return Object.fromEntries(Object.entries(sources).filter(([id]) => used.has(id)))
}
