import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import type { Book } from '../../../src/model/book/book.ts'
import { exact, type Money, toDecimals } from '../../../src/model/number/money.ts'
import type { Leg } from '../../../src/model/scenario/routing.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import { VIEW_KEYS, type View } from '../../../src/model/views.ts'
import { book, policy, request, traffic } from '../arbitrary.ts'
import { bookWith, fleetWith, modelWith, rowWith, scenarioWith } from '../build.ts'

const cost = (scenario: Scenario, prices: Book, view: View): Money => {
  const ends = priceScenario(scenario, prices, '2026-01-01').costs[view]
  if (ends === null) throw new Error(`${view} is unknown`)
  return ends.low
}

const LIST: readonly View[] = ['headline', 'cached_ideal', 'batch']

/** Three models: the random one, and two dearer ones of the same provider. */
const three = book.map((prices): Book => {
  const [model] = prices.models
  if (!model) throw new Error('a book has a model')
  const dearer = (id: string) => ({ ...model, id })
  return { ...prices, models: [model, dearer('second'), dearer('third')] }
})

/** Shares in whole per cent, sizes in tenths. */
const legs: fc.Arbitrary<Leg[]> = fc
  .record({
    cuts: fc.tuple(fc.nat({ max: 100 }), fc.nat({ max: 100 })),
    sizes: fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 40 }))),
  })
  .map(({ cuts, sizes }) => {
    const [a, b] = [Math.min(...cuts), Math.max(...cuts)]
    const shares = [a, b - a, 100 - b]
    return ['demo', 'second', 'third'].map((model, i) => ({
      model,
      share: Number(
        exact(shares[i] ?? 0)
          .times('0.01')
          .toFixed(),
      ),
      tokens: exact(sizes[i] ?? 10)
        .times('0.1')
        .toFixed(),
      promote_at_turn: null,
    }))
  })

const ask = fc.record({ traffic, request, cache: policy })

describe('whatever the workload and the book', () => {
  it('one leg equals no routing', () => {
    fc.assert(
      fc.property(ask, book, (wish, prices) => {
        const fleet = fleetWith({ legs: [{ model: 'demo', share: 1 }] }, wish)
        for (const view of VIEW_KEYS) {
          expect(cost(fleet, prices, view).eq(cost(scenarioWith(wish), prices, view)), view).toBe(true)
        }
      }),
    )
  })

  it('the order of a split’s legs never matters', () => {
    fc.assert(
      fc.property(ask, three, legs, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (wish, prices, own, order) => {
        const shuffled = order.flatMap(i => own[i] ?? [])
        for (const view of VIEW_KEYS) {
          const [a, b] = [own, shuffled].map(those =>
            cost(fleetWith({ legs: those, baselines: [] }, wish), prices, view),
          )
          expect(a && b?.eq(a), view).toBe(true)
        }
      }),
    )
  })

  it('a cascade costs no less than the split with the same served shares; in a run cached as well', () => {
    fc.assert(
      fc.property(ask, three, legs, (wish, prices, own) => {
        for (const view of wish.traffic.per === 'run' ? VIEW_KEYS : LIST) {
          const [split, cascade] = (['split', 'cascade'] as const).map(mode =>
            cost(fleetWith({ mode, legs: own, baselines: [] }, wish), prices, view),
          )
          expect(split && cascade?.gte(split), view).toBe(true)
        }
      }),
    )
  })

  it('a fleet costs what its legs cost, each as a part of a split', () => {
    fc.assert(
      fc.property(ask, three, legs, (wish, prices, own) => {
        const fleet = priceScenario(fleetWith({ legs: own, baselines: [] }, wish), prices, '2026-01-01')
        const alone = own.map(({ model, tokens, share }) => {
          const single = { ...scenarioWith({ ...wish, model, sizes: [{ share: '1', tokens }] }) }
          return cost(single, prices, 'headline').times(exact(String(share)))
        })
        const total = alone.reduce((sum, one) => sum.plus(one), exact(0))
        const low = fleet.costs.headline?.low
        expect(low && toDecimals(low, 30)).toBe(toDecimals(total, 30))
      }),
    )
  })
})

it('a cascade’s tries may keep a paced prefix so warm that it costs less than the split', () => {
  // $10 in, $0.01 read. 100K shared, 24 an hour, half of them served by each leg. A split's leg has λW = 1, and
  // reads 63.2%; the first leg of the cascade has 2, and reads 86.5%: 24 × 0.1353 < 12 × 0.3679 cold prompts.
  const row = { input: '10', cache_read: '0.01' }
  const prices = bookWith({ models: ['demo', 'second'].map(id => modelWith({ id, row: rowWith(row) })) })
  const wish = { traffic: { requests: 24, per: 'hour' }, request: { shared: 100_000 } } as const
  const [split, cascade] = (['split', 'cascade'] as const).map(mode => {
    const both = ['demo', 'second'].map(model => ({ model, share: 0.5 }))
    return cost(fleetWith({ mode, legs: both, baselines: [] }, wish), prices, 'cached')
  })
  expect(split && cascade?.lt(split)).toBe(true)
})
