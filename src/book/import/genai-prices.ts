import type { Catalogue, Hours, Listed, ListedRow, Written } from './catalogue.ts'
import type { ImportCode } from './codes.ts'
import { providerOf } from './sellers.ts'
import { dayOf, type Fields, fieldsOf, inside, isCharged, listOf, mappingsOf, textOf } from './shape.ts'

/** Pydantic's list: providers with models, USD per 1M tokens, some prices by date or by hour, names by match rules. */
export const genaiPrices: Catalogue = {
  name: 'genai-prices',
  title: 'Pydantic genai-prices',
  where: 'https://github.com/pydantic/genai-prices, prices/new_data/v2/data.json (MIT)',
  unit: 'million',
  silence: null,
  dates: 'rows',
  read: (data, today) => {
    const providers = mappingsOf(data)
    if (!providers.some(one => textOf(one['id']) !== null && Array.isArray(one['models']))) return null
    return {
      date: null,
      sellers: Object.fromEntries(providers.map(one => [String(one['id']), textOf(one['name']) ?? String(one['id'])])),
      models: providers.flatMap(one =>
        listOf(one['models']).map(model => listed(textOf(one['id']) ?? '', fieldsOf(model) ?? {}, today)),
      ),
    }
  },
}

const listed = (seller: string, model: Fields, today: string): Listed => {
  const id = textOf(model['id']) ?? ''
  const { names, pattern } = namesIn(model['match'])
  const { rows, codes, mixed } = rowsOf(model['prices'], today)
  const lost =
    listOf(model['prices']).length > 0 ? listOf(model['prices']).map(one => inside(one, 'prices')) : [model['prices']]
  return {
    ...{ name: `${seller}:${id}`, seller, provider: providerOf(seller), model: id },
    aliases: names,
    ...(id === '' ? { skip: 'NOT_A_MODEL' as const } : mixed ? { skip: 'MIXED_CONSTRAINTS' as const } : {}),
    warnings: [...(pattern ? (['PATTERN'] as const) : []), ...codes, ...lost.flatMap(lostOf)],
    context: model['context_window'],
    embedding: /embed/i.test(id) && rows.every(({ rates }) => !isCharged(rates.output)),
    rows,
  }
}

/** Rules within rules that are looked at; the catalogue itself has two. */
const DEEPEST = 8

/** The names that a match rule states in full, and whether it has any other way to match. */
const namesIn = (match: unknown, depth = 0): { readonly names: readonly string[]; readonly pattern: boolean } => {
  if (depth > DEEPEST) return { names: [], pattern: true }
  const rules = fieldsOf(match) ?? {}
  const inner = listOf(rules['or']).map(one => namesIn(one, depth + 1))
  const equal = textOf(rules['equals'])
  return {
    names: [...(equal === null ? [] : [equal]), ...inner.flatMap(({ names }) => names)],
    pattern: Object.keys(rules).some(key => key !== 'equals' && key !== 'or') || inner.some(one => one.pattern),
  }
}

interface Rows {
  readonly rows: readonly ListedRow[]
  readonly codes: readonly ImportCode[]
  /** Whether dates and hours cannot be told apart. */
  readonly mixed: boolean
}

const rowsOf = (prices: unknown, today: string): Rows => {
  if (!Array.isArray(prices)) return { rows: [rowOf(prices)], codes: [], mixed: false }
  const kinds = prices.map(one => textOf(inside(inside(one, 'constraint'), 'type')) ?? 'always')
  const dated = kinds.includes('start_date')
  const others = kinds.filter(kind => kind !== 'always' && kind !== 'start_date')
  if (others.length === 0) return { ...datedRows(prices, today), mixed: false }
  const row = dated || kinds.filter(kind => kind === 'always').length !== 1 ? null : byTheHour(prices)
  return { rows: row ? [row] : [], codes: [], mixed: row === null }
}

