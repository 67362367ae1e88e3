import { expect, it } from 'vitest'
import { genaiPrices } from '../../../src/book/import/genai-prices.ts'

const read = (model: object, today = '2026-11-29') =>
  genaiPrices.read([{ id: 'acme', models: [{ id: 'toy', match: { equals: 'toy' }, ...model }] }], today)?.models[0]

const from = (start_date: string, input_mtok: number) => ({
  constraint: { start_date, type: 'start_date' },
  prices: { input_mtok },
})
const at = (start_time: string, end_time: string) => ({
  ...{ constraint: { start_time, end_time, type: 'time_of_date' }, prices: { input_mtok: 2 } },
})

it('a price without a start holds until the first announced one', () => {
  const prices = [{ prices: { input_mtok: 1 } }, from('2027-01-01', 2)]
  expect(read({ prices })?.rows).toMatchObject([
    { to: '2027-01-01', rates: { input: 1 } },
    { from: '2027-01-01', rates: { input: 2 } },
  ])
  expect(read({ prices }, '2027-02-01')).toMatchObject({ warnings: ['UNDATED_BEFORE'], rows: [{ from: '2027-01-01' }] })
})

it('tiers of one meter hold for the others at their own steps', () => {
  const input_mtok = {
    base: 1,
    tiers: [
      { start: 200, price: 2 },
      { start: 100, price: 1.5 },
    ],
  }
  const output_mtok = { base: 4, tiers: [{ start: 100, price: 6 }] }
  expect(read({ prices: { input_mtok, output_mtok } })?.rows[0]).toMatchObject({
    rates: { input: 1, output: 4 },
    tiers: [
      { threshold: 100, input: 1.5, output: 6 },
      { threshold: 200, input: 2, output: 6 },
    ],
  })
})

it.each([
  ['16:30:00Z', '00:30:00Z', '16:30-00:30'],
  ['20:00:00Z', '00:00:00Z', '20:00-24:00'],
])('hours from %s to %s are %s', (start, end, hours) => {
  expect(read({ prices: [{ prices: { input_mtok: 1 } }, at(start, end)] })?.rows[0]?.windows?.[0]?.hours.hours).toEqual(
    [hours],
  )
})

it.each([
  { it: 'hours of another zone', prices: [{ prices: { input_mtok: 1 } }, at('16:30:00+08:00', '00:30:00+08:00')] },
  { it: 'hours without a price for the rest', prices: [at('16:30:00Z', '00:30:00Z')] },
  { it: 'a constraint of another kind', prices: [{ constraint: { type: 'moon' }, prices: { input_mtok: 1 } }] },
])('$it cannot be told', ({ prices }) => {
  expect(read({ prices })?.skip).toBe('MIXED_CONSTRAINTS')
})

it('takes equal names alone from a match rule', () => {
  const match = { or: [{ equals: 'toy' }, { or: [{ equals: 'toy-2026' }, { contains: 'oy' }] }] }
  expect(read({ match, prices: { input_mtok: 1 } })).toMatchObject({
    aliases: ['toy', 'toy-2026'],
    warnings: ['PATTERN'],
  })
})

it.each([
  ['input_audio_mtok', 'LOST:audio'],
  ['requests_kcount', 'LOST:requests'],
  ['tool_use_kcount', 'LOST:other'],
])('a charge under %s is told: %s', (key, code) => {
  expect(read({ prices: { input_mtok: 1, [key]: 5 } })?.warnings).toEqual([code])
})

it('looks at rules within rules to a depth', () => {
  const nested = (depth: number): object => {
    let match: object = { equals: 'deep' }
    for (let i = 0; i < depth; i++) match = { or: [match] }
    return match
  }
  const prices = { input_mtok: 1 }
  expect(read({ match: nested(3), prices })).toMatchObject({ aliases: ['deep'], warnings: [] })
  expect(read({ match: nested(100_000), prices })).toMatchObject({ aliases: [], warnings: ['PATTERN'] })
})
