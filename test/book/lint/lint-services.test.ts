import { describe, expect, it } from 'vitest'
import { lintBook } from '../../../src/book/lint/lint-book.ts'
import type { Layer, Price, Provider } from '../../../src/model/book/book.ts'
import { layerSchema } from '../../../src/model/book/book-schema.ts'
import { bookWith } from '../../cost/build.ts'

/** Findings as `CODE path`. */
const findingsOf = (parts: Parameters<typeof bookWith>[0]): string[] =>
  lintBook(bookWith(parts)).map(({ code, path }) => `${code} ${path?.join('.')}`)

const source = 'made-up'
const own = { input: '2', cache_read: '0.2', output: '4', source }
const HERE = 'models.0.prices.0.services.flex'

describe('lint reads services', () => {
  it.each<{ it: string; flex: NonNullable<Price['services']>[string]; finds: readonly string[] }>([
    { it: 'half the rates', flex: { factor: '0.5', source }, finds: [] },
    { it: 'an unknown factor', flex: { factor: null, source }, finds: [] },
    { it: 'six times the rates', flex: { factor: '6', source }, finds: [] },
    { it: 'rates of its own', flex: { ...own, tiers: 'not_offered' }, finds: [] },
    { it: 'a factor of nothing', flex: { factor: '0', source }, finds: [`MAGNITUDE ${HERE}.factor`] },
    { it: 'a percentage as a factor', flex: { factor: '110', source }, finds: [`MAGNITUDE ${HERE}.factor`] },
    { it: 'noise', flex: { factor: '1.1000000000000001', source }, finds: [`FLOAT_NOISE ${HERE}.factor`] },
    { it: 'a rate per token', flex: { ...own, output: '0.000004' }, finds: [`MAGNITUDE ${HERE}.output`] },
    { it: 'reads above input', flex: { ...own, cache_read: '3' }, finds: [`READ_ABOVE_INPUT ${HERE}.cache_read`] },
    {
      it: 'its tiers',
      flex: { ...own, tiers: [{ ...own, output: '4000', threshold: 1000, operator: '>' }] },
      finds: [`MAGNITUDE ${HERE}.tiers.0.output`],
    },
    {
      it: 'a source that nobody describes',
      flex: { factor: '0.5', source: 'rumour' },
      finds: [`NO_SOURCE ${HERE}.source`],
    },
    {
      it: 'entries that touch',
      flex: [
        { factor: '3', to: '2027-03-01', source },
        { factor: '6', from: '2027-03-01', source },
      ],
      finds: [],
    },
    {
      it: 'two at once',
      flex: [
        { factor: '3', to: '2027-03-01', source },
        { factor: '6', from: '2027-02-01', source },
      ],
      finds: [`ROWS_OVERLAP ${HERE}.1`],
    },
    {
      it: 'an entry that ends before it begins',
      flex: [{ factor: '3', from: '2027-03-01', to: '2027-03-01', source }],
      finds: [`ROW_EMPTY ${HERE}.0.to`],
    },
  ])('$it: $finds', ({ flex, finds }) => {
    expect(findingsOf({ row: { services: { flex } } })).toEqual(finds)
  })
})

describe('lint reads regions', () => {
  const us = 'providers.acme.regions.us'
  it.each<{ it: string; us: NonNullable<Provider['regions']>[string]; finds: readonly string[] }>([
    { it: 'a tenth more', us: { factor: '1.1', source }, finds: [] },
    { it: 'nothing', us: { factor: '0', source }, finds: [`MAGNITUDE ${us}.factor`] },
    { it: 'no such model', us: { factor: '1.1', models: ['demo', 'no'], source }, finds: [`NO_MODEL ${us}.models.1`] },
    {
      it: 'two for one model',
      us: [
        { factor: '1.1', source },
        { factor: '1.2', models: ['demo'], source },
      ],
      finds: [`ROWS_OVERLAP ${us}.1`],
    },
  ])('$it: $finds', ({ us, finds }) => {
    expect(findingsOf({ provider: { regions: { us } } })).toEqual(finds)
  })
})

describe('a price file says one of two', () => {
  const layer = (change: Partial<Layer>) => layerSchema.safeParse({ schema: 'dsprice/pricing/1', ...change }).success
  const discount = { provider: 'acme', from: '2026-01-01', source }
  const row = (flex: object) =>
    layer({
      models: [{ id: 'demo', prices: [{ from: '2026-01-01', ...own, grade: 'own', services: { flex } }] }],
    } as Partial<Layer>)

  it.each<[string, boolean, boolean]>([
    ['off', layer({ discounts: [{ ...discount, off: '0.1' }] }), true],
    ['a factor above 1', layer({ discounts: [{ ...discount, factor: '1.1' }] }), true],
    ['off and a factor', layer({ discounts: [{ ...discount, off: '0.1', factor: '1.1' }] }), false],
    ['neither', layer({ discounts: [discount] }), false],
    ['a service by a factor', row({ factor: '0.5', source }), true],
    ['a service by a factor, without long prompts', row({ factor: '2', tiers: 'not_offered', source }), true],
    ['a service by rates', row(own), true],
    ['a service by both', row({ ...own, factor: '0.5' }), false],
    ['a service by nothing', row({ source }), false],
    ['a service without a source', row({ factor: '0.5' }), false],
  ])('%s: %s', (_, found, right) => {
    expect(found).toBe(right)
  })
})
