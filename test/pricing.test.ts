import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { lintBook } from '../src/book/lint/lint-book.ts'
import type { Book, Model, Price, Rate } from '../src/model/book/book.ts'
import { bookSchema } from '../src/model/book/book-schema.ts'
import { parseInstant } from '../src/model/instant.ts'
import { findTemplate, isTokenizer } from '../src/tokens/index.ts'
import { describeBeside } from './beside.ts'
import { readShippedMarket } from './market-files.ts'

/** The one test of the books that ship; every other test prices with books that never change. */

const folder = join(import.meta.dirname, '../pricing')
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const readBook = (version: string): Book => bookSchema.parse(readJson(join(folder, `${version}.json`)))

const released = readJson(join(folder, 'released.json')) as Readonly<Record<string, string>>
const versions = Object.keys(released)
const working = readShippedMarket().book

const article = readBook('2026-05-15')
const market = readBook('2026-11-23')

const at = (instant: string): number => parseInstant(instant) ?? Number.NaN
const ends = (row: Price): number => (row.to == null ? Number.POSITIVE_INFINITY : at(row.to))
const modelOf = (book: Book, id: string): Model => {
  const model = book.models.find(candidate => candidate.id === id)
  if (!model) throw new Error(`no ${id} in book ${book.version}`)
  return model
}
const rowOf = (book: Book, id: string, instant: string): Price | undefined =>
  modelOf(book, id).prices.find(row => at(row.from) <= at(instant) && at(instant) < ends(row))

/** Every source id in a book, wherever it stands. */
const sourcesUsed = (node: unknown): string[] => {
  if (Array.isArray(node)) return node.flatMap(sourcesUsed)
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'source' || key === 'also') return [value].flat().map(String)
    return sourcesUsed(value)
  })
}

describe('released books', () => {
  it('are those that released.json lists', () => {
    const files = readdirSync(folder).filter(name => /^\d{4}-\d{2}-\d{2}\.json$/.test(name))
    expect(files).toEqual(versions.map(version => `${version}.json`).sort())
  })

  it.each(versions)('%s has not changed by a byte', version => {
    const bytes = readFileSync(join(folder, `${version}.json`))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(released[version])
  })

  it.each(versions)('%s is named after its version', version => {
    expect(readBook(version).version).toBe(version)
  })
})

describe('the market book in pricing/market/', () => {
  const newest = versions.toSorted().at(-1) ?? ''

  it('is newer than every released book, or the newest of them', () => {
    expect(working.version >= newest).toBe(true)
    if (working.version === newest) expect(working).toStrictEqual(readJson(join(folder, `${newest}.json`)))
  })

  it('marks the newest message for every OpenAI model that bills writes, and leaves Claude’s marks to the caller', () => {
    for (const { id, provider, cache, prices } of working.models) {
      const rule = working.providers[provider]?.cache[cache?.rule ?? 'default']
      const writes = prices.some(row => row.cache_write !== undefined)
      if (provider === 'openai') expect(typeof rule === 'object' && rule.marks === 'newest', id).toBe(writes)
      if (provider === 'anthropic') expect(rule, id).toMatchObject({ match: 'marks', marks: 'caller' })
    }
  })

  it('puts first only providers that it has', () => {
    const { first } = readJson(join(folder, 'market.json')) as { readonly first: readonly string[] }
    expect(first.filter(id => working.providers[id] === undefined)).toEqual([])
  })

  it('was reviewed, and its sources read, on days that have been', () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    expect(working.version <= tomorrow).toBe(true)
    for (const [id, { retrieved }] of Object.entries(working.sources)) {
      if (retrieved !== null) expect(retrieved <= tomorrow, id).toBe(true)
    }
  })
})

