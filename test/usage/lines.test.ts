import { expect, it } from 'vitest'
import type { Window } from '../../src/model/book/book.ts'
import { exact, ZERO } from '../../src/model/number/money.ts'
import { highOf, lowOf } from '../../src/model/number/range.ts'
import type { UsageReport } from '../../src/model/result/usage.ts'
import { bookWith, MILLION, modelWith, rowWith } from '../cost/build.ts'
import { recordWith, usageOf } from './build.ts'

const night: Window = {
  name: 'night',
  timezone: 'UTC',
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  hours: ['00:00-06:00'],
  holidays: 'apply',
  input: '0.5',
  cache_read: '0.05',
  output: '1',
}

const call = { input: MILLION, output: MILLION }

const costs = ({ lines = [] }: UsageReport, end: typeof lowOf): string =>
  lines.reduce((all, { cost }) => all.plus(exact(end(cost))), ZERO).toFixed()

it('has a line for each rate, not for each record, in an order of its own', () => {
  const book = bookWith({ row: { windows: [night] } })
  const records = ['10T12:00Z', '11T03:00Z', '12T12:00Z', '13T03:00Z'].map(at =>
    recordWith({ ...call, at: `2026-11-${at}` }),
  )
  const report = usageOf(records, { book, lines: 'explained' })
  const line = {
    day: null,
    model: 'demo',
    provider: 'Acme',
    service: 'standard',
    batch: false,
    region: null,
    unit: '1M tokens',
  }
  const from = { tier: null, row_from: '2026-01-01', source: 'made-up' }
  const nights = { ...line, ...from, from: '2026-11-11T03:00:00Z', to: '2026-11-13T03:00:00Z', window: 'night' }
  const days = { ...line, ...from, from: '2026-11-10T12:00:00Z', to: '2026-11-12T12:00:00Z', window: 'other hours' }
  expect(report.lines).toEqual([
    { ...nights, meter: 'input', quantity: 2 * MILLION, rate: '0.5', cost: '1' },
    { ...nights, meter: 'output', quantity: 2 * MILLION, rate: '1', cost: '2' },
    { ...days, meter: 'input', quantity: 2 * MILLION, rate: '1', cost: '2' },
    { ...days, meter: 'output', quantity: 2 * MILLION, rate: '2', cost: '4' },
  ])
  expect(costs(report, lowOf)).toBe(report.total.cost)
  expect(usageOf(records.toReversed(), { book, lines: 'explained' }).lines).toEqual(report.lines)
})

it('names every row and window that a bucket may lie in, with the range of its rates', () => {
  const rows = [rowWith({ to: '2026-11-02' }), rowWith({ from: '2026-11-02', input: '3' })]
  const book = bookWith({ models: [modelWith({ prices: rows })] })
  const bucket = recordWith({ ...call, at: '2026-11-01T00:00Z', end: Date.parse('2026-11-03'), requests: null })
  const report = usageOf([bucket], { book, lines: 'explained' })
  const both = { row_from: '2026-01-01 or 2026-11-02', to: '2026-11-03T00:00:00Z' }
  expect(report.lines).toMatchObject([
    { ...both, meter: 'input', rate: { low: '1', high: '3' }, cost: { low: '1', high: '3' } },
    { ...both, meter: 'output', rate: '2', cost: '2' },
  ])
  expect([costs(report, lowOf), costs(report, highOf)]).toEqual(['3', '5'])
  expect(report.total.cost).toEqual({ low: '3', high: '5' })
})

it('has lines of what has a price alone, and none unless they are asked for', () => {
  const records = [recordWith(call), recordWith({ ...call, model: 'nobody-knows' })]
  const report = usageOf(records, { lines: 'explained' })
  expect(costs(report, lowOf)).toBe(report.total.at_least)
  expect(usageOf(records).lines).toBeUndefined()
})

it('tells long prompts, services, batches and meters that are billed as input apart', () => {
  const tiers = [{ threshold: 200_000, operator: '>' as const, input: '2', cache_read: '0.2', output: '3' }]
  const long = recordWith({ input: 200_001, cache_write: 7 })
  const { lines } = usageOf([long, recordWith({ input: 5 })], {
    book: bookWith({ row: { tiers } }),
    lines: 'explained',
  })
  expect(lines).toMatchObject([
    { tier: null, meter: 'input', quantity: 5, rate: '1', cost: '0.000005' },
    { tier: '> 200000', meter: 'input', quantity: 200_001, rate: '2', cost: '0.400002' },
    { tier: '> 200000', meter: 'cache_write', quantity: 7, rate: '2', cost: '0.000014' },
  ])
})
