import { describe, expect, it } from 'vitest'
import { priceRange } from '../../../src/cost/api/price-range.ts'
import { scheduleOf } from '../../../src/cost/rates/calendar-bands.ts'
import { calendarMonth } from '../../../src/cost/time/calendar-month.ts'
import { ONE, toDecimals } from '../../../src/model/number/money.ts'
import type { Traffic } from '../../../src/model/scenario/scenario.ts'
import type { SelfHost } from '../../../src/model/scenario/self-host.ts'
import { hostMonth } from '../../../src/plan/forecast/host-month.ts'
import { bookWith, clusterWith, MILLION, scenarioWith } from '../../cost/build.ts'

/** USD in a month of nodes at $10 an hour that do 86.4M tokens a day, 69.12M at the 80% allowed. */
const usd = (month: string, traffic: Partial<Traffic>, self: Partial<SelfHost> = {}) => {
  const scenario = scenarioWith({ traffic: { per: 'day', ...traffic }, request: { turn: MILLION } })
  const calendar = calendarMonth(scenario.traffic, month)
  const schedule = scheduleOf(calendar.stretches, { growth: ONE, requests: scenario.traffic.requests })
  const streams = [priceRange(scenario, { book: bookWith(), at: `${month}-01`, schedule })]
  const rates = { kind: 'phases', prefill: '1000', cached_prefill: '1000', decode: '1000' } as const
  const cost = hostMonth(clusterWith({ nodes: null, rates, ...self }), calendar, streams)?.cost
  return cost && toDecimals(cost.low, 9)
}

describe('a cluster’s month', () => {
  it.each<{ it: string; month: string; traffic: Partial<Traffic>; self?: Partial<SelfHost>; usd: string }>([
    { it: 'one node, 720 hours', month: '2026-11', traffic: { requests: 60 }, usd: '7200' },
    { it: 'one node, 672 hours', month: '2027-02', traffic: { requests: 60 }, usd: '6720' },
    { it: 'two nodes from 69.12M a day on', month: '2026-11', traffic: { requests: 70 }, usd: '14400' },
    {
      it: 'the hour that a clock change takes is not paid',
      month: '2027-03',
      // A day of 23 hours has its 60M in fewer hours: 62.6M a day at that pace.
      traffic: { requests: 60, timezone: 'Europe/Berlin' },
      usd: '7430',
    },
    {
      it: 'the busiest day decides: 67M in 23 hours are 69.9M a day',
      month: '2027-03',
      traffic: { requests: 67, timezone: 'Europe/Berlin' },
      usd: '14860',
    },
    {
      it: 'the fixed cost comes once, be the month long or short',
      month: '2027-02',
      traffic: { requests: 60 },
      self: { fixed_usd_per_month: '1000' },
      usd: '7720',
    },
    {
      it: 'nodes that follow the traffic: 10 of 24 hours two, else one; 30 × (10 × 2 + 14) × $10',
      month: '2026-11',
      // 30M in 10 hours are 72M a day; without traffic one node stays.
      traffic: { requests: 30, profile: 'office-hours' },
      self: { autoscale: true },
      usd: '10200',
    },
  ])('$it', ({ month, traffic, self, usd: expected }) => {
    expect(usd(month, traffic, self)).toBe(expected)
  })
})
