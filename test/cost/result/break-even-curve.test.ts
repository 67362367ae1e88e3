import { describe, expect, it } from 'vitest'
import { breakEvenCurve } from '../../../src/cost/result/break-even-curve.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import type { View } from '../../../src/model/views.ts'
import { bookWith, clusterWith, MILLION, priced, scenarioWith, type Wish } from '../build.ts'

const at = '2026-01-01'

/** 48M tokens a day, half of them out: $72 on the API, $1.50 for 1M. */
const daily: Wish = {
  traffic: { requests: 24, per: 'day' },
  request: { turn: MILLION, output: MILLION },
  cache: { policy: 'none' },
}

const curve = (scenario: Scenario, view?: View) => {
  const { breakeven } = breakEvenCurve(scenario, priced(bookWith()), { at, view })
  if (!breakeven) throw new Error('no curve')
  return breakeven
}

describe('the curve of a cluster that does 240M tokens a day for $240', () => {
  const { points, hosted_price, gpu_price, capacity } = curve(scenarioWith({ ...daily, self_host: clusterWith() }))

  it('has 20 steps of 5%; half of it is 120M tokens, at $2 or $1.50 each million', () => {
    expect(points.map(({ utilisation }) => Math.round(utilisation * 100))).toEqual(
      Array.from({ length: 20 }, (_, i) => (i + 1) * 5),
    )
    expect(points[9]).toEqual({
      utilisation: 0.5,
      tokens_per_day: 120_000_000,
      self_hosted_usd_per_1m: '2',
      hosted_usd_per_1m: '1.5',
      self_hosted_usd_per_day: '240',
      hosted_usd_per_day: '180',
    })
  })

  // Break-even is at 240 of 360: two thirds. Twice the price of the API, or half of that of a GPU, halves it.
  it.each([
    { it: 'twice the price of the API halves it', moved: hosted_price, factor: 2, at: 1 / 3 },
    { it: 'half the price of a GPU halves it', moved: gpu_price, factor: 0.5, at: 1 / 3 },
    { it: 'four times the capacity quarters it', moved: capacity, factor: 4, at: 1 / 6 },
    { it: 'what is as it was leaves it', moved: gpu_price, factor: 1, at: 2 / 3 },
  ])('$it', ({ moved, factor, at: expected }) => {
    const found = moved.find(one => one.factor === factor)?.break_even
    expect(found?.low.utilisation).toBeCloseTo(expected, 12)
    expect(found?.high).toEqual(found?.low)
  })

  it('is out of reach at half of the price of the API: 4/3 of the cluster', () => {
    expect(hosted_price.find(({ factor }) => factor === 0.5)?.break_even.low.kind).toBe('never')
  })
})

it('a range of prices is one of the curve: $1 to $2 for 1M when it is full', () => {
  const self_host = clusterWith({ usd_per_node_hour: { low: '10', high: '20' } })
  const { points } = curve(scenarioWith({ ...daily, self_host }))
  expect(points.at(-1)).toMatchObject({
    self_hosted_usd_per_1m: { low: '1', high: '2' },
    self_hosted_usd_per_day: { low: '240', high: '480' },
    hosted_usd_per_1m: '1.5',
  })
})

describe('the view of the API', () => {
  // A conversation of three prompts of 1,000: $0.003 for 3,000 tokens, or one read in full and two at a tenth.
  const talk = scenarioWith({
    traffic: { per: 'day' },
    request: { turns: 3, session: 1000 },
    self_host: clusterWith(),
  })

  it('is cached, or what is asked for: 1,200 of 3,000, or 3,000', () => {
    expect([curve(talk).view, curve(talk).points[0]?.hosted_usd_per_1m]).toEqual(['cached', '0.4'])
    expect([curve(talk, 'headline').view, curve(talk, 'headline').points[0]?.hosted_usd_per_1m]).toEqual([
      'headline',
      '1',
    ])
  })

  it.each<{ it: string; scenario: Scenario; view?: View; code: string; path?: string[] }>([
    { it: 'has to have a price', scenario: talk, view: 'batch', code: 'VIEW_UNKNOWN' },
    { it: 'has to be compared with a cluster', scenario: scenarioWith(daily), code: 'NO_CLUSTER', path: ['model'] },
    {
      it: 'has to have work',
      scenario: scenarioWith({ traffic: { per: 'day' }, self_host: clusterWith() }),
      code: 'NO_WORK',
      path: ['self_host'],
    },
  ])('$it', ({ scenario, view, code, path }) => {
    expect(() => curve(scenario, view)).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ code, scenario: 'demo', ...(path ? { path } : {}) })],
      }),
    )
  })
})
