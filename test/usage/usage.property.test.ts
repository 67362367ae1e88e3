import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Price, Window } from '../../src/model/book/book.ts'
import { type Exact, exact, sum } from '../../src/model/number/money.ts'
import type { UsageRecord } from '../../src/usage/record.ts'
import { MILLION } from '../cost/build.ts'
import { runs } from '../laws.ts'
import { recordWith, usageOf } from './build.ts'
import { nastyBook as book, EDGES, NASTY, nastyCall } from './nasty-log.ts'

const record = nastyCall.map(recordWith)

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

/** The factor of a region, by hand; `null`: the model does not have it then. */
const regionOf = ({ model, region = null }: UsageRecord, at: number): string | null => {
  if (region === null) return '1'
  if (model !== 'nasty-2' || at < Date.parse('2026-10-10T17:15Z')) return null
  return at < Date.parse('2026-11-01T17:20Z') ? '1.1' : '1.3'
}

/** One record by itself, by hand: its row, its window or tier, its service, batch and region. `null`: it has no price. */
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
  const factor = regionOf(record, at)
  if (factor === null) return null
  return list
    .times(factor)
    .times(record.service === null ? '1' : '0.5')
    .times(record.batch ? '0.5' : '1')
}

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
        region: null,
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
