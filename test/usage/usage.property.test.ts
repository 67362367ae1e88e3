import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Book, Price, Window } from '../../src/model/book/book.ts'
import { type Exact, exact, sum } from '../../src/model/number/money.ts'
import type { UsageRecord } from '../../src/usage/record.ts'
import { bookWith, MILLION, modelWith, rowWith } from '../cost/build.ts'
import { runs } from '../laws.ts'
import { recordWith, usageOf } from './build.ts'

/** Hours of a night shift, from Monday to Friday, past midnight, not begun on a holiday. */
const night = (timezone: string, rates: Pick<Window, 'input' | 'cache_read' | 'output'>): Window => ({
  name: 'night',
  timezone,
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  hours: ['22:45-05:30'],
  holidays: 'except',
  ...rates,
})

const HOLIDAYS = ['2026-10-01..2026-10-07', '2026-12-25']
const rates = (input: string, cache_read: string, output: string) => ({
  input,
  cache_read,
  output,
  cache_write: '1.25',
})
const NASTY: readonly (readonly Price[])[] = [
  // Half an hour beside, a price change at an odd millisecond, a service by a factor that ends in mid-month.
  [
    rowWith({
      ...rates('1.01', '0.1', '2'),
      to: '2026-10-24T08:08:08.888Z',
      windows: [night('Asia/Kolkata', rates('0.37', '0.03', '0.7'))],
    }),
    rowWith({
      from: '2026-10-24T08:08:08.888Z',
      ...rates('1.13', '0.11', '2.3'),
      windows: [night('Asia/Kolkata', rates('0.41', '0.05', '0.9'))],
      services: { flex: { factor: '0.5', to: '2026-11-05T11:07:23Z', source: 'made-up' } },
    }),
  ],
  // Clocks go back on 25 October.
  [rowWith({ ...rates('3', '0.3', '9'), windows: [night('Europe/Berlin', rates('1.7', '0.2', '5'))] })],
  // Both operators.
  [
    rowWith({
      ...rates('5', '0.5', '25'),
      tiers: [
        { ...rates('7', '0.7', '30'), threshold: 1000, operator: '>' },
        { ...rates('11', '1.1', '37'), threshold: 2000, operator: '>=' },
      ],
    }),
  ],
]
const book: Book = bookWith({
  provider: {
    calendar: { holidays: { '2026': HOLIDAYS } },
    batch: { discount: '0.5', stacking: 'multiply', source: 'made-up' },
  } as never,
  models: NASTY.map((prices, i) => modelWith({ id: `nasty-${i}`, prices: [...prices] })),
})

/** The local clock by Intl, another way than the engine's. */
const clocks = new Map<string, Intl.DateTimeFormat>()
const clockOf = (timeZone: string, ms: number) => {
  const clock =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  clocks.set(timeZone, clock)
  const [date = '', time = ''] = clock.format(ms).split(' ')
  return { date, time }
}

const begunOn = (date: string, back: number) =>
  new Date(Date.parse(date) - back * 86_400_000).toISOString().slice(0, 10)

/** Whether the night shift is on: by what the wall clock and the calendar in the zone show. */
const isNight = ({ timezone }: Window, ms: number): boolean => {
  const { date, time } = clockOf(timezone, ms)
  const begun = time >= '22:45' ? date : time < '05:30' ? begunOn(date, 1) : null
  if (begun === null || [0, 6].includes(new Date(begun).getUTCDay())) return false
  return !(begun === '2026-12-25' || (begun >= '2026-10-01' && begun <= '2026-10-07'))
}

/** One record by itself, by hand: its row, its window or tier, its service and batch. `null`: it has no price. */
const costOf = (record: UsageRecord): Exact | null => {
  const at = record.at ?? 0
  const rows = NASTY[Number(record.model?.slice(-1))] ?? []
  const row = rows.findLast(({ from }) => Date.parse(from) <= at)
  if (!row) return null
  const [window] = row.windows ?? []
  const prompt = record.input + (record.cache_read ?? 0) + (record.cache_write ?? 0)
  const [first, second] = row.tiers ?? []
  const tier = prompt >= 2000 ? second : prompt > 1000 ? first : undefined
  const card = (tier ?? (window && isNight(window, at) ? window : row)) as Price
  const meters = ['input', 'cache_read', 'cache_write', 'output'] as const
  const list = sum(meters.map(meter => exact(record[meter] ?? 0).times(card[meter] ?? '0')))
  if (record.service !== null && (!row.services || at >= Date.parse('2026-11-05T11:07:23Z') || record.batch))
    return null
  return list.times(record.service === null ? '1' : '0.5').times(record.batch ? '0.5' : '1')
}