describe.each<{ name: string; book: Book }>([
  ...versions.map(version => ({ name: `pricing/${version}.json`, book: readBook(version) })),
  { name: 'pricing/market/', book: working },
])('$name', ({ book }) => {
  const rows = book.models.flatMap(({ id, prices }) => prices.map(row => ({ id, row })))

  it('fits the schema', () => {
    expect(bookSchema.safeParse(book).error?.issues).toBeUndefined()
  })

  it('has nothing that prices lint finds', () => {
    expect(lintBook(book)).toEqual([])
  })

  it('names only tokenizers and chat templates that there are', () => {
    for (const { id, tokenizer, chat_template } of book.models) {
      if (tokenizer !== null) expect(isTokenizer(tokenizer), `${id}: ${tokenizer}`).toBe(true)
      if (chat_template !== undefined) expect(findTemplate(chat_template), `${id}: ${chat_template}`).not.toBeNull()
    }
  })

  it('gives no name twice, whatever its case', () => {
    const names = book.models.flatMap(({ id, provider, aliases }) => [
      ...new Set([id, ...aliases, `${provider}/${id}`].map(name => name.toLowerCase())),
    ])
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    for (const { id, aliases } of book.models) {
      const own = [id, ...aliases].map(name => name.toLowerCase())
      expect(new Set(own).size, id).toBe(own.length)
    }
  })

  it('has a provider and a cache rule for every model and row', () => {
    for (const { id, provider, cache, prices } of book.models) {
      const rules = book.providers[provider]?.cache ?? {}
      for (const rule of ['default', cache?.rule, ...prices.map(row => row.cache)]) {
        expect(Object.keys(rules), id).toContain(rule ?? 'default')
      }
    }
  })

  it('has rows in date order that neither overlap nor leave a gap', () => {
    for (const { id, prices } of book.models) {
      for (const [index, row] of prices.entries()) {
        expect(at(row.from), `${id} ${row.from}`).toBeLessThan(ends(row))
        const next = prices[index + 1]
        if (next) expect(row.to, `${id} ${row.from}`).toBe(next.from)
      }
    }
  })

  it('has a source and a grade in every row, the grade being its source’s', () => {
    for (const { id, row } of rows) {
      expect(book.sources[row.source]?.grade, `${id} ${row.from}`).toBe(row.grade)
      expect([row.source, ...(row.also ?? [])].length, `${id} ${row.from}`).toBe(
        new Set([row.source, ...(row.also ?? [])]).size,
      )
    }
  })

  it('lists exactly the sources it uses', () => {
    const used = new Set(sourcesUsed({ providers: book.providers, models: book.models }))
    expect([...used].sort()).toEqual(Object.keys(book.sources).sort())
  })

  it('writes rates as the shortest exact digits, inside the bounds of the market', () => {
    const check = (rate: Rate | undefined, where: string) => {
      if (rate == null || rate === 'not_offered') return
      expect(rate, where).not.toMatch(/\.\d*0$/)
      expect(Number(rate), where).toBeGreaterThanOrEqual(0.0001)
      expect(Number(rate), where).toBeLessThanOrEqual(1000)
      expect(rate.replace(/\D/g, '').replace(/^0+/, '').length, `${where} looks like float noise`).toBeLessThan(9)
    }
    for (const { id, row } of rows) {
      for (const card of [row, ...(row.tiers ?? []), ...(row.windows ?? [])]) {
        for (const meter of ['input', 'cache_read', 'cache_write', 'cache_write_1h', 'output'] as const) {
          check(card[meter], `${id} ${row.from} ${meter}`)
        }
      }
    }
  })

  it('never bills a cache read above input, a 1-hour write below a 5-minute one, or a batch above the normal rate', () => {
    const inOrder = (low: Rate | undefined, high: Rate | undefined, where: string) => {
      const [a, b] = [Number(low ?? Number.NaN), Number(high ?? Number.NaN)]
      if (!Number.isNaN(a) && !Number.isNaN(b)) expect(a, where).toBeLessThanOrEqual(b)
    }
    for (const { id, row } of rows) {
      for (const card of [row, ...(row.tiers ?? []), ...(row.windows ?? [])]) {
        const where = `${id} ${row.from}`
        inOrder(card.cache_read, card.input, where)
        inOrder(card.cache_write, card.cache_write_1h, where)
        const batch = card.batch
        if (batch === null || typeof batch !== 'object' || !('input' in batch)) continue
        inOrder(batch.input, card.input, where)
        inOrder(batch.cache_read, card.cache_read, where)
        inOrder(batch.output, card.output, where)
      }
    }
  })

  it('states in every tier and window each meter that the base row offers', () => {
    for (const { id, row } of rows) {
      for (const card of [...(row.tiers ?? []), ...(row.windows ?? [])]) {
        for (const meter of ['cache_write', 'cache_write_1h', 'cache_storage_hour'] as const) {
          expect(card[meter] === undefined, `${id} ${row.from} ${meter}`).toBe(row[meter] === undefined)
        }
      }
      expect(row.windows === undefined, `${id} ${row.from} base_window`).toBe(row.base_window === undefined)
    }
  })

  it('explains in a note every rate that is unknown', () => {
    for (const { id, row } of rows) {
      const unknown = [row.input, row.cache_read, row.output].includes(null)
      if (unknown) expect(row.note, `${id} ${row.from}`).toMatch(/unknown|not found/)
    }
  })
})

