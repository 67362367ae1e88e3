import { batchCard, pickRates, type RateCard, type Rates } from '../../cost/rates/pick-rates.ts'
import { batchRuleOf, cacheRuleOf, findModel, type Offer } from '../../cost/rates/price-at.ts'
import { ruleInWords } from '../../cost/result/notes/cache-rule-in-words.ts'
import { InputError } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import { missingModel, readBook } from '../../load/book/book.ts'
import type { Book, Model, Price, Provider, Window } from '../../model/book/book.ts'
import { FACTS } from '../../model/book/choices.ts'
import { entryOf } from '../../model/entry-of.ts'
import { formatCount } from '../../report/format.ts'
import type { Sheet } from '../../report/sheet.ts'
import { rateCell } from './rate-cell.ts'

/** `dsprice prices show`: a model's whole history, its tiers, hours and rules, and the sources. */
export const showSheet = async (
  io: Io,
  { model: name, pricing }: { model: string; pricing: readonly string[] },
): Promise<Sheet> => {
  const loaded = await readBook(pricing, io)
  const { book } = loaded
  const model = findModel(book, name)
  const missing = missingModel(loaded, name, io)
  if (!model || missing) throw new InputError(missing ? [missing] : [])
  return {
    title: `${model.id} (${model.provider}), price book ${book.version}: USD per 1M tokens`,
    columns: [
      { title: 'from' },
      { title: 'to', drop: 3 },
      { title: 'input', align: 'right' },
      { title: 'cache read', align: 'right' },
      { title: 'cache write', align: 'right', drop: 2 },
      { title: 'output', align: 'right' },
      { title: 'batch in/out', align: 'right', drop: 1 },
      { title: '', wraps: true },
    ],
    rows: model.prices.flatMap(row => rowsOf(batchRuleOf(book, model), row)),
    notes: notesOf(book, model),
    data: {
      book: book.version,
      model,
      provider: entryOf(book.providers, model.provider),
      sources: sourcesOf(book, model),
    },
  }
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
  return `${name}: ${days} ${hours.join(', ')} ${timezone}${holidays === 'except' ? ', public holidays apart' : ''}`
}

const notesOf = (book: Book, model: Model): string[] => {
  const provider = entryOf(book.providers, model.provider)
  return [
    ...(model.aliases.length > 0 ? [`Also called ${model.aliases.join(', ')}.`] : []),
    `Context ${model.context === null ? 'unknown' : formatCount(model.context)}, output at most ${model.max_output === null ? 'unknown' : formatCount(model.max_output)}, licence ${model.license ?? 'unknown'}.`,
    ...(provider ? cacheNote(provider, model) : []),
    ...factsOf(provider, model),
    ...(model.note ? [model.note] : []),
    ...model.prices.flatMap(({ from, note: whole, windows }, i) => {
      // A row cut by a layer has its note in each part; once is enough.
      const note = model.prices[i - 1]?.note === whole ? undefined : whole
      const hours = (windows ?? []).map(windowInWords)
      return hours.length > 0 || note ? [`From ${from}: ${[...hours, ...(note ? [note] : [])].join('. ')}.`] : []
    }),
    ...Object.entries(sourcesOf(book, model)).map(
      ([id, { title, where, retrieved, grade }]) =>
        `Source ${id}: ${title}, ${where}${retrieved ? `, read ${retrieved}` : ''} (${grade}).`,
    ),
  ]
}

/** How the provider caches the model now: its rule in words. */
const cacheNote = (provider: Provider, model: Model): string[] => {
  const last = model.prices.at(-1)
  const rule = last && cacheRuleOf(provider, model, last)
  if (rule === undefined) return []
  if (rule === 'none') return [`${provider.name} caches nothing of it.`]
  if (rule === 'unknown') return [`How ${provider.name} caches it is unknown.`]
  const minimum = model.cache?.minimum ?? rule.minimum
  return [`${ruleInWords(provider.name, { ...rule, minimum }, rule.lifetimes[0]?.ttl_s ?? 0)}.`]
}

/** What is known of a model and its provider beside prices, each with its source. */
const factsOf = (provider: Provider | undefined, model: Model): string[] => {
  const facts = { ...provider?.facts, ...model.facts }
  const known = FACTS.flatMap(name => {
    const fact = facts[name]
    return fact ? [`${name} ${fact.value} (${fact.source})`] : []
  })
  const place = provider?.jurisdiction ? [`jurisdiction ${provider.jurisdiction}`] : []
  return known.length + place.length > 0 ? [`Facts: ${[...known, ...place].join(', ')}; others unknown.`] : []
}

const sourcesOf = ({ sources }: Book, { prices }: Model): Book['sources'] => {
  const used = new Set(prices.flatMap(({ source, also }) => [source, ...(also ?? [])]))
  return Object.fromEntries(Object.entries(sources).filter(([id]) => used.has(id)))
}
