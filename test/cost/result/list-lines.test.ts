import { describe, expect, it } from 'vitest'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import { selfHosting } from '../../../src/cost/fleet/self-host.ts'
import { listLines } from '../../../src/cost/result/list-lines.ts'
import type { Book } from '../../../src/model/book/book.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import { about, bookWith, clusterWith, fleetWith, MILLION, modelWith, scenarioWith } from '../build.ts'

const linesOf = (scenario: Scenario, book: Book = bookWith()) => {
  const priced = priceScenario(scenario, book, '2026-01-01')
  return listLines(priced, selfHosting(priced))
}
const told = (scenario: Scenario, view: string, book?: Book) =>
  linesOf(scenario, book).flatMap(line =>
    line.view === view ? [[line.leg, line.model, line.meter, line.quantity, line.rate, line.cost]] : [],
  )

const two = bookWith({
  models: [modelWith(), modelWith({ id: 'dear', row: { input: '10', cache_read: '1', output: '20' } })],
})

describe('the lines of a view', () => {
  it('are quantity × rate = cost, meter by meter', () => {
    const scenario = scenarioWith({ traffic: { requests: 2 }, request: { shared: MILLION, output: MILLION } })
    expect(told(scenario, 'headline')).toEqual([
      [0, 'demo', 'input', 2 * MILLION, '1', '2'],
      [0, 'demo', 'output', 2 * MILLION, '2', '4'],
    ])
    // The second of two requests reads what the first sent.
    expect(told(scenario, 'cached')).toEqual([
      [0, 'demo', 'input', MILLION, '1', '1'],
      [0, 'demo', 'cache_read', MILLION, '0.1', '0.1'],
      [0, 'demo', 'output', 2 * MILLION, '2', '4'],
    ])
  })

  it('are there for no view that is unknown, or not offered', () => {
    const views = linesOf(scenarioWith({ totals: { input: 1000, output: 10 } })).map(({ view }) => view)
    expect([...new Set(views)]).toEqual(['headline', 'cached_ideal'])
  })

  // Half of four requests on each, a router at $5 for 1,000.
  it('go leg by leg, and the router is the last', () => {
    const fleet = fleetWith(
      {
        legs: ['demo', 'dear'].map(model => ({ model, share: 0.5 })),
        router_usd_per_1k: '5',
        baselines: [],
      },
      { traffic: { requests: 4 }, request: { turn: MILLION } },
    )
    expect(told(fleet, 'headline', two)).toEqual([
      [0, 'demo', 'input', 2 * MILLION, '1', '2'],
      [1, 'dear', 'input', 2 * MILLION, '10', '20'],
      [2, 'router', 'router', 4, '5', '0.02'],
    ])
  })

  it('add up the sizes of a workload at one rate: a quarter at 4 times the tokens, 0.75 + 1', () => {
    const scenario = scenarioWith({
      request: { turn: MILLION },
      sizes: [
        { share: '0.75', tokens: '1' },
        { share: '0.25', tokens: '4' },
      ],
    })
    expect(told(scenario, 'headline')).toEqual([[0, 'demo', 'input', 1_750_000, '1', '1.75']])
  })

  // 1,000 to 3,000 tokens: below 2,000 at $1, above at $5 per 1M.
  it('are 0 at the end that does not have them', () => {
    const tiers = [{ threshold: 2000, operator: '>', input: '5', cache_read: '0.5', output: '10' }] as const
    const book = bookWith({ row: { tiers: [...tiers] } })
    expect(told(scenarioWith({ request: { turn: about(1500, 1000, 3000) } }), 'headline', book)).toEqual([
      [0, 'demo', 'input', { low: 0, high: 1000 }, '1', { low: '0', high: '0.001' }],
      [0, 'demo', 'input', { low: 0, high: 3000 }, '5', { low: '0', high: '0.015' }],
    ])
  })
})

describe('a cluster', () => {
  const daily = { traffic: { requests: 24, per: 'day' }, request: { turn: MILLION, output: MILLION } } as const

  it('has lines of a view of its own, beside those of the API', () => {
    const scenario = scenarioWith({ ...daily, self_host: clusterWith({ model: null }) })
    expect(told(scenario, 'self_hosted')).toEqual([[0, 'cluster', 'gpu_hours', 192, '1.25', '240']])
    expect(told(scenario, 'headline').map(([, , meter]) => meter)).toEqual(['input', 'output'])
  })

  it('has those of its leg in every view that the other legs have', () => {
    const legs = [
      { model: 'demo', share: 0.5 },
      { model: 'dear', share: 0.5, self_host: true as const },
    ]
    const fleet = { ...fleetWith({ legs, baselines: [] }, daily), self_host: clusterWith({ model: 'dear' }) }
    expect(told(fleet, 'cached_ideal', two)).toEqual([
      [0, 'demo', 'cache_read', 12 * MILLION, '0.1', '1.2'],
      [0, 'demo', 'output', 12 * MILLION, '2', '24'],
      [1, 'dear', 'gpu_hours', 192, '1.25', '240'],
    ])
    expect(told(fleet, 'batch', two)).toEqual([])
    expect(told(fleet, 'self_hosted', two)).toEqual([])
  })
})
