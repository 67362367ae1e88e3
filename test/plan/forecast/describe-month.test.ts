import { expect, it } from 'vitest'
import { describeMonth } from '../../../src/plan/forecast/describe-month.ts'
import { priceMonth } from '../../../src/plan/forecast/price-month.ts'
import { bookWith, clusterWith, fleetWith, MILLION, modelWith, scenarioWith, type Wish } from '../../cost/build.ts'

const wish: Wish = { traffic: { requests: 4, per: 'day' }, request: { turn: MILLION, output: 100, turns: 2 } }
const none = { month: '2026-11', growth: { growth: '0.5', from: '2026-10' } }

it('a month says what it counted: growth, requests, calls, tokens, hours, rows', () => {
  const scenario = scenarioWith(wish)
  expect(describeMonth(priceMonth(scenario, bookWith(), none), scenario)).toMatchObject({
    growth: '1.5',
    // 4 × 30 × 1.5
    requests: 180,
    calls: 360,
    tokens: { prompt: 360 * MILLION, output: 36_000, exact: true },
    hours: 720,
    windows: [{ model: 'demo', window: null, hours: 720, share: 1 }],
    prices: [{ model: 'demo', row_from: '2026-01-01', row_to: null, hours: 720, source: 'made-up' }],
    assumed: [],
    notes: [],
    self_hosted: null,
  })
})

it('two legs of one model have its hours once', () => {
  const legs = [
    { model: 'demo', share: 0.5 },
    { model: 'demo', share: 0.25 },
    { model: 'other', share: 0.25 },
  ]
  const scenario = fleetWith({ legs }, wish)
  const book = bookWith({ models: [modelWith(), modelWith({ id: 'other' })] })
  const { windows } = describeMonth(priceMonth(scenario, book, none), scenario)
  expect(windows.map(({ model, hours, share }) => [model, hours, share])).toEqual([
    ['demo', 720, 1],
    ['other', 720, 1],
  ])
})

it('the leg of a cluster that cannot serve it makes every view unknown, with the reason', () => {
  const self_host = clusterWith({ rates: { kind: 'stated', tokens_per_day: '1000' } })
  const legs = [
    { model: 'demo', share: 0.5, self_host: true as const },
    { model: 'demo', share: 0.5 },
  ]
  const scenario = fleetWith({ legs }, { ...wish, self_host })
  const { costs, reasons } = describeMonth(priceMonth(scenario, bookWith(), none), scenario)
  expect(costs.headline).toBeNull()
  expect(reasons.headline).toContain('more than max_utilisation allows')
})