/** `input/cache_read/output`; `-` is not offered, `?` unknown. */
const shown = (card: { input: Rate; cache_read: Rate; output: Rate } | undefined): string =>
  [card?.input, card?.cache_read, card?.output]
    .map(rate => (rate === 'not_offered' ? '-' : rate === null ? '?' : (rate ?? 'no price')))
    .join('/')

const NONE = 'no price/no price/no price'

// Typed in by hand from the article's table and from the price research, one boundary after the other.
describe('the article’s book', () => {
  it.each([
    ['deepseek-v4-pro', '1.74/0.174/3.48', 256_000],
    ['deepseek-v4', '0.5/0.05/1.5', 128_000],
    ['deepseek-v4-flash', '0.14/0.014/0.28', 128_000],
    ['deepseek-r1', '0.55/0.055/2.19', 128_000],
    ['claude-sonnet-4', '3/0.3/15', 200_000],
    ['claude-opus-4.7', '5/0.5/25', 1_000_000],
    ['gpt-5.5', '5/0.5/30', 1_050_000],
    ['gpt-5.5-pro', '30/-/180', 1_050_000],
    ['o3', '2/0.5/8', 200_000],
    ['gemini-2.5-flash', '0.3/0.03/2.5', 1_048_576],
  ])('has %s at %s and a context of %i', (id, rates, context) => {
    expect(shown(rowOf(article, id, '2026-05-15'))).toBe(rates)
    expect(shown(rowOf(article, id, '2026-05-14T23:59:59Z'))).toBe(NONE)
    expect(modelOf(article, id).context).toBe(context)
  })

  it('holds exactly those ten models, one open row each from the article’s day', () => {
    expect(article.models).toHaveLength(10)
    for (const { prices } of article.models) {
      expect(prices.map(({ from, to }) => ({ from, to }))).toEqual([{ from: '2026-05-15', to: undefined }])
    }
  })

  it('gives DeepSeek the article’s cache, no batch, and its Elo', () => {
    expect(article.providers['deepseek']?.cache['default']).toMatchObject({
      match: 'blocks',
      block: 64,
      minimum: 64,
      lifetimes: [{ ttl_s: 300, write: null }],
      stores_output: false,
    })
    expect(article.providers['deepseek']?.batch).toBe('not_offered')
    expect(modelOf(article, 'deepseek-v4-pro').arena_elo).toBe(1462)
  })
})

