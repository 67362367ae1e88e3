import { describe, expect, it } from 'vitest'
import type { Catalogue, Listed } from '../../../src/book/import/catalogue.ts'
import { convertListing, type ImportOptions } from '../../../src/book/import/convert.ts'
import type { Book, Model, Price } from '../../../src/model/book/book.ts'

const catalogue: Catalogue = {
  ...{ name: 'list', title: 'List', where: 'https://list.example', unit: 'million', silence: null, dates: 'none' },
  read: () => null,
}
const entry = (model: string, more: Partial<Listed> = {}): Listed => ({
  ...{ name: `acme:${model}`, seller: 'acme', provider: 'acme', model, rows: [{ rates: { input: 1, output: 2 } }] },
  ...more,
})
const ours = (id: string, provider: string, more: Partial<Price> = {}): Model => ({
  ...{ id, provider, aliases: [], context: null, max_output: null, tokenizer: null },
  prices: [{ from: '2026-01-01', input: '1', cache_read: null, output: '2', source: 's', grade: 'catalogue', ...more }],
})
const book = (...models: Model[]): Pick<Book, 'models' | 'providers'> => ({ models, providers: {} })

const convert = (models: readonly Listed[], options: Partial<ImportOptions> = {}) =>
  convertListing({ date: null, models }, catalogue, { asOf: '2026-11-20', book: null, ...options })

it('gives each entry to the models or to what is left out', () => {
  const { models, skipped } = convert([entry('a'), entry('b', { rows: [] }), entry('A'), entry('__proto__')])
  expect(models.map(({ id }) => id)).toEqual(['acme/a'])
  expect(skipped).toEqual([
    { name: 'acme:b', code: 'NO_PRICE' },
    { name: 'acme:A', code: 'DUPLICATE' },
    { name: 'acme:__proto__', code: 'NOT_A_MODEL' },
  ])
})

describe('a text that cannot be a name is no name of a model, a provider or an alias', () => {
  it.each(['', '__proto__'])('"%s"', text => {
    const { models, skipped } = convert([
      entry(text),
      entry('a', { provider: text }),
      entry('b', { aliases: [text, 'c'] }),
    ])
    expect(skipped.map(({ code }) => code)).toEqual(['NOT_A_MODEL', 'NOT_A_MODEL'])
    expect(models.map(({ aliases }) => aliases)).toEqual([['c']])
  })
})

describe('what lint would refuse is left out with its code', () => {
  it.each<{ code: string; rows: Listed['rows'] }>([
    { code: 'MAGNITUDE', rows: [{ rates: { input: 1001, output: 2 } }] },
    {
      code: 'MAGNITUDE',
      rows: [{ rates: { input: 1, output: 2 }, tiers: [{ threshold: 5, operator: '>', input: 9e-5, output: 3 }] }],
    },
    ...[0.5, 1e300, -1].map(threshold => ({
      code: 'NOT_A_RATE',
      rows: [{ rates: { input: 1, output: 2 }, tiers: [{ threshold, operator: '>' as const, input: 2, output: 3 }] }],
    })),
    { code: 'READ_ABOVE_INPUT', rows: [{ rates: { input: 0.5, cache_read: 1.25, output: 2 } }] },
    { code: 'LONG_WRITE_BELOW_SHORT', rows: [{ rates: { input: 1, output: 2, cache_write: 2, cache_write_1h: 1 } }] },
    { code: 'BATCH_ABOVE_NORMAL', rows: [{ rates: { input: 1, output: 2 }, batch: { input: 1.5, output: 2 } }] },
    {
      code: 'ROWS_OVERLAP',
      rows: [
        { from: '2026-01-01', rates: { input: 1, output: 2 } },
        { from: '2026-02-01', rates: { input: 1, output: 2 } },
      ],
    },
  ])('$code', ({ code, rows }) => {
    expect(convert([entry('a', { rows })])).toEqual({ models: [], skipped: [{ name: 'acme:a', code }], warnings: [] })
  })
})

describe('dates', () => {
  it('are those of the rows, else of the whole catalogue, else there is no price', () => {
    const dated = { from: '2026-03-01', rates: { input: 1, output: 2 } }
    expect(convert([entry('a')]).models[0]?.prices[0]?.from).toBe('2026-11-20')
    expect(convert([entry('a', { rows: [dated] })], { asOf: null }).models[0]?.prices[0]?.from).toBe('2026-03-01')
    expect(convert([entry('a')], { asOf: null }).skipped).toEqual([{ name: 'acme:a', code: 'UNDATED' }])
  })

  it('begin earlier on the word of the user, whose grade the row then has', () => {
    const dated = { from: '2026-11-20', rates: { input: 1, output: 2 } }
    const { models } = convert([entry('a'), entry('b', { rows: [dated] })], { since: '2026-01-01' })
    expect(models[0]?.prices[0]).toMatchObject({
      from: '2026-01-01',
      grade: 'own',
      note: expect.stringContaining('2026-11-20'),
    })
    expect(models[1]?.prices[0]).toMatchObject({ from: '2026-11-20', grade: 'catalogue' })
  })
})

describe('what is off by default', () => {
  const plan = entry('a', { seller: 'acme-coding-plan', provider: 'acme-coding-plan' })

  it('is left out, unless its provider is named', () => {
    expect(convert([plan]).skipped[0]?.code).toBe('PLAN')
    expect(convert([plan], { only: ['acme-coding-plan'] }).models).toHaveLength(1)
    expect(convert([plan, entry('b')], { only: ['acme'] }).skipped).toEqual([{ name: 'acme:a', code: 'NOT_SELECTED' }])
  })

  it('is told as priced at 0, if it is', () => {
    expect(convert([{ ...plan, rows: [{ rates: { input: 0, output: 0 } }] }]).skipped[0]?.code).toBe('ZERO_PRICE')
  })
})

describe('beside a book', () => {
  it('ours wins as a whole model, and a difference above 0.5% is told', () => {
    const both = book(ours('acme/a', 'acme', { input: '1.005' }), ours('acme/b', 'acme', { input: '1.006' }))
    expect(convert([entry('a'), entry('b')], { book: both })).toEqual({
      models: [],
      skipped: [
        { name: 'acme:a', code: 'OURS' },
        { name: 'acme:b', code: 'OURS' },
      ],
      warnings: [{ name: 'acme:b', code: 'DISAGREES' }],
    })
  })

  it("never takes the name of another provider's model", () => {
    const taken = book(ours('acme/a', 'other'))
    expect(convert([entry('a')], { book: taken }).skipped).toEqual([{ name: 'acme:a', code: 'NAME_TAKEN' }])
    const { models, warnings } = convert([entry('b', { aliases: ['acme/a', 'c'] })], { book: taken })
    expect(models[0]?.aliases).toEqual(['c'])
    expect(warnings).toEqual([{ name: 'acme:b', code: 'AMBIGUOUS_ALIAS' }])
  })

  it('doubts one rate of a provider whose prices depend on the hour', () => {
    const windows = [
      {
        name: 'n',
        timezone: 'UTC',
        weekdays: ['mon'],
        hours: ['00:00-01:00'],
        holidays: 'apply',
        input: '1',
        cache_read: null,
        output: '2',
      },
    ] as const
    const { warnings } = convert([entry('b')], { book: book(ours('a', 'acme', { windows })) })
    expect(warnings).toEqual([{ name: 'acme:b', code: 'FLAT_OVER_WINDOWS' }])
  })
})
