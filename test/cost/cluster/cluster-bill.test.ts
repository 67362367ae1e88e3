import { describe, expect, it } from 'vitest'
import { estimate } from '../../../src/cost/result/estimate.ts'
import { exact, sum } from '../../../src/model/number/money.ts'
import { highOf, lowOf } from '../../../src/model/number/range.ts'
import type { ScenarioResult } from '../../../src/model/result/result.ts'
import type { Leg } from '../../../src/model/scenario/routing.ts'
import { about, bookWith, clusterWith, fleetWith, MILLION, priced, scenarioWith, type Wish } from '../build.ts'

// A node at $10 an hour that does 240M tokens a day: at half its use $2 per 1M. 1M to 2M tokens in, 1.5M as stated.
const estimated: Wish = {
  request: { turn: about(1.5 * MILLION, MILLION, 2 * MILLION) },
  cache: { policy: 'none' },
}
const halfUsed = { utilisation: 0.5 }

const resultOf = (scenario: Parameters<typeof estimate>[0][number]): ScenarioResult => {
  const [result] = estimate([scenario], priced(bookWith()), '2026-01-01').scenarios
  if (!result) throw new Error('one scenario is one result')
  return result
}

const leg = (wish: Wish, self: Parameters<typeof clusterWith>[0], legs: readonly Leg[] = [own(1)]): ScenarioResult =>
  resultOf({ ...fleetWith({ legs, baselines: [] }, wish), self_host: clusterWith(self) })

const own = (share: number): Leg => ({ model: 'demo', share, tokens: '1', promote_at_turn: null, self_host: true })

const beside = (wish: Wish, self: Parameters<typeof clusterWith>[0]): ScenarioResult =>
  resultOf({ ...scenarioWith(wish), self_host: clusterWith(self) })

describe('estimated tokens on a cluster', () => {
  it('cost the same whether it stands beside the API or serves the only leg', () => {
    const range = { low: '2', high: '4' }
    expect(beside(estimated, halfUsed).costs.self_hosted).toEqual(range)
    const { costs, self_host } = leg(estimated, halfUsed)
    expect([costs.headline, costs.cached]).toEqual([range, range])
    // The API asks $1 to $2 for the same: the least is saved where the cluster is dear and the API cheap.
    expect(self_host?.saving.headline).toEqual({ low: -3, high: 0 })
    expect(beside(estimated, halfUsed).self_host?.saving.headline).toEqual({ low: -3, high: 0 })
  })
})

describe('the lines of a cluster add up to its cost, end by end', () => {
  const views = (result: ScenarioResult, view: ScenarioResult['lines'][number]['view']) => {
    const lines = result.lines.filter(line => line.view === view)
    const end = (of: typeof lowOf): string => sum(lines.map(({ cost }) => exact(of(cost)))).toFixed()
    return [end(lowOf), end(highOf)]
  }
  const self = { ...halfUsed, usd_per_node_hour: { low: '10', high: '15' }, variable_usd_per_1m: '0.5' }

  it('of estimated tokens and a range of prices', () => {
    // 1M at $2 and $0.50 … 2M at $3 and $0.50.
    expect(views(beside(estimated, self), 'self_hosted')).toEqual(['2.5', '7'])
    expect(views(leg(estimated, self), 'cached')).toEqual(['2.5', '7'])
  })

  it.each([
    ['for a run', {}],
    ['a day', { traffic: { requests: 10, per: 'day' as const } }],
  ])('of no work at all, %s', (_, traffic) => {
    const wish: Wish = { ...traffic, request: { turn: MILLION }, cache: { policy: 'none' } }
    const legs: Leg[] = [{ model: 'demo', share: 1, tokens: '1', promote_at_turn: null }, own(0)]
    const result = leg(wish, halfUsed, legs)
    const requests = result.requests
    expect(result.costs.headline).toBe(String(requests))
    expect(views(result, 'headline')).toEqual([String(requests), String(requests)])
    expect(JSON.stringify(result)).not.toContain('NaN')
  })
})

describe('a cluster that is filled exactly', () => {
  // 2,000 tokens at 3,000 a second and 1,000 at 600 are 7/3 s; 25,920 times 60,480 s: 70% of a day.
  const wish: Wish = {
    traffic: { requests: 25_920, per: 'day' },
    request: { turn: 2000, output: 1000 },
    cache: { policy: 'none' },
  }
  const rates = { kind: 'phases', prefill: '3000', decode: '600', cached_prefill: '3000' } as const

  it.each([
    ['to max_utilisation', { max_utilisation: 0.7 }],
    ['to the utilisation that is stated', { utilisation: 0.7, max_utilisation: 0.8 }],
  ])('%s serves its work', (_, self) => {
    const { costs, self_host } = beside(wish, { ...self, rates })
    expect([costs.self_hosted, self_host?.utilisation, self_host?.reason]).toEqual(['240', 0.7, null])
  })

  it('by a request more does not, and says so with the digits that show it', () => {
    const { self_host } = beside(
      { ...wish, traffic: { requests: 25_921, per: 'day' } },
      { rates, max_utilisation: 0.7 },
    )
    expect(self_host?.reason).toContain('70.003%')
  })

  it('by more than it is stated to do has a fix for nodes that follow the traffic too', () => {
    const profile = [2, ...Array<number>(23).fill(1)]
    const paced: Wish = { ...wish, traffic: { requests: 25_920, per: 'day', profile } }
    const { warnings } = beside(paced, { rates, autoscale: true, nodes: null, utilisation: 0.1 })
    expect(warnings.find(({ code }) => code === 'OVER_CAPACITY')?.fix).toMatch(/^write utilisation: \d+%$/)
  })
})

it('a price of the whole cluster is not divided by its nodes and multiplied again: break-even at just 100%', () => {
  // 24 × $2 a day over 64M tokens at $0.75: u* = 1. A third of $2 has no end.
  const wish: Wish = {
    traffic: { requests: 1, per: 'day' },
    request: { turn: MILLION },
    cache: { policy: 'none' },
  }
  const third = '0.66666666666666666666666666666666666666666666666667'
  const scenario = {
    ...scenarioWith(wish),
    self_host: clusterWith({
      nodes: 3,
      usd_per_hour: { low: '2', high: '2' },
      usd_per_node_hour: { low: third, high: third },
      rates: { kind: 'stated', tokens_per_day: '64000000' },
      max_utilisation: 1,
    }),
  }
  const [result] = estimate([scenario], priced(bookWith({ row: { input: '0.75' } })), '2026-01-01').scenarios
  expect(result?.self_host?.break_even.headline?.low).toMatchObject({ kind: 'at', utilisation: 1, attainable: true })
})
