import { at, type Problem } from '../errors.ts'
import type { Book, Model, Price, Rate } from '../model/book.ts'
import { METERS } from '../model/meters.ts'
import { type Exact, exact, toDecimals } from '../model/money.ts'
import { span } from './price-at.ts'

type Path = readonly (string | number)[]
type Rates = Pick<Price, 'input' | 'cache_read' | 'cache_write' | 'cache_write_1h' | 'output' | 'batch'>

const LEAST = exact('0.0001')
const MOST = exact('1000')

const finding = (code: string, what: string, mend: string): Problem => ({ code, exit: 2, what, mend })

/** What has gone wrong in other catalogues, looked for in this book: every finding, with its path. */
export const lintBook = (book: Book): Problem[] => [
  ...lintNames(book),
  ...book.models.flatMap((model, i) => lintModel(book, model, ['models', i])),
]

/** Ids and aliases, whatever their case: a name that two models claim would price one as the other. */
const lintNames = ({ models }: Book): Problem[] => {
  // A model also answers to its id behind its provider's.
  const owners = new Map(models.map(({ id, provider }) => [`${provider}/${id}`.toLowerCase(), id]))
  const found: Problem[] = []
  for (const [i, { id, aliases }] of models.entries()) {
    const names = [
      { name: id, path: ['models', i, 'id'] },
      ...aliases.map((name, j) => ({ name, path: ['models', i, 'aliases', j] })),
    ]
    for (const { name, path } of names) {
      const owner = owners.get(name.toLowerCase())
      if (owner !== undefined) {
        const what = `the name "${name}" is claimed by ${owner} as well`
        found.push(at(path, finding('ALIAS_TWICE', what, 'keep it for one model')))
      }
      owners.set(name.toLowerCase(), owner ?? id)
    }
  }
  return found
}

const lintModel = (book: Book, model: Model, path: Path): Problem[] => {
  const found: Problem[] = []
  const provider = Object.hasOwn(book.providers, model.provider) ? book.providers[model.provider] : undefined
  if (!provider) {
    found.push(
      at(
        [...path, 'provider'],
        finding('NO_PROVIDER', `there is no provider "${model.provider}"`, 'describe it under providers'),
      ),
    )
  }
  for (const [j, row] of model.prices.entries()) {
    const here = [...path, 'prices', j]
    found.push(...lintRates(row, here))
    for (const key of ['tiers', 'windows'] as const) {
      for (const [k, rates] of (row[key] ?? []).entries()) found.push(...lintRates(rates, [...here, key, k]))
    }
    if (row.tiers?.length && row.windows?.length) {
      found.push(
        at(
          here,
          finding('TIERS_AND_WINDOWS', 'a row has tiers and windows, which nothing can combine', 'keep one of them'),
        ),
      )
    }
    for (const [key, source] of [
      ['source', row.source] as const,
      ...(row.also ?? []).map(id => ['also', id] as const),
    ]) {
      if (!Object.hasOwn(book.sources, source)) {
        found.push(
          at([...here, key], finding('NO_SOURCE', `there is no source "${source}"`, 'describe it under sources')),
        )
      }
    }
    const rule = row.cache ?? model.cache?.rule ?? 'default'
    if (provider && !Object.hasOwn(provider.cache, rule)) {
      found.push(
        at(
          here,
          finding(
            'NO_RULE',
            `${model.provider} has no cache rule "${rule}"`,
            `use one of ${Object.keys(provider.cache).join(', ')}`,
          ),
        ),
      )
    }
    found.push(...lintOrder(model.prices[j - 1], row, here))
  }
  return found
}

/** Rows of one model follow each other: no overlap, no gap. */
const lintOrder = (before: Price | undefined, row: Price, path: Path): Problem[] => {
  const own = span(row)
  if (own.to <= own.from)
    return [at([...path, 'to'], finding('ROW_EMPTY', 'the row ends before it begins', 'set to after from'))]
  if (!before) return []
  const last = span(before)
  if (own.from < last.to) {
    return [
      at(
        [...path, 'from'],
        finding(
          'ROWS_OVERLAP',
          `the row before holds until ${before.to ?? 'further notice'}`,
          `close it with "to": "${row.from}"`,
        ),
      ),
    ]
  }
  if (own.from > last.to) {
    return [
      at(
        [...path, 'from'],
        finding(
          'ROWS_GAP',
          `the row before ends at ${before.to}, so nothing holds in between`,
          'let the rows touch, or price the time between',
        ),
      ),
    ]
  }
  return []
}

const lintRates = (rates: Rates & { cache_storage_hour?: Rate | undefined }, path: Path): Problem[] => {
  const found: Problem[] = []
  const keys = [...METERS.map(({ key }) => key), 'cache_storage_hour'] as const
  for (const key of keys) found.push(...lintRate(rates[key], [...path, key]))
  const above = (high: Rate | undefined, low: Rate | undefined): boolean => {
    const [a, b] = [number(high), number(low)]
    return a !== null && b !== null && a.gt(b)
  }
  if (above(rates.cache_read, rates.input)) {
    found.push(
      at(
        [...path, 'cache_read'],
        finding(
          'READ_ABOVE_INPUT',
          'reading from the cache costs more than sending the tokens',
          'check which is which',
        ),
      ),
    )
  }
  if (above(rates.cache_write, rates.cache_write_1h)) {
    found.push(
      at(
        [...path, 'cache_write_1h'],
        finding(
          'LONG_WRITE_BELOW_SHORT',
          'a write kept an hour costs less than one kept minutes',
          'check which is which',
        ),
      ),
    )
  }
  const { batch } = rates
  if (typeof batch === 'object' && batch !== null && 'input' in batch) {
    for (const { key } of METERS) {
      const here = [...path, 'batch', key]
      found.push(...lintRate(batch[key], here))
      if (above(batch[key], rates[key])) {
        found.push(
          at(
            here,
            finding('BATCH_ABOVE_NORMAL', `the batch ${key} rate is above the ordinary one`, 'check which is which'),
          ),
        )
      }
    }
  }
  return found
}

const lintRate = (rate: Rate | undefined, path: Path): Problem[] => {
  const value = number(rate)
  if (value === null || typeof rate !== 'string') return []
  if (!value.isZero() && (value.lt(LEAST) || value.gt(MOST))) {
    return [
      at(
        path,
        finding(
          'MAGNITUDE',
          `$${rate} per 1M tokens is outside $0.0001 to $1,000`,
          'check the unit: rates are USD per 1M tokens',
        ),
      ),
    ]
  }
  if (isNoise(rate)) {
    return [
      at(
        path,
        finding('FLOAT_NOISE', `"${rate}" carries the noise of binary fractions`, `write "${toDecimals(value, 9)}"`),
      ),
    ]
  }
  return []
}

/** Nobody quotes a price with a run of six zeros or nines in its decimals, or with more than twelve. */
const isNoise = (rate: string): boolean => {
  const fraction = rate.split('.')[1] ?? ''
  return fraction.length > 12 || /0{6,}[1-9]|9{6,}/.test(fraction)
}

const number = (rate: Rate | undefined): Exact | null => (rate == null || rate === 'not_offered' ? null : exact(rate))
