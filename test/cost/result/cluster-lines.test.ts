import { describe, expect, it } from 'vitest'
import { daysOf } from '../../../src/cost/cluster/demand.ts'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import { clusterLines } from '../../../src/cost/result/cluster-lines.ts'
import type { SelfHost } from '../../../src/model/scenario/self-host.ts'
import { bookWith, clusterWith, MILLION, scenarioWith, type Wish } from '../build.ts'

const place = { view: 'self_hosted', leg: 0, model: 'demo' } as const

/** Quantity × rate = cost of each line. */
const linesOf = (own: Partial<SelfHost>, traffic: Wish['traffic'] = { requests: 24, per: 'day' }) => {
  const self = clusterWith(own)
  const scenario = scenarioWith({ traffic, request: { turn: MILLION, output: MILLION }, self_host: self })
  const { cluster } = priceScenario(scenario, bookWith(), '2026-01-01')
  if (!cluster?.bill) throw new Error('no bill')
  return clusterLines(self, cluster.bill, { days: daysOf(scenario.traffic), place })
}
const told = (...given: Parameters<typeof linesOf>) =>
  linesOf(...given).map(({ meter, quantity, rate, cost }) => [meter, quantity, rate, cost])

describe('the lines of a cluster', () => {
  // 8 GPUs for 24 hours; $10 a node are $1.25 a GPU.
  it('have the GPU hours of a whole day, busy or idle', () => {
    expect(told({})).toEqual([['gpu_hours', 192, '1.25', '240']])
  })

  it('are those of the period: a week is 1,344 GPU hours, as is one of five working days', () => {
    expect(told({}, { requests: 168, per: 'week' })).toEqual([['gpu_hours', 1344, '1.25', '1680']])
    // 7/5 of 192 hours each working day.
    expect(told({}, { requests: 24, per: 'day', weekdays_only: true })).toEqual([['gpu_hours', '268.8', '1.25', '336']])
  })

  // 48M of half of 240M a day are 0.4 days.
  it('have the time that its tokens take, where a utilisation is stated', () => {
    expect(told({ utilisation: 0.5 })).toEqual([['gpu_hours', '76.8', '1.25', '96']])
  })

  // A year of 365 days has 12 months: $730 a month are $24 a day, and $0.25 for each of 48M.
  it('leave out what costs nothing, and have what is paid by the month and by the token', () => {
    expect(told({ fixed_usd_per_month: '730', variable_usd_per_1m: '0.25' })).toEqual([
      ['gpu_hours', 192, '1.25', '240'],
      ['cluster_month', '0.032876712329', '730', '24'],
      ['cluster_tokens', 48_000_000, '0.25', '12'],
    ])
    expect(told({ usd_per_node_hour: { low: '0', high: '0' } })).toEqual([])
  })

  it('have both ends of its price, and say where it is from', () => {
    const [line] = linesOf({ usd_per_node_hour: { low: '10', high: '20' }, price_from: 'a list' })
    expect(line).toMatchObject({
      ...place,
      quantity: 192,
      rate: { low: '1.25', high: '2.5' },
      cost: { low: '240', high: '480' },
      source: 'a list',
    })
  })
})
