import { expect, it } from 'vitest'
import { routesOf } from '../../../src/cost/fleet/price-scenario.ts'
import { calendarMonth } from '../../../src/cost/time/calendar-month.ts'
import type { Price } from '../../../src/model/book/book.ts'
import { exact } from '../../../src/model/number/money.ts'
import { priceSpell } from '../../../src/plan/forecast/price-spell.ts'
import { spellsOf } from '../../../src/plan/forecast/spells.ts'
import { bookWith, MILLION, modelWith, rowWith, scenarioWith, type Wish } from '../../cost/build.ts'

/** What each spell of November 2026 costs at list price, for one request of 1M tokens a day, doubled. */
const spells = (prices: readonly Price[], wish: Wish = {}) => {
  const scenario = scenarioWith({ traffic: { requests: 1, per: 'day' }, request: { turn: MILLION }, ...wish })
  const model = modelWith({ prices })
  const [route] = routesOf(scenario).legs
  if (!route) throw new Error('one model is one route')
  const { stretches } = calendarMonth(scenario.traffic, '2026-11')
  const given = { scenario, book: bookWith({ models: [model] }), growth: exact(2) }
  return spellsOf(stretches, { model, provider: undefined }).map(spell => {
    const { priced, faults } = priceSpell(spell, route, given)
    return {
      usd: priced?.leg.apiCosts.headline?.low.toFixed() ?? faults.map(({ code }) => code).join(),
      requests: priced?.hours.map(({ requests }) => requests.toFixed()) ?? [],
      assumed: priced?.assumed.map(({ code }) => code) ?? [],
    }
  })
}

it('a spell costs what its hours cost, growth included', () => {
  expect(spells([rowWith()])).toEqual([{ usd: '60', requests: ['60'], assumed: [] }])
})

it('a missing price is returned, other faults are thrown', () => {
  expect(spells([rowWith({ to: '2026-11-11' })]).map(({ usd }) => usd)).toEqual(['20', 'NO_PRICE_AT'])
  const cache = { policy: 'usage', read: 2 * MILLION } as const
  expect(() => spells([rowWith()], { cache })).toThrow('2000000')
})

it('says what is taken for granted', () => {
  const promotion = { from: '2026-11-11', until_at_least: '2026-11-21' }
  expect(spells([rowWith(promotion)]).map(({ assumed }) => assumed)).toEqual([['first_row'], [], ['promotion']])
  // Its end is known by now.
  const ended = spells([rowWith({ ...promotion, to: '2026-12-01' })])
  expect(ended.map(({ assumed }) => assumed)).toEqual([['first_row'], [], []])
})
