import { describe, expect, it } from 'vitest'
import { estimate } from '../../../src/cost/result/estimate.ts'
import { collect, type Problem } from '../../../src/errors/index.ts'
import type { Book } from '../../../src/model/book/book.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import { bookWith, codesOf, fleetWith, modelWith, priced, scenarioWith } from '../build.ts'

/** cheap: $1 in, $0.10 read, $2 out; dear: ten times that. Per 1M tokens. */
const book: Book = bookWith({
  models: [
    modelWith({ id: 'cheap' }),
    modelWith({ id: 'dear', context: 2500, row: { input: '10', cache_read: '1', output: '20' } }),
  ],
})

const resultOf = (scenario: Scenario, prices: Book = book) => {
  const [result] = estimate([scenario], priced(prices), '2026-01-01').scenarios
  if (!result?.routing) throw new Error('no fleet')
  return { ...result, routing: result.routing }
}

const collectFaults = (work: () => unknown): string[] => {
  const faults: Problem[] = []
  collect(faults, work)
  return faults.map(({ code, path }) => `${code} ${path?.join('.')}`)
}

const half = (share: number, rest: object = {}) => [
  { model: 'cheap', share: 1 - share },
  { model: 'dear', share, ...rest },
]

// 1,000 requests of 3,000 tokens in and 1,000 out: $5 all on cheap, $50 all on dear.
const thousand = {
  traffic: { requests: 1000 },
  request: { turn: 3000, output: 1000 },
  cache: { policy: 'none' },
} as const

