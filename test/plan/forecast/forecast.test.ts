import { describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { loadBook } from '../../../src/index.ts'
import type { Book } from '../../../src/model/book/book.ts'
import type { ForecastScenario } from '../../../src/model/result/forecast.ts'
import type { SelfHost } from '../../../src/model/scenario/self-host.ts'
import { forecast } from '../../../src/plan/forecast/forecast.ts'
import {
  bookWith,
  clusterWith,
  fleetWith,
  MILLION,
  modelWith,
  priced,
  rowWith,
  scenarioWith,
  type Wish,
} from '../../cost/build.ts'
import { byHour, deepseekHours, print, type Traffic, usd } from './by-hour.ts'

const { book: market } = await loadBook('2026-11-23')

const inMonths = (
  wish: Wish,
  { book = bookWith(), months = 1, start }: { book?: Book; months?: number; start?: string } = {},
): ForecastScenario => {
  const at = wish.at ?? '2026-11-23'
  const [one] = forecast([scenarioWith({ at, ...wish })], priced(book), { at, months, start }).scenarios
  if (!one) throw new Error('one scenario has one forecast')
  return one
}
const only = (scenario: ForecastScenario) => {
  const [month] = scenario.months
  if (!month) throw new Error('a forecast has a month')
  return month
}

const OCTOBER = [1, 2, 3, 4, 5, 6, 7].map(day => `2026-10-0${day}`)
const office = (hour: number): number => (hour >= 9 && hour < 19 ? 1 : 0)

// deepseek-v4-pro from 2026-09-17 on: 0.66 in, 0.022 read, 1.98 out; at peak twice that. Units of 128, 3 hours.
// A prompt of 12,800 shared tokens and 1,200 of its own, 400 out: nothing is read before the third request.
describe('DeepSeek’s peak hours and holidays, hour by hour', () => {
  const request = { shared: 12_800, turn: 1200, output: 400 }
  const RATES = { peak: [1.32, 0.044, 3.96], 'off-peak': [0.66, 0.022, 1.98] } as const
  it.each<{ it: string; month: string; holidays: readonly string[]; traffic: Traffic }>([
    {
      it: 'November in Beijing',
      month: '2026-11',
      holidays: [],
      traffic: { requests: 5, per: 'day', timezone: 'Asia/Shanghai', weight: office, weekdaysOnly: true },
    },
    {
      it: 'October with its holidays in UTC',
      month: '2026-10',
      holidays: OCTOBER,
      traffic: { requests: 3, per: 'hour', timezone: 'UTC' },
    },
    {
      it: 'October in Berlin, whose clocks go back on the 25th',
      month: '2026-10',
      holidays: OCTOBER,
      traffic: { requests: 9, per: 'day', timezone: 'Europe/Berlin' },
    },
    {
      it: 'March in Berlin, whose clocks go forward on the 28th',
      month: '2027-03',
      holidays: [],
      traffic: { requests: 9, per: 'week', timezone: 'Europe/Berlin', weight: hour => (hour < 6 ? 3 : 1) },
    },
    {
      it: 'November in Kolkata, half an hour beside',
      month: '2026-11',
      holidays: [],
      traffic: { requests: 700, per: 'month', timezone: 'Asia/Kolkata', weight: office },
    },
  ])('$it', ({ month, holidays, traffic }) => {
    const { weight, weekdaysOnly: weekdays_only = false, ...rest } = traffic
    const profile = Array.from({ length: 24 }, (_, hour) => weight?.(hour) ?? 1)
    const found = only(
      inMonths(
        { model: 'deepseek-v4-pro', traffic: { ...rest, weekdays_only, profile }, request },
        { book: market, start: month },
      ),
    )
    const rateOf = deepseekHours(holidays)
    const parts = byHour(month, traffic, { rateOf, seconds: 10_800, earlier: 2 })
    let [headline, cached] = [usd(0), usd(0)]
    for (const [name, { requests, warm }] of Object.entries(parts)) {
      const [input, read, output] = RATES[name as keyof typeof RATES]
      headline = headline.plus(requests.times(usd(input).times('0.014').plus(usd(output).times('0.0004'))))
      cached = cached
        .plus(requests.times(usd(input).times('0.014').plus(usd(output).times('0.0004'))))
        .minus(warm.times(usd(input).minus(read)).times('0.0128'))
    }
    expect({ headline: found.costs.headline, cached: found.costs.cached }).toEqual({
      headline: print(headline),
      cached: print(cached),
    })
    expect(found.assumed).toEqual(month > '2027' ? ['holidays'] : [])
  })

  it('counts the hours of each window: 17 working days of October, 7 hours each', () => {
    const { windows, hours } = only(
      inMonths({ model: 'deepseek-v4-pro', traffic: { per: 'hour' }, request }, { book: market, start: '2026-10' }),
    )
    // October 2026 has 22 days from Monday to Friday; 5 of them are holidays: 17 × 7 = 119 of 744 hours. Its last peak
    // hours in Beijing lie on the 30th.
    expect(hours).toBe(744)
    expect(windows.map(({ window, hours }) => [window, hours])).toEqual([
      ['peak', 119],
      ['off-peak', 625],
    ])
  })
})

// $1 for each request of 1M tokens, and nothing cached.
const dollar: Wish['request'] = { turn: MILLION }

describe('requests of November 2026, which has 30 days, 21 of them working', () => {
  it.each<{ per: 'hour' | 'day' | 'week' | 'month'; weekdays: string; all: string }>([
    // 10 × 21; 10 × 30
    { per: 'day', weekdays: '210', all: '300' },
    // 10 × 33.6 × 21; 10 × 24 × 30
    { per: 'hour', weekdays: '7056', all: '7200' },
    // 10 ÷ 5 × 21; 10 ÷ 7 × 30
    { per: 'week', weekdays: '42', all: '42.857142857143' },
    { per: 'month', weekdays: '10', all: '10' },
  ])('10 a $per', ({ per, weekdays, all }) => {
    const cost = (weekdays_only: boolean) =>
      only(inMonths({ traffic: { requests: 10, per, weekdays_only }, request: dollar })).costs.headline
    expect([cost(true), cost(false)]).toEqual([weekdays, all])
  })
})

it('an hour that a clock change takes or adds counts where traffic is stated by the hour', () => {
  const hours = (start: string) =>
    only(inMonths({ traffic: { requests: 1, per: 'hour', timezone: 'Europe/Berlin' }, request: dollar }, { start }))
  expect([hours('2026-10'), hours('2027-03')].map(({ requests, hours }) => [requests, hours])).toEqual([
    [745, 745],
    [743, 743],
  ])
})

it('traffic grows over the year’s end, the same all month', () => {
  const traffic = { requests: 1000, per: 'day', growth: '0.08' } as const
  const { months, total } = inMonths({ traffic, request: dollar }, { months: 4 })
  // 30, 31, 31 and 28 days; × 1, 1.08, 1.1664, 1.259712
  expect(months.map(({ month, costs }) => [month, costs.headline])).toEqual([
    ['2026-11', '30000'],
    ['2026-12', '33480'],
    ['2027-01', '36158.4'],
    ['2027-02', '35271.936'],
  ])
  expect(total.costs.headline).toBe('134910.336')
})

it('growth counts from its own month, whatever the first month is, and never back', () => {
  const requests = (traffic: Partial<NonNullable<Wish['traffic']>>, start: string) =>
    only(inMonths({ traffic: { requests: 1, per: 'month', growth: '0.5', ...traffic }, request: dollar }, { start }))
      .growth
  expect(requests({ growth_from: '2027-01' }, '2027-03')).toBe('2.25')
  expect(requests({ growth_from: '2027-01' }, '2026-12')).toBe('1')
  expect(requests({}, '2027-01')).toBe('2.25')
})

it('totals grow too', () => {
  const wish = { totals: { input: MILLION, output: 0 }, traffic: { per: 'day', growth: '1' } } as const
  const { months, total } = inMonths({ ...wish, cache: { policy: 'none' } }, { months: 2 })
  expect(months.map(({ costs }) => costs.headline)).toEqual(['30', '62'])
  expect(total.requests).toBeNull()
})

describe('a date is that calendar day in the zone, an instant is converted', () => {
  it.each([
    { at: '2026-11-30', first: '2026-11' },
    { at: '2026-11-30T12:00Z', first: '2026-12' },
    { at: '2026-11-30T09:00Z', first: '2026-11' },
  ])('$at in Kiritimati, 14 hours ahead', ({ at, first }) => {
    const traffic = { per: 'day', timezone: 'Pacific/Kiritimati' } as const
    expect(only(inMonths({ at, traffic, request: dollar })).month).toBe(first)
  })
})

describe('dated prices', () => {
  const row = (from: string, input: string, more: object = {}) => rowWith({ from, input, ...more })
  const rows = (...prices: readonly ReturnType<typeof rowWith>[]) => bookWith({ models: [modelWith({ prices })] })
  const traffic = { requests: 1, per: 'day' } as const

  it('split a month at the boundary’s half hour', () => {
    const change = '2026-12-16T12:30Z'
    const book = rows(row('2026-01-01', '1', { to: change }), row(change, '3'))
    const rateOf = (ms: number): string => (ms < Date.parse(change) ? '1' : '3')
    const month = only(inMonths({ traffic, request: dollar }, { book, start: '2026-12' }))
    const sums = byHour('2026-12', { ...traffic, timezone: 'UTC' }, { rateOf })
    expect(month.costs.headline).toBe(
      print(Object.entries(sums).reduce((all, [rate, { requests }]) => all.plus(requests.times(rate)), usd(0))),
    )
    // 15 days and 12½ hours; the rest of 744.
    expect(month.prices.map(({ row_from, hours }) => [row_from, hours])).toEqual([
      ['2026-01-01', '372.5'],
      [change, '371.5'],
    ])
    expect(month.assumed).toEqual([])
  })

  it('hours before the first row take that row', () => {
    const month = only(inMonths({ traffic, request: dollar }, { book: rows(row('2026-11-11', '2')) }))
    expect(month.costs.headline).toBe('60')
    expect(month.assumed).toEqual(['first_row'])
  })

  it('a promotion goes on after its last sure day, as an assumption', () => {
    const book = rows(row('2026-01-01', '2', { until_at_least: '2026-12-10' }))
    const { months } = inMonths({ traffic, request: dollar }, { book, months: 2 })
    expect(months.map(({ costs, assumed }) => [costs.headline, assumed])).toEqual([
      ['60', []],
      ['62', ['promotion']],
    ])
  })

  it('hours without a price make the month unknown and the total at least', () => {
    const book = rows(row('2026-01-01', '2', { to: '2026-12-31T23:00Z' }))
    const { months, total } = inMonths({ traffic, request: dollar }, { book, months: 2 })
    expect(months.map(({ costs }) => costs.headline)).toEqual(['60', null])
    expect(months[1]?.reasons.headline).toBe('demo has no price at 2026-12-31T23:00:00Z')
    expect(total).toMatchObject({ costs: { headline: null }, at_least: { headline: '60' } })
  })

  it('hours without a price and without traffic change nothing', () => {
    // 2026-12-05 and 06 are a weekend.
    const book = rows(row('2026-01-01', '2', { to: '2026-12-05' }), row('2026-12-07', '2'))
    const wish = { traffic: { ...traffic, weekdays_only: true }, request: dollar }
    // 23 working days
    expect(only(inMonths(wish, { book, start: '2026-12' })).costs.headline).toBe('46')
  })

  it('no month with a price is no answer', () => {
    const work = () =>
      inMonths({ traffic, request: dollar }, { book: rows(row('2026-01-01', '2', { to: '2026-02-01' })) })
    expect(work).toThrow(InputError)
    expect(work).toThrow('demo has no price at 2026-11-01T00:00:00Z')
  })
})

it('a run has no calendar', () => {
  expect(() => inMonths({ request: dollar })).toThrow('a forecast needs traffic over time, but this scenario is a run')
})

it('a fleet pays each leg by its own hours, and the router by requests', () => {
  const hourly = modelWith({
    id: 'hourly',
    row: {
      windows: [
        {
          name: 'noon',
          timezone: 'UTC',
          weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
          hours: ['12:00-18:00'],
          holidays: 'apply',
          input: '5',
          cache_read: '0.1',
          output: '2',
        },
      ],
    },
  })
  const legs = [
    { model: 'demo', share: 0.75 },
    { model: 'hourly', share: 0.25 },
  ]
  const wish = { at: '2026-11-23', traffic: { requests: 4, per: 'day' }, request: dollar } as const
  const fleet = fleetWith({ legs, router_usd_per_1k: '1' }, wish)
  const book = bookWith({ models: [modelWith(), hourly] })
  const [one] = forecast([fleet], priced(book), { at: '2026-11-23', months: 1 }).scenarios
  // 90 × $1; 30 × (18 hours at $1, 6 at $5: $2); the router $0.12
  expect(one?.months[0]?.costs.headline).toBe('150.12')
})

describe('your own cluster, month by month', () => {
  const self: Partial<SelfHost> = {
    nodes: null,
    usd_per_node_hour: { low: '2', high: '2' },
    rates: { kind: 'phases', prefill: '1000', cached_prefill: '1000', decode: '1000' },
    fixed_usd_per_month: '500',
  }
  const traffic = { requests: 20, per: 'day', growth: '0.15' } as const

  // A node does 86.4M tokens a day, 69.12M of them at 80%. It costs $2 an hour. The API: $1 per 1M tokens.
  it('has whole nodes, its fixed cost once a month, and the crossing month of a brute force', () => {
    const own = scenarioWith({ at: '2026-11-23', traffic, request: dollar, self_host: clusterWith(self) })
    const days = [30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31]
    const [one] = forecast([own], priced(bookWith()), { at: '2026-11-23', months: 24 }).scenarios
    let crossing: string | null = null
    const brute = days.map((count, i) => {
      const perDay = usd('1.15').pow(i).times(20)
      const nodes = perDay.div('69.12').ceil()
      const [cluster, api] = [nodes.times(48 * count).plus(500), perDay.times(count)]
      if (crossing === null && cluster.lt(api)) crossing = one?.months[i]?.month ?? null
      return [nodes.toNumber(), print(cluster), print(api)]
    })
    expect(
      one?.months.map(({ self_hosted, costs }) => [self_hosted?.nodes, costs.self_hosted, costs.headline]),
    ).toEqual(brute)
    // 20M × 1.15^13 × 31 days: $3,815 at the API, 2 nodes × $48 × 31 + $500: $3,476. A month before: $3,210, $3,380.
    expect(crossing).toBe('2027-12')
    expect(one?.self_hosting).toEqual({ view: 'cached', cheaper_from: { low: crossing, high: crossing } })
  })

  it('is sized for the busiest hour of the month: office hours on working days', () => {
    const busy = { requests: 100, per: 'day', profile: 'office-hours', weekdays_only: true } as const
    const month = only(inMonths({ traffic: busy, request: dollar, self_host: clusterWith(self) }))
    // 10M an hour are 240M a day: 240 ÷ 69.12 = 3.47 nodes; 4 × $2 × 720 hours + $500
    expect(month.self_hosted).toMatchObject({ nodes: 4, usd: '6260' })
  })

  it('that cannot serve a month’s traffic is unknown in that month, with the reason', () => {
    const fixed = clusterWith({ nodes: 1, rates: { kind: 'stated', tokens_per_day: '30000000' } })
    const { months, total } = inMonths({ traffic, request: dollar, self_host: fixed }, { months: 3 })
    // 80% of 30M are 24M a day; 20M, 23M, 26.45M
    expect(months.map(({ costs }) => costs.self_hosted)).toEqual(['7200', '7440', null])
    expect(months[2]?.reasons.self_hosted).toContain('more than max_utilisation allows')
    expect(total.at_least.self_hosted).toBe('14640')
  })
})
