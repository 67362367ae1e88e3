import { describe, expect, it } from 'vitest'
import { type Added, addModel, type Stated, type StatedPrice } from '../../src/book/add-model.ts'
import type { Book, CacheRule, Layer, Model, Price } from '../../src/model/book/book.ts'

const rule: CacheRule = {
  ...{ match: 'marks', block: 1, minimum: 1024, stores_output: false, source: 'page' },
  lifetimes: [
    { ttl_s: 300, write: 'cache_write' },
    { ttl_s: 3600, write: 'cache_write_1h' },
  ],
}
const row: Price = {
  from: '2026-01-01',
  input: '3',
  cache_read: '0.3',
  output: '15',
  source: 'page',
  grade: 'official-quoted',
}
const sonnet: Model = {
  ...{ id: 'sonnet', provider: 'anthropic', aliases: ['sonnet-latest'], context: 200_000, max_output: 64_000 },
  ...{ tokenizer: 'claude', cache: { minimum: 2048 }, prices: [row] },
}
const book: Book = {
  ...{ schema: 'dsprice/pricing/1', version: '2026-11-20', title: 't', reviewed: '2026-11-20', currency: 'USD' },
  sources: { page: { title: 't', where: 'w', retrieved: '2026-11-20', grade: 'official-quoted' } },
  providers: {
    anthropic: {
      name: 'Anthropic',
      usage: 'cached-excluded',
      review_every_days: 30,
      cache: { default: rule },
      batch: null,
    },
  },
  models: [sonnet],
}
const price = (more: Partial<StatedPrice> = {}): StatedPrice => ({
  ...{ from: '2026-12-01', source: 'Contract', today: '2026-11-29' },
  rates: { input: '2', cache_read: null, output: '6' },
  ...more,
})
const stated = (more: Partial<Stated> = {}): Stated => ({ model: 'new', price: price(), ...more })
const add = (
  more: Partial<Stated>,
  { layer = null, over = book }: { layer?: Layer | null; over?: Book } = {},
): Added => {
  const added = addModel(layer, over, stated(more))
  if ('taken' in added) throw new Error(`taken ${added.taken.from}`)
  return added
}

describe('a new model', () => {
  it('of a new provider has rules that nobody knows', () => {
    expect(add({ provider: 'acme', context: 1000 }).layer).toEqual({
      schema: 'dsprice/pricing/1',
      sources: {
        own: { title: 'Contract', where: 'typed into dsprice prices add', retrieved: '2026-11-29', grade: 'own' },
      },
      providers: {
        acme: { name: 'acme', usage: 'unknown', review_every_days: 30, cache: { default: 'unknown' }, batch: null },
      },
      models: [
        {
          ...{ id: 'new', provider: 'acme', aliases: [], context: 1000, max_output: null, tokenizer: null },
          prices: [{ from: '2026-12-01', input: '2', cache_read: null, output: '6', source: 'own', grade: 'own' }],
        },
      ],
    })
  })

  it('like another takes its provider, limits, tokenizer and cache; a write that is billed and not stated is unknown', () => {
    const { layer, row, known } = add({
      like: sonnet,
      maxOutput: 8000,
      price: price({ rates: { input: '2', cache_read: '0.2', cache_write: '2.5', output: '6' } }),
    })
    expect(layer.models?.[0]).toMatchObject({
      provider: 'anthropic',
      context: 200_000,
      max_output: 8000,
      tokenizer: 'claude',
      cache: { minimum: 2048 },
    })
    expect(row).toMatchObject({ cache_write: '2.5', cache_write_1h: null })
    expect(layer.providers).toBeUndefined()
    expect(known).toBe(false)
  })

  it('like another at a new provider keeps the rule, which the new provider then has', () => {
    const { layer, row } = add({ like: sonnet, provider: 'acme' })
    expect(layer.providers?.['acme']?.cache).toEqual({ default: rule })
    expect(layer.models?.[0]).not.toHaveProperty('cache')
    expect(row).toMatchObject({ cache_write: null, cache_write_1h: null })
  })
})

describe('a model of the book', () => {
  it('gets a dated row over its own, under its own id', () => {
    const { layer, id, known } = add({ model: 'Sonnet-Latest', tokenizer: 'o200k_base' })
    expect(layer.models).toEqual([
      { id: 'sonnet', tokenizer: 'o200k_base', prices: [expect.objectContaining({ from: '2026-12-01' })] },
    ])
    expect({ id, known }).toEqual({ id: 'sonnet', known: true })
  })
})