describe('the market book over time', () => {
  it.each([
    // deepseek-chat: V2, disk cache, V3 promotion, V3, off-peak scheme, V3.1, V3.2, V4 Flash, off
    ['deepseek-chat', '2024-05-13T23:59Z', NONE],
    ['deepseek-chat', '2024-05-14', '0.14/-/0.28'],
    ['deepseek-chat', '2024-08-01T23:59Z', '0.14/-/0.28'],
    ['deepseek-chat', '2024-08-02', '0.14/0.014/0.28'],
    ['deepseek-chat', '2024-12-25T23:59Z', '0.14/0.014/0.28'],
    ['deepseek-chat', '2024-12-26', '0.14/0.014/0.28'],
    ['deepseek-chat', '2025-02-07T23:59Z', '0.14/0.014/0.28'],
    ['deepseek-chat', '2025-02-08', '0.27/0.07/1.1'],
    ['deepseek-chat', '2025-09-05T15:59Z', '0.27/0.07/1.1'],
    ['deepseek-chat', '2025-09-05T16:00Z', '0.56/0.07/1.68'],
    ['deepseek-chat', '2025-09-28T23:59Z', '0.56/0.07/1.68'],
    ['deepseek-chat', '2025-09-29', '0.28/0.028/0.42'],
    ['deepseek-chat', '2026-04-23T23:59Z', '0.28/0.028/0.42'],
    ['deepseek-chat', '2026-04-24', '0.14/0.028/0.28'],
    ['deepseek-chat', '2026-04-26T12:15Z', '0.14/0.0028/0.28'],
    ['deepseek-chat', '2026-07-24T15:58Z', '0.14/0.0028/0.28'],
    ['deepseek-chat', '2026-07-24T15:59Z', NONE],
    ['deepseek-coder', '2024-05-14', '0.14/-/0.28'],
    ['deepseek-coder', '2024-08-02', '0.14/0.014/0.28'],
    ['deepseek-coder', '2024-12-26', NONE],
    // deepseek-reasoner: R1, off-peak scheme, then the same as chat
    ['deepseek-reasoner', '2025-01-19T23:59Z', NONE],
    ['deepseek-reasoner', '2025-01-20', '0.55/0.14/2.19'],
    ['deepseek-reasoner', '2025-09-05T15:59Z', '0.55/0.14/2.19'],
    ['deepseek-reasoner', '2025-09-05T16:00Z', '0.56/0.07/1.68'],
    ['deepseek-reasoner', '2025-09-29', '0.28/0.028/0.42'],
    ['deepseek-reasoner', '2026-04-24', '0.14/0.028/0.28'],
    ['deepseek-reasoner', '2026-05-15', '0.14/0.0028/0.28'],
    ['deepseek-reasoner', '2026-07-24T15:59Z', NONE],
    // V4 Flash: launch, cached rate to a tenth, peak hours, V4.1
    ['deepseek-v4-flash', '2026-04-23T23:59Z', NONE],
    ['deepseek-v4-flash', '2026-04-24', '0.14/0.028/0.28'],
    ['deepseek-v4-flash', '2026-04-26T12:14Z', '0.14/0.028/0.28'],
    ['deepseek-v4-flash', '2026-04-26T12:15Z', '0.14/0.0028/0.28'],
    ['deepseek-v4-flash', '2026-08-16T15:59Z', '0.14/0.0028/0.28'],
    ['deepseek-v4-flash', '2026-08-16T16:00Z', '0.22/0.007/0.66'],
    ['deepseek-v4-flash', '2026-09-10T03:59Z', '0.22/0.007/0.66'],
    ['deepseek-v4-flash', '2026-09-10T04:00Z', '0.15/0.003/0.6'],
    // V4 Pro: launch, the promotion that stayed, peak hours
    ['deepseek-v4-pro', '2026-04-23T23:59Z', NONE],
    ['deepseek-v4-pro', '2026-04-24', '1.74/0.145/3.48'],
    ['deepseek-v4-pro', '2026-04-25T23:59Z', '1.74/0.145/3.48'],
    ['deepseek-v4-pro', '2026-04-26', '0.435/0.003625/0.87'],
    ['deepseek-v4-pro', '2026-05-15', '0.435/0.003625/0.87'],
    ['deepseek-v4-pro', '2026-08-16T15:59Z', '0.435/0.003625/0.87'],
    ['deepseek-v4-pro', '2026-08-16T16:00Z', '0.66/0.022/1.98'],
    ['deepseek-v4-pro', '2026-11-23', '0.66/0.022/1.98'],
    ['deepseek-flash', '2026-09-10T03:59Z', NONE],
    ['deepseek-flash', '2026-09-10T04:00Z', '0.15/0.003/0.6'],
    ['deepseek-flash', '2026-11-23', '0.15/0.003/0.6'],
    // OpenAI
    ['gpt-5.5', '2026-04-23', '5/0.5/30'],
    ['gpt-5.5-pro', '2026-05-15', '30/-/180'],
    ['o3', '2025-06-09T23:59Z', '10/?/40'],
    ['o3', '2025-06-10', '2/0.5/8'],
    ['o3-pro', '2026-11-23', '20/-/80'],
    ['gpt-5', '2026-08-01', '1.25/0.125/10'],
    ['gpt-5-nano', '2026-11-23', '0.05/0.005/0.4'],
    ['gpt-5.4', '2026-11-23', '2.5/0.25/15'],
    ['gpt-5.6-sol', '2026-08-20', '5/0.5/30'],
    ['gpt-5.6-sol', '2026-08-21', '4/0.4/20'],
    ['gpt-5.6-terra', '2026-07-29', '2.5/0.25/15'],
    ['gpt-5.6-terra', '2026-07-30', '2/0.2/12'],
    ['gpt-5.6-luna', '2026-07-29', '1/0.1/6'],
    ['gpt-5.6-luna', '2026-07-30', '0.2/0.02/1.2'],
    ['gpt-6-astra', '2026-11-23', '10/1/50'],
    ['gpt-6-sol', '2026-11-23', '2/0.2/10'],
    ['gpt-6-luna', '2026-11-23', '0.1/0.01/0.5'],
    // Anthropic
    ['claude-sonnet-4', '2025-05-22', '3/0.3/15'],
    ['claude-opus-4', '2026-11-23', '15/1.5/75'],
    ['claude-opus-4.1', '2026-11-23', '15/1.5/75'],
    ['claude-opus-4.7', '2026-04-16', '5/0.5/25'],
    ['claude-opus-5.5', '2026-09-22', '4/0.2/20'],
    ['claude-sonnet-5', '2026-09-01', '2/0.2/10'],
    ['claude-haiku-4.5', '2025-10-16', '1/0.1/5'],
    ['claude-fable-5', '2026-06-09', '10/1/50'],
    ['claude-fable-5.1', '2026-11-23', '10/0.25/50'],
    // Google
    ['gemini-2.5-flash', '2025-11-07', '0.3/0.075/2.5'],
    ['gemini-2.5-flash', '2025-11-08', '0.3/0.03/2.5'],
    ['gemini-2.5-pro', '2026-01-12', '1.25/0.31/10'],
    ['gemini-2.5-pro', '2026-01-13', '1.25/0.125/10'],
    ['gemini-3.1-pro-preview', '2026-02-19', '2/0.2/12'],
    ['gemini-3.5-flash', '2026-05-19', '1.5/0.15/9'],
    ['gemini-3.6-flash', '2026-12-31', '0.75/0.075/3.75'],
    ['gemini-3.6-flash', '2027-01-01', '1.5/0.15/7.5'],
    ['gemini-3.8-flash', '2027-01-01', '1.5/0.15/7.5'],
    // Hosts
    ['together/deepseek-v4.1-flash', '2026-11-23', '0.3/0.006/1.2'],
    ['together/deepseek-v4-pro', '2026-11-23', '?/0.2/?'],
    ['together/deepseek-r1', '2026-11-23', '3/?/7'],
    ['fireworks/deepseek-v4-pro', '2026-11-23', '1.74/0.145/3.48'],
    ['fireworks/deepseek-v3.2', '2026-11-23', '0.56/0.28/1.68'],
    ['deepinfra/deepseek-v4-flash', '2026-11-23', '0.1/?/0.2'],
    ['deepinfra/deepseek-r1-0528', '2026-11-23', '0.5/?/2.15'],
    ['replicate/deepseek-v3.1', '2026-11-23', '0.672/?/2.016'],
    ['aws-bedrock/deepseek-v3.2', '2026-11-23', '0.62/?/1.85'],
    ['azure-ai-foundry/deepseek-v3.1', '2026-11-23', '?/?/?'],
    ['azure-ai-foundry/deepseek-v4-flash', '2026-11-23', '0.19/0.028/0.51'],
    ['google-vertex/deepseek-v3.2', '2026-11-23', '0.56/0.056/1.68'],
    ['novita/deepseek-v4-pro', '2026-11-23', '?/?/?'],
    ['openrouter/deepseek-v4-flash', '2026-11-23', '?/?/?'],
    ['baseten/deepseek-v4-flash-0731', '2026-11-23', '0.13/0.028/0.26'],
    ['avian/deepseek-v4-pro-0813', '2026-11-23', '0.594/0.0198/1.782'],
    ['doubleword/deepseek-v4.1-flash', '2026-11-23', '0.15/0.01/0.6'],
  ])('%s at %s costs %s', (id, instant, rates) => {
    expect(shown(rowOf(market, id, instant))).toBe(rates)
  })

  // 2025: half price (V3), a quarter (R1), every day. 2026: peak is twice the base row.
  it.each([
    ['deepseek-chat', '2025-02-26T16:29Z', undefined],
    ['deepseek-chat', '2025-02-26T16:30Z', 'off-peak 7 days 16:30-00:30 apply 0.135/0.035/0.55'],
    ['deepseek-reasoner', '2025-02-26T16:29Z', undefined],
    ['deepseek-reasoner', '2025-02-26T16:30Z', 'off-peak 7 days 16:30-00:30 apply 0.135/0.035/0.55'],
    ['deepseek-reasoner', '2025-09-05T16:00Z', undefined],
    ['deepseek-v4-flash', '2026-08-16T15:59Z', undefined],
    ['deepseek-v4-flash', '2026-08-16T16:00Z', 'peak 7 days 09:00-12:00,14:00-18:00 apply 0.44/0.014/1.32'],
    ['deepseek-v4-flash', '2026-08-22T16:00Z', 'peak 5 days 09:00-12:00,14:00-18:00 apply 0.44/0.014/1.32'],
    ['deepseek-v4-flash', '2026-09-10T04:00Z', 'peak 5 days 09:00-12:00,14:00-18:00 apply 0.3/0.006/1.2'],
    ['deepseek-v4-flash', '2026-09-17', 'peak 5 days 09:00-12:00,14:00-18:00 except 0.3/0.006/1.2'],
    ['deepseek-v4-pro', '2026-08-22T15:59Z', 'peak 7 days 09:00-12:00,14:00-18:00 apply 1.32/0.044/3.96'],
    ['deepseek-v4-pro', '2026-08-22T16:00Z', 'peak 5 days 09:00-12:00,14:00-18:00 apply 1.32/0.044/3.96'],
    ['deepseek-v4-pro', '2026-09-17', 'peak 5 days 09:00-12:00,14:00-18:00 except 1.32/0.044/3.96'],
    ['deepseek-flash', '2026-09-17', 'peak 5 days 09:00-12:00,14:00-18:00 except 0.3/0.006/1.2'],
  ])('%s at %s has the window %s', (id, instant, expected) => {
    const windows = rowOf(market, id, instant)?.windows?.map(
      window =>
        `${window.name} ${window.weekdays.length} days ${window.hours.join(',')} ${window.holidays} ${shown(window)}`,
    )
    expect(windows?.join('; ')).toBe(expected)
  })

  it.each([
    ['gpt-5.5', '2026-05-15', '>=272000 10/1/45'],
    ['gpt-5.5-pro', '2026-05-15', '>=272000 60/-/270'],
    ['gpt-5.6-sol', '2026-08-21', '>=272000 8/0.8/30'],
    ['gpt-6-sol', '2026-11-23', '>272000 4/0.4/15'],
    ['gpt-6-astra', '2026-11-23', '>=272000 20/2/75'],
    ['claude-sonnet-4', '2026-05-15', '>200000 6/0.6/22.5'],
    ['claude-opus-4.6', '2026-03-12', '>200000 10/1/37.5'],
    ['claude-opus-4.6', '2026-03-13', undefined],
    ['claude-sonnet-4.6', '2026-03-13', undefined],
    ['claude-sonnet-4.5', '2026-04-29', '>200000 6/0.6/22.5'],
    ['claude-sonnet-4.5', '2026-04-30', undefined],
    ['gemini-2.5-pro', '2026-11-23', '>200000 2.5/0.25/15'],
    ['gemini-3-pro-preview', '2026-11-23', '>200000 4/0.4/18'],
  ])('%s at %s has the tier %s', (id, instant, expected) => {
    const tiers = rowOf(market, id, instant)?.tiers?.map(tier => `${tier.operator}${tier.threshold} ${shown(tier)}`)
    expect(tiers?.join('; ')).toBe(expected)
  })

  it('knows what writing to a cache costs', () => {
    expect(rowOf(market, 'gpt-5.6-sol', '2026-08-21')).toMatchObject({ cache_write: '5' })
    expect(rowOf(market, 'gpt-5.6-sol', '2026-08-21')?.tiers?.[0]).toMatchObject({ cache_write: '10' })
    expect(rowOf(market, 'claude-opus-4.7', '2026-05-15')).toMatchObject({ cache_write: '6.25', cache_write_1h: '10' })
    expect(rowOf(market, 'claude-fable-5.1', '2026-11-23')).toMatchObject({ cache_write: '12.5', cache_write_1h: '20' })
    for (const { provider, prices } of market.models) {
      if (provider !== 'openai' && provider !== 'anthropic') {
        expect(prices.map(row => row.cache_write)).toEqual(prices.map(() => undefined))
      }
    }
  })

  it('knows what a batch costs', () => {
    expect(rowOf(market, 'gpt-5.4', '2026-11-23')?.batch).toEqual({ input: '1.25', cache_read: '0.13', output: '7.5' })
    expect(rowOf(market, 'o3', '2026-11-23')?.batch).toMatchObject({ input: '1', output: '4' })
    expect(rowOf(market, 'gpt-5.5-pro', '2026-11-23')?.batch).toMatchObject({ input: '15', output: '90' })
    expect(rowOf(market, 'google-vertex/deepseek-v3.1', '2026-11-23')?.batch).toMatchObject({
      input: '0.3',
      output: '0.85',
    })
    expect(market.providers['deepseek']?.batch).toBe('not_offered')
    expect(market.providers['openai']?.batch).toMatchObject({ discount: '0.5', stacking: 'multiply' })
    expect(market.providers['anthropic']?.batch).toMatchObject({ discount: '0.5', stacking: 'multiply' })
    expect(market.providers['google']?.batch).toMatchObject({ discount: '0.5', stacking: 'cache-wins' })
    expect(modelOf(market, 'o3').batch).toMatchObject({ discount: '0.5', stacking: 'no-cache' })
    expect(modelOf(market, 'deepinfra/deepseek-v4-pro').batch).toMatchObject({ discount: '0.2', stacking: 'no-cache' })
    expect(market.providers['together']?.batch).toBeNull()
  })

  it('matches DeepSeek’s cache in blocks of 64 until V4, in units from V4 on', () => {
    const rule = (id: string, instant: string) => rowOf(market, id, instant)?.cache ?? 'default'
    expect(rule('deepseek-chat', '2026-04-23')).toBe('blocks-64')
    expect(rule('deepseek-chat', '2026-04-24')).toBe('default')
    expect(rule('deepseek-v4-pro', '2026-04-24')).toBe('default')
    expect(market.providers['deepseek']?.cache['default']).toMatchObject({ match: 'units', block: 128, minimum: 128 })
  })

  it('lists 33 days of Chinese public holidays in 2026', () => {
    // 3 + 9 + 3 + 5 + 3 + 3 + 7, weekends inside a range included.
    const days = market.providers['deepseek']?.calendar?.holidays['2026']?.flatMap(range => {
      const [first = '', last = first] = range.split('..')
      return Array.from({ length: (at(last) - at(first)) / 86_400_000 + 1 }, (_, day) =>
        new Date(at(first) + day * 86_400_000).toISOString().slice(0, 10),
      )
    })
    expect(days).toHaveLength(33)
    expect(days).toContain('2026-02-15')
    expect(days).toContain('2026-10-07')
    expect(days).not.toContain('2026-10-08')
  })
})