describe('a split', () => {
  it('costs each leg by its share: 0.8 × 5 + 0.2 × 50 = 14', () => {
    const { costs, calls, model, routing } = resultOf(fleetWith({ legs: half(0.2) }, thousand))
    expect({ headline: costs.headline, calls, model }).toEqual({ headline: '14', calls: 1000, model: null })
    expect(routing.legs.map(leg => [leg.model, leg.requests, leg.costs.headline])).toEqual([
      ['cheap', 800, '4'],
      ['dear', 200, '10'],
    ])
  })

  it('sets the fleet beside every leg alone: 14 is 2.8 × 5, and 72% less than 50', () => {
    const { routing } = resultOf(fleetWith({ legs: half(0.2) }, thousand))
    expect(routing.baselines.map(one => [one.model, one.costs.headline, one.saving.headline])).toEqual([
      ['cheap', '5', -1.8],
      ['dear', '50', 0.72],
    ])
  })

  it('multiplies the tokens of a leg, and those of a baseline by the leg that served: 4 + 3 × 10 = 34; 5 × 1.4 = 7', () => {
    const { costs, routing } = resultOf(fleetWith({ legs: half(0.2, { tokens: '3' }) }, thousand))
    expect(costs.headline).toBe('34')
    // cheap alone: 800 requests of one size and 200 of three: 0.8 × 5 + 0.2 × 15 = 7; dear alone ten times that.
    expect(routing.baselines.map(one => one.costs.headline)).toEqual(['7', '70'])
  })

  it('calls each leg in its own service and region, and a baseline as its leg is called', () => {
    const source = 'made-up'
    const services = { flex: { factor: '0.5', source } }
    const served = bookWith({
      provider: { regions: { us: { factor: '1.1', models: ['dear'], source } } },
      models: [
        modelWith({ id: 'cheap', row: { services } }),
        modelWith({ id: 'dear', row: { input: '10', cache_read: '1', output: '20', services } }),
      ],
    })
    const legs = [
      { model: 'cheap', share: 0.8 },
      { model: 'dear', share: 0.2, service: 'standard', region: 'us' },
    ]
    // 0.8 × 5 × 0.5 + 0.2 × 50 × 1.1 = 2 + 11; each alone 2.5 and 55
    const { costs, service, region, routing } = resultOf(fleetWith({ legs }, { ...thousand, service: 'flex' }), served)
    expect([costs.headline, service, region]).toEqual(['13', 'flex', null])
    expect(routing.legs.map(leg => [leg.service, leg.region])).toEqual([
      ['flex', null],
      ['standard', 'us'],
    ])
    expect(routing.baselines.map(one => one.costs.headline)).toEqual(['2.5', '55'])
  })

  it('places a service that a leg lacks at its own key', () => {
    const legs = [
      { model: 'cheap', share: 0.5, service: 'flex' },
      { model: 'dear', share: 0.5 },
    ]
    const faults = collectFaults(() => resultOf(fleetWith({ legs }, { ...thousand, region: 'us' })))
    expect(faults).toEqual(['NO_SERVICE routing.legs.0.service', 'NO_REGION region', 'NO_REGION region'])
  })

  it('takes a multiplier with decimals exactly: 3,333 × 1.35 = 4,499.55 tokens', () => {
    const wish = { request: { turn: 3333 }, cache: { policy: 'none' } } as const
    const { costs, tokens } = resultOf(fleetWith({ legs: [{ model: 'cheap', share: 1, tokens: '1.35' }] }, wish))
    expect([costs.headline, tokens.prompt]).toEqual(['0.00449955', '4499.55'])
  })

  it('rounds to blocks after the multiplier: 2 × 150 fills two blocks of 128 where 150 fills one', () => {
    const prices = bookWith({ models: [modelWith({ id: 'cheap' })], rule: { block: 128 } })
    const hits = (tokens: string) => {
      const wish = { traffic: { requests: 2 }, request: { shared: 150 } }
      return resultOf(fleetWith({ legs: [{ model: 'cheap', share: 1, tokens }] }, wish), prices).tokens.cache_read
    }
    expect([hits('1'), hits('2')]).toEqual([128, 256])
  })

  it('takes the tier of the multiplied prompt', () => {
    const tiers = [{ threshold: 2000, operator: '>' as const, input: '5', cache_read: '5', output: '5' }]
    const prices = bookWith({ models: [modelWith({ id: 'cheap', row: { tiers } })] })
    const headline = (tokens: string) => {
      const wish = { request: { turn: 1000 } }
      return resultOf(fleetWith({ legs: [{ model: 'cheap', share: 1, tokens }] }, wish), prices).costs.headline
    }
    // At 2,000 tokens still $1 per 1M, at 2,000.1 already $5.
    expect([headline('2'), headline('2.0001')]).toEqual(['0.002', '0.0100005'])
  })

  it('splits totals by the shares: half of 1M in and 100K out on each', () => {
    const wish = { totals: { input: 1_000_000, output: 100_000 } }
    const { costs, calls, routing } = resultOf(fleetWith({ legs: half(0.5) }, wish))
    // 0.5 × (1 + 0.2) + 0.5 × (10 + 2)
    expect([costs.headline, calls, routing.legs[0]?.requests]).toEqual(['6.6', null, null])
  })

  it('keeps a leg warm by its own traffic only: λ by its share', () => {
    const wish = { traffic: { requests: 12, per: 'hour' }, request: { shared: 1000 } } as const
    const { routing } = resultOf(fleetWith({ legs: half(0.5) }, wish))
    // 6 an hour over 300 s: λW = 0.5, 1 − e^−0.5 = 0.393469340…
    expect(routing.legs.map(leg => leg.cache.warm_share)).toEqual([0.39346934, 0.39346934])
    // All on one model: λW = 1.
    expect(routing.baselines[0]?.cache.warm_share).toBe(0.632120559)
  })

  it('checks each leg against its own context', () => {
    const wish = { request: { turn: 2000 } }
    const plain = resultOf(fleetWith({ legs: half(0.2) }, wish))
    const large = resultOf(fleetWith({ legs: half(0.2, { tokens: '2' }) }, wish))
    expect([codesOf(plain.warnings), codesOf(large.warnings)]).toEqual([[], ['CONTEXT_EXCEEDED']])
    expect(large.routing.legs.map(({ fit }) => fit.fits)).toEqual([null, false])
    expect(large.fit.fits).toBe(false)
  })

  it('knows a view only where every leg does', () => {
    const prices = bookWith({
      models: [modelWith({ id: 'cheap' }), modelWith({ id: 'dear', row: { cache_read: null, note: 'not published' } })],
    })
    const { costs, reasons, complete } = resultOf(
      fleetWith({ legs: half(0.5) }, { request: { shared: 100 }, traffic: { requests: 4 } }),
      prices,
    )
    expect(costs).toMatchObject({ cached: null, cached_ideal: null })
    expect(reasons.cached).toBe('the cache_read rate of dear is unknown: not published')
    expect(complete).toBe(false)
  })

  it('counts fractional requests as expectations', () => {
    const { routing, costs } = resultOf(fleetWith({ legs: half(0.25) }, { ...thousand, traffic: { requests: 1 } }))
    expect(routing.legs.map(({ requests }) => requests)).toEqual(['0.75', '0.25'])
    expect(costs.headline).toBe('0.01625')
  })
})

