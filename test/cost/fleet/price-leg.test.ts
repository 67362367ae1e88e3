import { describe, expect, it } from 'vitest'
import { printCost } from '../../../src/cost/fleet/costs.ts'
import { onModel, priceLeg, priceShares, refuseEndless } from '../../../src/cost/fleet/price-leg.ts'
import { splitBySize, splitRoutes } from '../../../src/cost/workload/split-routes.ts'
import { exact, ONE } from '../../../src/model/number/money.ts'
import { VIEW_KEYS } from '../../../src/model/views.ts'
import { about, bookWith, clusterWith, fleetWith, MILLION, modelWith, routingWith, scenarioWith } from '../build.ts'

const dear = modelWith({ id: 'dear', row: { input: '10', cache_read: '1', output: '20' } })
const book = bookWith({ models: [modelWith(), dear] })
const given = { book, at: '2026-01-01' }

describe('a scenario on one of its models', () => {
  const legs = (tokens: string) => [
    { model: 'demo', share: 0.75 },
    { model: 'dear', share: 0.25, tokens },
  ]

  it('has the text as that model counts it, and the sizes of the fleet', () => {
    const { request } = scenarioWith({ request: { turn: 7 } })
    const fleet = { ...fleetWith({ legs: legs('2') }), counted: { dear: { request, counting: null } } }
    expect(onModel(fleet, { model: 'demo' }).request?.turn).toBe(0)
    const single = onModel(fleet, { model: 'dear' })
    expect([single.model, single.request?.turn]).toEqual(['dear', 7])
    expect([single.routing, single.counted]).toEqual([undefined, undefined])
    expect(single.sizes).toEqual([
      { share: '0.75', tokens: '1' },
      { share: '0.25', tokens: '2' },
    ])
  })

  it('has no sizes where all are the same', () => {
    expect(onModel(fleetWith({ legs: legs('1') }), { model: 'demo' }).sizes).toBeUndefined()
  })
})

describe('what all models together have to compute', () => {
  // A million calls are the most; an estimate is computed three times.
  it.each<{ it: string; turns: number; estimate: boolean; refused: boolean }>([
    { it: 'is a million at most', turns: 500_000, estimate: false, refused: false },
    { it: 'is not one more', turns: 500_001, estimate: false, refused: true },
    { it: 'is three times as much for an estimate', turns: 166_666, estimate: true, refused: false },
    { it: 'is then too much beyond a third', turns: 166_667, estimate: true, refused: true },
  ])('$it', ({ turns, estimate, refused }) => {
    const routing = { legs: ['demo', 'dear'].map(model => ({ model, share: 0.5 })) }
    const fleet = fleetWith(routing, { request: { turns, turn: estimate ? about(2, 1, 3) : 2 } })
    const refuse = () => refuseEndless(fleet, splitRoutes(routingWith(routing), turns).legs)
    if (refused) expect(refuse).toThrow()
    else expect(refuse).not.toThrow()
  })
})

describe('the price of shares', () => {
  it('is that of their requests: 1 of 4 at $1, 3 of 4 at $10', () => {
    const work = (model: string) => scenarioWith({ model, traffic: { requests: 4 }, request: { turn: MILLION } })
    const legs = priceShares(
      [
        { work: work('demo'), share: exact('0.25') },
        { work: work('dear'), share: exact('0.75') },
      ],
      given,
    )
    expect(legs.map(({ costs }) => printCost(costs.headline))).toEqual(['1', '30'])
  })

  // Two requests of one prefix: the second reads it, 1 + 0.1; on two models each is the first.
  it('finds warm only what its own requests sent', () => {
    const work = scenarioWith({ traffic: { requests: 2 }, request: { shared: MILLION } })
    const cached = (share: string) =>
      printCost(priceShares([{ work, share: exact(share) }], given)[0]?.costs.cached ?? null)
    expect([cached('1'), cached('0.5')]).toEqual(['1.1', '1'])
  })
})

describe('a leg on the cluster', () => {
  const route = { model: 'demo', served: ONE, tried: ONE, streams: splitBySize(undefined, 1) }
  const scenario = scenarioWith({ traffic: { per: 'day' }, request: { turn: MILLION }, self_host: clusterWith() })

  it('costs the cluster’s bill in every view, a batch too: 24 × $10', () => {
    const leg = priceLeg({ ...route, selfHost: true }, scenario, given)
    expect(VIEW_KEYS.map(view => printCost(leg.costs[view]))).toEqual(Array(5).fill('240'))
    expect([printCost(leg.apiCosts.headline), leg.apiCosts.batch]).toEqual(['1', null])
  })

  it('is not one that the API serves', () => {
    const leg = priceLeg({ ...route, selfHost: false }, scenario, given)
    expect([leg.cluster, printCost(leg.costs.headline)]).toEqual([null, '1'])
  })
})
