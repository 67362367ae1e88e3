import { describe, expect, it } from 'vitest'
import { layOver } from '../../src/book/lay-over.ts'
import type { Book, Layer, Price } from '../../src/model/book/book.ts'
import { BOOK_SCHEMA } from '../../src/model/book/choices.ts'
import { bookWith, modelWith, rowWith } from '../cost/build.ts'

const lay = (layer: Partial<Layer>, book = bookWith()) => layOver(book, { schema: BOOK_SCHEMA, ...layer })

const off = (share: string, more: object = { model: 'demo' }) => ({
  off: share,
  from: '2026-02-01',
  source: 'contract',
  ...more,
})

const inShort = ({ models }: Book): string[][] =>
  models.map(({ id, prices }) => [id, ...prices.map(({ from, to, input }) => `${from}..${to ?? ''} ${input}`)])

describe('a discount', () => {
  it('takes its share off every rate of its days, and names its own source before that of the row', () => {
    // 85% of $1, $0.10 and $2
    const { book } = lay({ discounts: [off('0.15', { provider: 'acme', to: '2026-03-01' })] })
    expect(inShort(book)).toEqual([
      ['demo', '2026-01-01..2026-02-01 1', '2026-02-01..2026-03-01 0.85', '2026-03-01.. 1'],
    ])
    expect(book.models[0]?.prices[1]).toMatchObject({
      cache_read: '0.085',
      output: '1.7',
      source: 'contract',
      also: ['made-up'],
    })
  })

  it('after another takes its share of what that one left', () => {
    // 1 × 0.9 × 0.8, not 1 × 0.7
    const { book } = lay({ discounts: [off('0.1', { provider: 'acme' }), off('0.2')] })
    expect(book.models[0]?.prices.at(-1)?.input).toBe('0.72')
  })

  it('reaches the rates of batches, tiers and hours; what is no rate stays as it is', () => {
    const row: Partial<Price> = {
      input: null,
      cache_read: 'not_offered',
      batch: { input: '0.5', output: '1' },
      tiers: [
        { input: '4', cache_read: null, output: '8', threshold: 1000, operator: '>', batch: { discount: '0.5' } },
      ],
    }
    const { book } = lay({ discounts: [off('0.5')] }, bookWith({ row }))
    expect(book.models[0]?.prices.at(-1)).toMatchObject({
      input: null,
      cache_read: 'not_offered',
      output: '1',
      batch: { input: '0.25', output: '0.5' },
      tiers: [{ input: '2', cache_read: null, output: '4', threshold: 1000, batch: { discount: '0.5' } }],
    })
  })

  it('that leaves a rate with more than 100 digits is a fault, and changes nothing', () => {
    // 60 decimals times 60 decimals are 120.
    const book = bookWith({ row: { input: `1.${'1'.repeat(60)}` } })
    const { book: laid, faults } = lay({ discounts: [off(`0.${'3'.repeat(60)}`)] }, book)
    expect(faults.map(({ code, path }) => `${code} ${path?.join('.')}`)).toEqual(['TOO_MUCH discounts.0'])
    expect(inShort(laid)).toEqual(inShort(book))
  })

  it('may change 100,000 rows and no more', () => {
    const discounts = Array.from({ length: 101 }, () =>
      off('0', { provider: 'acme', from: '2027-01-01', to: '2027-01-02' }),
    )
    // A thousand rows of one model, each of a past minute, a hundred times and once more.
    const prices = Array.from({ length: 1000 }, (_, i) => {
      const minute = (of: number): string => new Date(Date.UTC(2026, 0, 1) + of * 60_000).toISOString()
      return rowWith({ from: minute(i), to: minute(i + 1) })
    })
    const book = bookWith({ model: { prices } })
    expect(lay({ discounts: discounts.slice(1) }, book).faults).toEqual([])
    expect(lay({ discounts }, book).faults.map(({ code, path }) => `${code} ${path?.join('.')}`)).toEqual([
      'TOO_MUCH discounts.100',
    ])
  })
})

describe('rows of one’s own', () => {
  it('of a whole model are its own, though a rule would find another by its name; without the keys they are of that', () => {
    const prices = [rowWith({ from: '2026-02-01', input: '9' })]
    const { id: _, prices: __, ...keys } = modelWith({})
    const whole = lay({ models: [{ ...keys, id: 'demo-2026-01-01', prices }] })
    expect(inShort(whole.book)).toEqual([
      ['demo', '2026-01-01.. 1'],
      ['demo-2026-01-01', '2026-02-01.. 9'],
    ])
    const rows = lay({ models: [{ id: 'demo-2026-01-01', prices }] })
    expect(inShort(rows.book)).toEqual([['demo', '2026-01-01..2026-02-01 1', '2026-02-01.. 9']])
    // The very name of a model is that model, with all the keys or without.
    expect(inShort(lay({ models: [{ ...keys, id: 'demo', prices }] }).book)).toEqual(inShort(rows.book))
  })

  it('are those of the model that an alias names, whose id and other keys stay', () => {
    const book = bookWith({ model: { aliases: ['latest'], context: 8000 } })
    const own = { id: 'Latest', max_output: 100, prices: [rowWith({ from: '2026-02-01', input: '9' })] }
    const { book: laid } = lay({ models: [own] }, book)
    expect(inShort(laid)).toEqual([['demo', '2026-01-01..2026-02-01 1', '2026-02-01.. 9']])
    expect(laid.models[0]).toMatchObject({ context: 8000, max_output: 100 })
  })

  it('that name a model twice lie on each other', () => {
    const from = (day: string, input: string) => ({ id: 'demo', prices: [rowWith({ from: day, input })] })
    const { book } = lay({ models: [from('2026-02-01', '8'), from('2026-03-01', '9')] })
    expect(inShort(book)).toEqual([['demo', '2026-01-01..2026-02-01 1', '2026-02-01..2026-03-01 8', '2026-03-01.. 9']])
  })

  it('of a new model need all its keys; the faults name each that is missing, and the others are laid', () => {
    const half = { id: 'half', provider: 'acme', aliases: [], prices: [rowWith()] }
    const { book, faults } = lay({ models: [half, modelWith({ id: 'whole' })] })
    expect(faults.map(({ code, path }) => `${code} ${path?.join('.')}`)).toEqual([
      'MISSING_KEY models.0.context',
      'MISSING_KEY models.0.max_output',
      'MISSING_KEY models.0.tokenizer',
    ])
    expect(book.models.map(({ id }) => id)).toEqual(['demo', 'whole'])
  })
})

describe('an entry without rows', () => {
  it('says something of a model of the book, whose rows stay', () => {
    const { book, faults } = lay({ models: [{ id: 'demo', tokenizer: 'o200k_base' }] })
    expect(faults).toEqual([])
    expect(book.models[0]).toEqual({ ...bookWith().models[0], tokenizer: 'o200k_base' })
  })

  it('cannot be that of a new model', () => {
    const { id: _, prices: __, ...rest } = modelWith()
    const { faults } = lay({ models: [{ ...rest, id: 'another' }] })
    expect(faults).toMatchObject([{ code: 'MISSING_KEY', path: ['models', 0, 'prices'] }])
  })
})