interface Fact {
  readonly provider: string
  readonly model: string
  readonly input: number | null
  readonly cached_input: number | null
  readonly output: number | null
  readonly effective_from: string | null
}

/** Rows of the research whose figures, all or some, are left out of the book on purpose. */
const EXCEPTIONS: Readonly<Record<string, readonly ('input' | 'cached_input' | 'output')[]>> = {
  // The struck-through list price: nobody paid it, the promotion ran throughout.
  'deepseek: deepseek-v4-pro (list; 75% promo below actually billed)': ['input', 'cached_input', 'output'],
  // litellm had 2.5 at the time, genai-prices has 0.5 for that era: unknown.
  'openai: o3 from 2025-04-16': ['cached_input'],
  // models.dev 1.74/3.48, Portkey 2.10/4.40.
  'together: deepseek-ai/DeepSeek-V4-Pro': ['input', 'output'],
  // models.dev 0.02, Portkey 0.028.
  'deepinfra: deepseek-ai/DeepSeek-V4-Flash': ['cached_input'],
  // models.dev 0.35, litellm and Portkey 0.40.
  'deepinfra: deepseek-ai/DeepSeek-R1-0528': ['cached_input'],
  // litellm and Portkey 1.23/4.94, models.dev 0.56/1.68.
  'azure-ai-foundry: deepseek-v3.1': ['input', 'output'],
  // models.dev 1.69/0.13/3.38, Portkey 1.6/0.135/3.2.
  'novita: deepseek/deepseek-v4-pro': ['input', 'cached_input', 'output'],
  // The same name at three prices in three months: whichever upstream was cheapest.
  'openrouter: deepseek/deepseek-v4-flash': ['input', 'cached_input', 'output'],
  'openrouter: deepseek/deepseek-v3.2': ['input', 'cached_input', 'output'],
  // Its input is 5 to 10 times below every other source: suspect, not imported.
  'openrouter: deepseek/deepseek-v4.1-flash': ['input', 'cached_input', 'output'],
}