describe('a file that is there', () => {
  const own: Model = {
    ...sonnet,
    id: 'mine',
    provider: 'anthropic',
    aliases: [],
    prices: [{ ...row, source: 'own', grade: 'own' }],
  }
  const layer: Layer = {
    ...{ schema: 'dsprice/pricing/1', note: 'kept', discounts: [] },
    sources: { own: { title: 'Contract', where: 'legal', retrieved: null, grade: 'own' } },
    models: [own],
  }
  const over: Book = { ...book, models: [...book.models, own], sources: { ...book.sources, ...layer.sources } }

  it('keeps all that it says', () => {
    const made = add({ provider: 'anthropic' }, { layer, over }).layer
    expect(made).toMatchObject({ note: 'kept', discounts: [], sources: layer.sources })
    expect(made.models?.[0]).toBe(own)
    expect(made.models).toHaveLength(2)
  })

  it('has a source of the same words once, and another under a name of its own', () => {
    expect(add({ provider: 'anthropic' }, { layer, over }).row?.source).toBe('own')
    expect(add({ provider: 'anthropic', price: price({ source: 'Offer' }) }, { layer, over }).row?.source).toBe('own-2')
  })

  it('has rows one after another: each ends where the next begins', () => {
    const later = add({ model: 'mine' }, { layer, over }).layer
    expect(later.models?.[0]?.prices?.map(({ from, to }) => [from, to])).toEqual([
      ['2026-01-01', '2026-12-01'],
      ['2026-12-01', undefined],
    ])
    const earlier = add({ model: 'mine', price: price({ from: '2025-12-01' }) }, { layer, over }).layer
    expect(earlier.models?.[0]?.prices?.map(({ from, to }) => [from, to])).toEqual([
      ['2025-12-01', '2026-01-01'],
      ['2026-01-01', undefined],
    ])
  })

  it.each(['2026-01-01', '2026-01-01T00:00Z'])('does not get a second row from %s', from => {
    const again = stated({ model: 'mine', price: price({ from: '2026-01-01' }) })
    const models = [{ ...own, prices: [{ ...row, from }] }]
    expect(addModel({ ...layer, models }, over, again)).toEqual({ taken: { ...row, from } })
  })

  it('has the new row in the place of the old one where that is asked for, until the old one ended', () => {
    const days = (layer: Added['layer']) => layer.models?.[0]?.prices?.map(({ from, to, input }) => [from, to, input])
    const replace = (from: string, prices: Price[]) => {
      const models = [{ ...own, prices }]
      const made = add({ model: 'mine', price: price({ from, replace: true }) }, { layer: { ...layer, models }, over })
      return [days(made.layer), made.replaced]
    }
    const [first, second]: [Price, Price] = [
      { ...row, to: '2026-03-01' },
      { ...row, from: '2026-04-01', to: '2026-05-01' },
    ]
    expect(replace('2026-01-01', [row])).toEqual([[['2026-01-01', undefined, '2']], row])
    expect(replace('2026-01-01', [first, second])).toEqual([
      [
        ['2026-01-01', '2026-03-01', '2'],
        ['2026-04-01', '2026-05-01', '3'],
      ],
      first,
    ])
    expect(replace('2026-04-01', [first, second])).toEqual([
      [
        ['2026-01-01', '2026-03-01', '3'],
        ['2026-04-01', '2026-05-01', '2'],
      ],
      second,
    ])
    // None begins on that day: it is one more row.
    expect(replace('2026-12-01', [row])).toEqual([
      [
        ['2026-01-01', '2026-12-01', '3'],
        ['2026-12-01', undefined, '2'],
      ],
      null,
    ])
  })

  it('gets facts without a price, and keeps its rows and sources', () => {
    const { layer: made, row: none } = add({ model: 'mine', price: null, tokenizer: 'o200k_base' }, { layer, over })
    expect(made).toEqual({ ...layer, models: [{ ...own, tokenizer: 'o200k_base' }] })
    expect(none).toBeNull()
  })
})

describe('facts without a price', () => {
  it('of a model of the book are an entry without rows', () => {
    const { layer } = add({ model: 'sonnet', price: null, context: 9 })
    expect(layer).toEqual({ schema: 'dsprice/pricing/1', models: [{ id: 'sonnet', context: 9 }] })
  })

  it('come from a model that it is like where the book has none, and the chat template with the tokenizer', () => {
    const bare: Model = { ...sonnet, id: 'bare', aliases: [], tokenizer: null, max_output: null }
    const like: Model = { ...sonnet, tokenizer: 't', chat_template: 'c', context: 5, max_output: 7 }
    const over = { ...book, models: [bare] }
    const facts = (more: Partial<Stated>) => add({ model: 'bare', price: null, like, ...more }, { over }).facts
    expect(facts({})).toEqual({ max_output: 7, tokenizer: 't', chat_template: 'c' })
    expect(facts({ tokenizer: 'u', maxOutput: 3 })).toEqual({ max_output: 3, tokenizer: 'u' })
  })
})
