import fc from 'fast-check'
import { expect, it } from 'vitest'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import { VIEW_KEYS } from '../../../src/model/views.ts'
import { priceMonth } from '../../../src/plan/forecast/price-month.ts'
import { bookWith, fleetWith, scenarioWith } from '../../cost/build.ts'

const size = fc.integer({ min: 1, max: 100_000 })
const rate = fc.integer({ min: 1, max: 99_999 }).map(micros => `${micros / 1000}`)
const NONE = { growth: '0', from: '2026-11' }

it('a flat price and a flat profile make a month of requests times the cost of one, exactly', () => {
  fc.assert(
    fc.property(
      fc.record({ requests: fc.integer({ min: 1, max: 5000 }), shared: size, turn: size, output: size, input: rate }),
      fc.integer({ min: 1, max: 5 }),
      ({ requests, input, ...request }, turns) => {
        const book = bookWith({ row: { input } })
        const scenario = scenarioWith({ traffic: { requests, per: 'day' }, request: { ...request, turns } })
        const day = priceScenario(scenario, book, '2026-11-01')
        const month = priceMonth(scenario, book, { month: '2026-11', growth: NONE })
        for (const view of VIEW_KEYS) {
          const [whole, one] = [month.costs[view], day.costs[view]]
          // 30 days of the same requests.
          expect(whole?.low.toFixed()).toBe(one?.low.times(30).toFixed())
        }
      },
    ),
  )
})

it('one leg is no split, and two legs of one model cost no more than one at list price', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), size, (percent, turn) => {
      const wish = { traffic: { requests: 100, per: 'day' }, request: { turn } } as const
      const price = (scenario: Parameters<typeof priceMonth>[0]) =>
        priceMonth(scenario, bookWith(), { month: '2027-02', growth: NONE }).costs.headline?.low.toFixed()
      const alone = price(scenarioWith(wish))
      const legs = [
        { model: 'demo', share: percent / 100 },
        { model: 'demo', share: Number((1 - percent / 100).toFixed(2)) },
      ]
      expect(price(fleetWith({ legs: [{ model: 'demo', share: 1 }] }, wish))).toBe(alone)
      expect(price(fleetWith({ legs }, wish))).toBe(alone)
    }),
  )
})