// Instants at which something happens, and a little before and after.
const EDGES = [
  '2026-10-24T08:08:08.888Z',
  '2026-11-05T11:07:23Z',
  '2026-10-25T00:00Z',
  '2026-10-25T01:00Z',
  '2026-10-25T03:30Z',
  '2026-10-07T17:15Z',
  '2026-10-08T00:00Z',
  '2026-10-10T17:15Z',
  '2026-11-01T17:15Z',
].map(Date.parse)
const instant = fc.oneof(
  fc.integer({ min: Date.parse('2026-09-28'), max: Date.parse('2027-01-03') }).map(ms => ms),
  fc.tuple(fc.constantFrom(...EDGES), fc.constantFrom(-60_000, -1, 0, 1, 60_000)).map(([ms, by]) => ms + by),
  fc
    .tuple(
      fc.nat(90),
      fc.constantFrom(0, 1, 17, 21, 22, 4, 3, 24),
      fc.constantFrom(-1, 0),
      fc.constantFrom(0, 15, 30, 45),
    )
    .map(([day, hour, by, minute]) => Date.parse('2026-10-01') + ((day * 24 + hour) * 60 + minute) * 60_000 + by),
)
const length = fc.oneof(fc.constantFrom(0, 1, 1000, 1001, 1999, 2000), fc.nat(5000))
const record = fc
  .record({
    at: instant.map(ms => new Date(ms).toISOString()),
    model: fc.constantFrom('nasty-0', 'nasty-1', 'nasty-2'),
    input: length,
    cache_read: fc.oneof(fc.constant(0), length),
    cache_write: fc.oneof(fc.constant(0), fc.nat(50)),
    output: fc.nat(1000),
    service: fc.option(fc.constant('flex'), { freq: 5 }),
    batch: fc.boolean(),
    keys: fc.record({ team: fc.constantFrom('a', 'b'), user: fc.constantFrom('ann', 'bob', 'cem') }),
  })
  .map(recordWith)

/** Every edge, just before and after, on every model. */
const atEdges = EDGES.flatMap(edge =>
  [-60_000, -1, 0, 1, 60_000].flatMap(by =>
    NASTY.map((_, i) =>
      recordWith({ at: new Date(edge + by).toISOString(), model: `nasty-${i}`, input: 999, output: 7 }),
    ),
  ),
)

it('costs the same grouped as record by record, to the digit, whatever it is broken down by', () => {
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 60 }),
      fc.subarray(['model', 'day', 'team', 'user']),
      (drawn, by) => {
        const records = [...atEdges, ...drawn]
        const costs = records.map(costOf)
        const known = costs.flatMap(cost => cost ?? [])
        fc.pre(known.length > 0)
        const usd = (parts: readonly Exact[]): string =>
          sum(parts)
            .times(exact((1e-6).toFixed(6)))
            .toFixed()
        const report = usageOf(records, { book, by, timezone: 'Asia/Kolkata' })
        expect(report.total.at_least).toBe(usd(known))
        expect(report.total.cost).toBe(known.length === records.length ? usd(known) : null)
        expect(report.unpriced.reduce((all, one) => all + one.records, 0)).toBe(records.length - known.length)
        const rows = [report.by_model, report.by_day, ...(report.breakdown ? [report.breakdown.rows] : [])]
        for (const parts of rows) {
          expect(sum(parts.map(({ at_least }) => exact(String(at_least ?? '0')))).toFixed()).toBe(usd(known))
          expect(parts.reduce((all, one) => all + one.records, 0)).toBe(records.length)
        }
      },
    ),
    { numRuns: runs(200) },
  )
})

it('a bucket’s range holds what its calls cost one by one', () => {
  const day = 86_400_000
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), records => {
      const start = Math.floor((records[0]?.at ?? 0) / day) * day
      const own = records.map(one => ({
        ...one,
        at: start + ((one.at ?? 0) % day),
        model: records[0]?.model ?? null,
        service: null,
        batch: false,
      }))
      const add = (key: 'input' | 'cache_read' | 'cache_write' | 'output'): number =>
        own.reduce((all, one) => all + (one[key] ?? 0), 0)
      const bucket = {
        ...recordWith({ model: records[0]?.model ?? null, input: add('input'), output: add('output'), requests: null }),
        ...{ at: start, end: start + day, cache_read: add('cache_read'), cache_write: add('cache_write') },
      }
      const cost = sum(own.flatMap(one => costOf(one) ?? []))
      const { total } = usageOf([bucket], { book })
      const [low, high] =
        typeof total.cost === 'object' && total.cost ? [total.cost.low, total.cost.high] : [total.cost, total.cost]
      expect(
        exact(low ?? 'NaN')
          .times(MILLION)
          .lte(cost),
      ).toBe(true)
      expect(
        exact(high ?? 'NaN')
          .times(MILLION)
          .gte(cost),
      ).toBe(true)
    }),
    { numRuns: runs(200) },
  )
})