/** Rows one after another: each ends where the next begins. What had no start is dropped once a later one has begun. */
const datedRows = (prices: readonly unknown[], today: string): Omit<Rows, 'mixed'> => {
  const all = prices.map(one => ({ from: dayOf(inside(inside(one, 'constraint'), 'start_date')), one }))
  const starts = all.flatMap(({ from }) => from ?? []).sort()
  const begun = starts.some(from => from <= today)
  const kept = all.filter(({ from }) => from !== null || !begun)
  const rows = kept
    .sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
    .map(({ from, one }, i) => {
      const to = kept[i + 1]?.from
      return { ...(from === null ? {} : { from }), ...(to == null ? {} : { to }), ...rowOf(inside(one, 'prices')) }
    })
  return { rows, codes: kept.length < all.length ? ['UNDATED_BEFORE'] : [] }
}

const EVERY_DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** One price with others at certain hours; `null`: an hour cannot be read. */
const byTheHour = (prices: readonly unknown[]): ListedRow | null => {
  const base = prices.find(one => inside(one, 'constraint') == null)
  const windows = prices.flatMap(one => {
    const constraint = inside(one, 'constraint')
    if (constraint == null) return []
    const hours = hoursOf(constraint)
    return [hours && { hours, rates: ratesOf(inside(one, 'prices')) }]
  })
  const known = windows.filter(window => window !== null)
  return known.length < windows.length ? null : { ...rowOf(inside(base, 'prices')), windows: known }
}

const hoursOf = (constraint: unknown): Hours | null => {
  const [from, to] = ['start_time', 'end_time'].map(
    key => /^(\d\d:\d\d)(?::00(?:\.0+)?)?(?:Z|\+00:00)$/.exec(textOf(inside(constraint, key)) ?? '')?.[1],
  )
  if (from === undefined || to === undefined) return null
  const stretch = `${from}-${to === '00:00' ? '24:00' : to}`
  return { name: stretch, timezone: 'UTC', weekdays: EVERY_DAY, hours: [stretch], holidays: 'apply' }
}

const KEYS = {
  input: 'input_mtok',
  output: 'output_mtok',
  cache_read: 'cache_read_mtok',
  cache_write: 'cache_write_mtok',
  cache_write_1h: 'cache_write_1h_mtok',
} as const satisfies Readonly<Record<keyof Written, string>>

const METERS = Object.keys(KEYS) as (keyof Written)[]

interface Tier {
  readonly start: number
  readonly price: unknown
}

const tiersIn = (rate: unknown): Tier[] =>
  listOf(inside(rate, 'tiers'))
    .flatMap(tier => {
      const start = inside(tier, 'start')
      return typeof start === 'number' ? [{ start, price: inside(tier, 'price') }] : []
    })
    .sort((a, b) => a.start - b.start)

/** A rate at a prompt length: that of the highest tier at or below it, else the base. */
const rateFrom = (rate: unknown, start: number): unknown =>
  tiersIn(rate).findLast(tier => tier.start <= start)?.price ?? (fieldsOf(rate) ? inside(rate, 'base') : rate)

const ratesOf = (prices: unknown, start = 0): Written =>
  Object.fromEntries(METERS.map(meter => [meter, rateFrom(inside(prices, KEYS[meter]), start)]))

const rowOf = (prices: unknown): ListedRow => {
  const starts = METERS.flatMap(meter => tiersIn(inside(prices, KEYS[meter])).map(({ start }) => start))
  const thresholds = [...new Set(starts)].filter(start => start > 0).sort((a, b) => a - b)
  return {
    rates: ratesOf(prices),
    tiers: thresholds.map(threshold => ({ ...ratesOf(prices, threshold), threshold, operator: '>' as const })),
  }
}

const LOST: readonly (readonly [RegExp, ImportCode])[] = [
  [/^web_search/, 'LOST:search'],
  [/audio/, 'LOST:audio'],
  [/image|video/, 'LOST:image'],
  [/^requests/, 'LOST:requests'],
  [/(?:_mtok|_kcount)$/, 'LOST:other'],
]

const lostOf = (prices: unknown): ImportCode[] =>
  Object.entries(fieldsOf(prices) ?? {}).flatMap(([key, rate]) => {
    const own = (Object.values(KEYS) as string[]).includes(key)
    const charged = isCharged(rate) || isCharged(inside(rate, 'base'))
    return own || !charged ? [] : (LOST.find(([pattern]) => pattern.test(key))?.[1] ?? [])
  })
