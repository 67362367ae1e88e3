import { expect, it } from 'vitest'
import { placeWorkload, priceBetween } from '../../../src/cost/diff/between.ts'
import { bookWith, fleetWith, MILLION, modelWith, scenarioWith } from '../build.ts'

const book = bookWith({
  models: [modelWith({ aliases: ['demo-latest'] }), modelWith({ id: 'other', row: { input: '3' } })],
})
const books = { a: book, b: book }
const servedAs = () => null

it('a workload that is served alike is told by the names of the base, text of a fleet too', () => {
  const own = { request: scenarioWith({ request: { turn: 9 } }).request, counting: null }
  const base = fleetWith({ legs: [{ model: 'demo', share: 1 }] })
  const head = { ...fleetWith({ legs: [{ model: 'demo-latest', share: 1 }] }), counted: { 'demo-latest': own } }
  const { to, alike } = placeWorkload(base, { scenario: head, servedAs }, books)
  expect(alike).toBe(true)
  expect(to).toMatchObject({ routing: base.routing, counted: { demo: own } })
})

it('a workload that is served otherwise is the head’s own word for it, or unknown', () => {
  const [base, scenario] = [scenarioWith(), scenarioWith({ model: 'other' })]
  expect(placeWorkload(base, { scenario, servedAs }, books)).toEqual({ to: null, alike: false })
  const placed = scenarioWith({ request: { turn: 1 } })
  expect(placeWorkload(base, { scenario, servedAs: () => placed }, books).to).toBe(placed)
})

it('the steps of a change: 1M at $1, 2M at $1, 2M at $3', () => {
  const base = { scenario: scenarioWith({ request: { turn: MILLION } }), at: '2026-01-01' }
  const scenario = scenarioWith({ model: 'other', request: { turn: 2 * MILLION } })
  const head = { scenario, at: '2026-01-01', servedAs: () => ({ ...scenario, model: 'demo' }) }
  const { workload, routing, why } = priceBetween(base, head, books)
  expect([workload.headline?.low.toFixed(), routing.headline?.low.toFixed(), why]).toEqual(['2', '6', null])
})