describe('a cascade', () => {
  it('pays every try: all 1,000 on cheap, 200 again on dear: 5 + 10 = 15', () => {
    const { costs, calls, routing } = resultOf(fleetWith({ mode: 'cascade', legs: half(0.2) }, thousand))
    expect([costs.headline, calls]).toEqual(['15', 1200])
    expect(routing.legs.map(leg => [leg.requests, leg.tried])).toEqual([
      [800, 1000],
      [200, 200],
    ])
  })

  it('tries at the size of the leg that is tried, and the baseline serves each request once', () => {
    const { costs, routing } = resultOf(fleetWith({ mode: 'cascade', legs: half(0.2, { tokens: '3' }) }, thousand))
    expect(costs.headline).toBe('35')
    expect(routing.baselines.map(one => one.costs.headline)).toEqual(['7', '70'])
  })
})

// Prompts 1,100, 1,250, 1,400 and 1,550: 1,000 shared, 100 a turn, answers of 50 sent again.
const conversation = {
  traffic: { requests: 2 },
  request: { turns: 4, shared: 1000, turn: 100, history: true, output: 50 },
} as const

describe('a promotion in mid-conversation', () => {
  const promoted = resultOf(fleetWith({ legs: half(0.5, { promote_at_turn: 3 }) }, conversation))

  it('runs on the first leg up to its turn, then on its own', () => {
    // cheap: 5,300 + 2,350 in, 300 out; dear: 2,950 in, 100 out.
    expect(promoted.routing.legs.map(leg => leg.costs.headline)).toEqual(['0.00825', '0.0315'])
    expect(promoted.routing.legs.map(leg => [leg.requests, leg.tried, leg.calls])).toEqual([
      [1, 2, 6],
      [1, 1, 2],
    ])
    expect(promoted.calls).toBe(8)
  })

  it('starts from a cold cache: turn 3 is all missed, turn 4 finds turn 3', () => {
    // cheap reads 500 + 1,100 + 1,250 + 1,400 and 500 + 1,100 = 5,850 of 7,650; dear 1,400 of 2,950.
    expect(promoted.routing.legs.map(leg => leg.costs.cached)).toEqual(['0.002985', '0.0189'])
  })

  it('keeps the first leg warm as long as its part of the conversation lasts', () => {
    const paced = { ...conversation, traffic: { requests: 12, per: 'hour' } } as const
    const { routing } = resultOf(fleetWith({ legs: half(0.5, { promote_at_turn: 3 }) }, paced))
    // cheap: 6 an hour kept 300 + 3 × 30 s, and 6 kept 300 + 30 s: λW = 0.65 + 0.55 = 1.2; dear: 0.55.
    expect(routing.legs.map(leg => leg.cache.warm_share)).toEqual([0.698805788, 0.42305019])
  })

  it('is written where writing is billed: what the next call reads', () => {
    const prices = bookWith({
      models: [modelWith({ id: 'cheap' }), modelWith({ id: 'dear', row: { cache_write: '1.25' } })],
      rule: { lifetimes: [{ ttl_s: 300, write: 'cache_write' }] },
    })
    const { lines } = resultOf(fleetWith({ legs: half(0.5, { promote_at_turn: 3 }) }, conversation), prices)
    const written = lines.filter(({ view, leg, meter }) => view === 'cached' && leg === 1 && meter === 'cache_write')
    expect(written.map(({ quantity }) => quantity)).toEqual([1400])
  })
})