const FIELDS = [
  ['input', 'input'],
  ['cached_input', 'cache_read'],
  ['output', 'output'],
] as const

describeBeside('the price research', ['facts/market-prices.json'], path => {
  const facts = (readJson(path) as { readonly rows: readonly Fact[] }).rows
  const keyOf = ({ provider, model, effective_from }: Fact): string =>
    model === 'o3' ? `${provider}: o3 from ${effective_from}` : `${provider}: ${model}`

  test('is in the market book, row by row, with all its figures at once', () => {
    const missing = facts.flatMap(fact => {
      const wanted = FIELDS.filter(([field]) => fact[field] !== null && !EXCEPTIONS[keyOf(fact)]?.includes(field))
      const cards = market.models
        .filter(({ provider }) => provider === fact.provider)
        .flatMap(({ prices }) => prices.flatMap(row => [row, ...(row.windows ?? [])]))
      const found = cards.some(card => wanted.every(([field, meter]) => Number(card[meter]) === fact[field]))
      return wanted.length === 0 || found ? [] : [keyOf(fact)]
    })
    expect(missing).toEqual([])
  })

  test('has no row that the exceptions name in vain', () => {
    const keys = facts.map(keyOf)
    expect(Object.keys(EXCEPTIONS).filter(key => !keys.includes(key))).toEqual([])
  })
})
