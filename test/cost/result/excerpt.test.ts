import { describe, expect, it } from 'vitest'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import { excerptBook } from '../../../src/cost/result/excerpt.ts'
import type { Book } from '../../../src/model/book/book.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import { bookWith, fleetWith, modelWith, rowWith, ruleWith, scenarioWith } from '../build.ts'

const plain = bookWith()
const source = plain.sources['made-up']
const acme = plain.providers['acme']
if (!source || !acme) throw new Error('the book has a source and a provider')

/** Two models of acme, one of them with an old price, and one of zeta. */
const book: Book = {
  ...bookWith({
    models: [
      modelWith({
        prices: [
          rowWith({ from: '2025-01-01', to: '2026-01-01', source: 'old' }),
          rowWith({ source: 'new', also: ['elsewhere'] }),
        ],
      }),
      modelWith({ id: 'other' }),
      modelWith({ id: 'far', provider: 'zeta' }),
    ],
  }),
  note: 'of no use in a result',
  sources: { old: source, new: source, elsewhere: source, rule: source, 'made-up': source, unused: source },
  providers: {
    acme: { ...acme, cache: { default: ruleWith({ source: 'rule' }) } },
    zeta: acme,
  },
}

const excerpt = (...scenarios: Scenario[]) => {
  const found = excerptBook(
    book,
    scenarios.map(scenario => priceScenario(scenario, book, scenario.at ?? '2026-01-01')),
  )
  return {
    found,
    told: {
      rows: found.models.map(({ id, prices }) => [id, ...prices.map(({ source: from }) => from)]),
      providers: Object.keys(found.providers),
      sources: Object.keys(found.sources),
    },
  }
}

describe('of the book a result keeps', () => {
  it('the row in force, its provider, and the sources that both name', () => {
    const { told, found } = excerpt(scenarioWith())
    expect(told).toEqual({ rows: [['demo', 'new']], providers: ['acme'], sources: ['new', 'elsewhere', 'rule'] })
    expect('note' in found).toBe(false)
  })

  it('both rows of a model that is priced at two moments', () => {
    const { told } = excerpt(scenarioWith(), scenarioWith({ at: '2025-06-01' }))
    expect(told.rows).toEqual([['demo', 'old', 'new']])
  })

  it('the models of a fleet, its fallback and its baselines', () => {
    const fleet = fleetWith({
      legs: [{ model: 'demo', share: 1 }],
      fallback: ['other'],
      fallback_share: 0.1,
      baselines: ['far'],
    })
    const { told } = excerpt(fleet)
    expect(told.rows.map(([id]) => id)).toEqual(['demo', 'other', 'far'])
    expect(told.providers).toEqual(['acme', 'zeta'])
  })

  it('enough to price the same again', () => {
    const scenario = scenarioWith({ request: { turn: 1000, output: 10 } })
    const [whole, again] = [book, excerpt(scenario).found].map(one => priceScenario(scenario, one, '2026-01-01').costs)
    expect(again).toEqual(whole)
  })

  it('nothing of what nothing was priced on', () => {
    expect(excerpt().told).toEqual({ rows: [], providers: [], sources: [] })
  })
})
