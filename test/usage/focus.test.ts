import { expect, it } from 'vitest'
import { focus } from '../../src/usage/bills/focus.ts'
import { openUsage } from '../../src/usage/formats/open-usage.ts'
import type { UsageRecord } from '../../src/usage/record.ts'

const row = (more: Readonly<Record<string, string>> = {}) => ({
  ChargePeriodStart: '2026-10-01T00:00:00Z',
  ChargePeriodEnd: '2026-10-02T00:00:00Z',
  ChargeCategory: 'Usage',
  ChargeClass: '',
  ServiceCategory: 'AI and Machine Learning',
  SubAccountId: 'a',
  SkuId: 'claude-opus-4-7',
  SkuMeter: 'input_no_cache',
  ConsumedQuantity: '1000',
  ConsumedUnit: 'Tokens',
  BilledCost: '0.005',
  BillingCurrency: 'USD',
  Tags: '{"team":"support"}',
  ...more,
})

const read = (...rows: readonly Readonly<Record<string, string>>[]) => {
  const records: UsageRecord[] = []
  const run = openUsage([focus], record => records.push(record))
  const file = run.open('focus.csv')
  for (const [i, one] of rows.entries()) file.take(one, 'csv', { line: i + 2, byte: 0 })
  file.end()
  run.end()
  return { records, reading: file.reading }
}

it('joins the meters of a span, model, account and tags, wherever their rows stand', () => {
  const other = row({ SubAccountId: 'b' })
  const { records, reading } = read(
    row(),
    other,
    row({ SkuMeter: 'output', ConsumedQuantity: '10.0', BilledCost: '0.1' }),
  )
  expect(records).toMatchObject([
    {
      model: 'claude-opus-4-7',
      input: 1000,
      output: 10,
      stated_usd: '0.105',
      keys: { project: 'a', 'tag.team': 'support' },
    },
    { input: 1000, output: 0, stated_usd: '0.005', keys: { project: 'b' } },
  ])
  expect(reading).toMatchObject({ values: 3, records: 2, parts: 1, bad: 0 })
})

it.each([
  ['a meter by another name', { SkuMeter: 'Prompt tokens, tier 2' }],
  ['another unit', { ConsumedUnit: '1K Tokens' }],
  ['a tax', { ChargeCategory: 'Tax' }],
  ['a correction', { ChargeClass: 'Correction' }],
])('keeps the money alone of %s', (_, more) => {
  const { records } = read(row(more))
  expect(records).toMatchObject([{ model: null, input: 0, output: 0, requests: null, stated_usd: '0.005' }])
})

it('takes no other currency for dollars, and leaves out what is not of AI', () => {
  expect(read(row({ BillingCurrency: 'EUR' })).records[0]?.stated_usd).toBe(null)
  expect(read(row({ ServiceCategory: 'Compute' }))).toMatchObject({ records: [], reading: { values: 1 } })
})

it('keeps what dsprice charged at two prices apart, each with its price', () => {
  const own = { x_Model: 'opus', SkuId: 'opus/input', x_Service: 'standard', x_Batch: 'false', SkuMeter: 'input' }
  const { records } = read(
    row({ ...own, x_Hours: 'peak', ListUnitPrice: '2' }),
    row({ ...own, x_Hours: 'off-peak', ListUnitPrice: '1' }),
    row({ ...own, x_Hours: 'peak', x_Service: 'flex', x_Batch: 'true', ListUnitPrice: '0.5' }),
    row({ ListUnitPrice: 'by contract' }),
  )
  expect(records).toMatchObject([
    { model: 'opus', service: null, batch: false, rates: { prices: { input: '2' } } },
    { model: 'opus', service: null, batch: false, rates: { prices: { input: '1' } } },
    { model: 'opus', service: 'flex', batch: true, rates: { prices: { input: '0.5' } } },
    { model: 'claude-opus-4-7' },
  ])
  expect(records[3]).not.toHaveProperty('rates')
})

it('says what it cannot read', () => {
  expect(read(row({ ConsumedQuantity: '1.5' }), row({ SkuId: '' })).reading).toMatchObject({ bad: 2, records: 0 })
})