describe('beside the legs', () => {
  it('the first fallback serves its share of every size instead of the legs: 0.9 × 0.0012 + 0.1 × 0.012', () => {
    const wish = { request: { turn: 1000, output: 100 } }
    const fleet = { legs: [{ model: 'cheap', share: 1 }], fallback: ['dear'], fallback_share: 0.1 }
    const { costs, routing } = resultOf(fleetWith(fleet, wish))
    expect(costs.headline).toBe('0.00228')
    expect(routing.fallback).toMatchObject({ model: 'dear', share: 0.1, costs: { headline: '0.0012' } })
  })

  it('what fails on a later leg of a cascade has paid for the tries before it', () => {
    // Of 100 requests 10 fall back: leg 1 tries 45 + 50, as the 5 that fail on leg 2 came by it; leg 2 serves 45.
    const fleet = { mode: 'cascade' as const, legs: half(0.5), fallback: ['dear'], fallback_share: 0.1 }
    const { routing, calls } = resultOf(fleetWith(fleet, { ...thousand, traffic: { requests: 100 } }))
    expect(routing.legs.map(({ requests, calls: tries }) => [requests, tries])).toEqual([
      [45, 95],
      [45, 45],
    ])
    expect(calls).toBe(95 + 45 + 10)
  })

  it('two names of one model are one baseline', () => {
    const prices = bookWith({
      models: [modelWith({ id: 'cheap', aliases: ['cheap-latest'] }), modelWith({ id: 'dear' })],
    })
    const legs = [
      { model: 'cheap', share: 0.5 },
      { model: 'cheap-latest', share: 0.5 },
    ]
    const { routing } = resultOf(fleetWith({ legs, baselines: ['cheap', 'cheap-latest', 'dear'] }, thousand), prices)
    expect(routing.baselines.map(({ model }) => model)).toEqual(['cheap', 'dear'])
  })

  it('a fallback without a share costs nothing', () => {
    const { costs, routing } = resultOf(
      fleetWith({ legs: [{ model: 'cheap', share: 1 }], fallback: ['dear'] }, thousand),
    )
    expect([costs.headline, routing.fallback]).toEqual(['5', null])
  })

  it('the router is a line of the fleet, never of a baseline: 1,000 requests at $0.50 per 1,000', () => {
    const { costs, routing, lines } = resultOf(fleetWith({ legs: half(0.2), router_usd_per_1k: '0.5' }, thousand))
    expect([costs.headline, routing.baselines[0]?.costs.headline]).toEqual(['14.5', '5'])
    expect(lines.filter(({ view, meter }) => view === 'headline' && meter === 'router')).toMatchObject([
      { leg: 2, model: 'router', quantity: 1000, rate: '0.5', unit: '1K requests', cost: '0.5', source: 'scenario' },
    ])
  })

  it('lines add up to the cost of the fleet', () => {
    const fleet = { legs: half(0.2), router_usd_per_1k: '0.5', fallback: ['dear'], fallback_share: 0.5 }
    const { costs, lines } = resultOf(fleetWith(fleet, thousand))
    const headline = lines.filter(({ view }) => view === 'headline').map(({ cost }) => Number(cost))
    // Half of all is served by dear: 25; the other half as before: 7; the router 0.5.
    expect([costs.headline, headline.reduce((a, b) => a + b, 0)]).toEqual(['32.5', 32.5])
  })

  it('every fault of every leg is told at its key', () => {
    const fleet = fleetWith({ legs: half(0.5), baselines: [] }, { file: 'a.yaml' })
    expect(() => estimate([fleet], priced(bookWith({ models: [modelWith({ id: 'other' })] })), '2026-01-01')).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({ code: 'UNKNOWN_MODEL', path: ['routing', 'legs', 0, 'model'], scenario: 'a.yaml' }),
          expect.objectContaining({ code: 'UNKNOWN_MODEL', path: ['routing', 'legs', 1, 'model'], scenario: 'a.yaml' }),
        ],
      }),
    )
  })
})

it('one model that serves requests of several sizes keeps the prefix of each warm by all its traffic', () => {
  const sizes = [
    { share: '0.5', tokens: '1' },
    { share: '0.5', tokens: '2' },
  ]
  const wish = { model: 'cheap', sizes, traffic: { requests: 4 }, request: { shared: 1000 } }
  const [result] = estimate([scenarioWith(wish)], priced(book), '2026-01-01').scenarios
  // 3 of 4 requests are warm: 2 × 1,000 + 2 × 2,000 tokens sent, three quarters of them read.
  expect(result?.tokens).toMatchObject({ prompt: 6000, cache_read: 4500 })
})
