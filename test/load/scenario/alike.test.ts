import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isAlike } from '../../../src/cost/budget/price-baseline.ts'
import { NOT_PRICED } from '../../../src/cost/diff/steps.ts'
import { priceEnds } from '../../../src/cost/fleet/price-ends.ts'
import { readBook } from '../../../src/load/book/book.ts'
import { countPriced } from '../../../src/load/scenario/count-scenario.ts'
import { readScenario } from '../../../src/load/scenario/scenario.ts'
import type { Book } from '../../../src/model/book/book.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import { scenarioWith } from '../../cost/build.ts'
import { fakeIo, repository } from '../../fake-io.ts'

type Json = Readonly<Record<string, unknown>>

const files = fakeIo(repository)
const at = '2026-11-23'

const BASE = {
  name: 'a',
  pricing: at,
  at,
  model: 'gpt-5.5',
  traffic: { requests: 10, per: 'day' },
  request: { turns: 3, shared: 2000, session: 100, turn: 50, history: true, output: 40, reasoning: 10 },
}

/** The book that ships, with a service and a region for every model, since none of its own has any. */
const bookWithTerms = async () => {
  const loaded = await readBook([at], files)
  const terms = { factor: '0.5', source: 'made-up' }
  const book: Book = {
    ...loaded.book,
    providers: Object.fromEntries(
      Object.entries(loaded.book.providers).map(([id, rules]) => [id, { ...rules, regions: { us: terms } }]),
    ),
    models: loaded.book.models.map(model => ({
      ...model,
      prices: model.prices.map(row => ({ ...row, services: { flex: terms } })),
    })),
  }
  return { ...loaded, book }
}

const placed = async (written: Json) => {
  const book = await bookWithTerms()
  const draft = await readScenario('-', { files: fakeIo(repository, { stdin: JSON.stringify(written) }) })
  const scenario = await countPriced(draft, book, files)
  return { scenario, at, book: book.book }
}

/** Another value for each key of a scenario's file; what takes no part in a price is marked by itself. */
const OTHER: Readonly<Record<string, Json>> = {
  name: { name: 'b' },
  description: { description: 'other words' },
  at: { at: '2026-11-22' },
  tags: { tags: { team: 'b' } },
  budget: { budget: { per_month: 1 } },
  quality: { quality: { 'gpt-5.5': 1 } },
  model: { model: 'gpt-5.4' },
  service: { service: 'flex' },
  region: { region: 'us' },
  routing: { model: undefined, routing: { legs: [{ model: 'gpt-5.4', share: 1 }] } },
  totals: { request: undefined, totals: { input: 1000, output: 10 } },
  cache: { cache: { policy: 'prefix', ttl: '1h' } },
  self_host: {
    self_host: { nodes: 1, gpus_per_node: 8, usd_per_hour: 10, capacity: '100M/day', model: 'deepseek-v4-pro' },
  },
  'traffic.requests': { traffic: { requests: 11 } },
  'traffic.per': { traffic: { per: 'hour' } },
  'traffic.profile': { traffic: { profile: 'office-hours' } },
  'traffic.timezone': { traffic: { timezone: 'Asia/Tokyo' } },
  'traffic.weekdays_only': { traffic: { weekdays_only: true } },
  'traffic.growth': { traffic: { growth: '8%/month' } },
  'traffic.growth_from': { traffic: { growth_from: '2027-01' } },
  'request.turns': { request: { ...BASE.request, turns: 4 } },
  'request.turn_gap': { request: { ...BASE.request, turn_gap: '1h' } },
  'request.shared': { request: { ...BASE.request, shared: 2001 } },
  'request.session': { request: { ...BASE.request, session: 101 } },
  'request.turn': { request: { ...BASE.request, turn: 51 } },
  'request.history': { request: { ...BASE.request, history: false } },
  'request.context': { request: { ...BASE.request, context: 1 } },
  'request.output': { request: { ...BASE.request, output: 41 } },
  'request.tokens_of': { request: { ...BASE.request, tokens_of: 'deepseek-v4-pro' } },
  'request.reasoning': { request: { ...BASE.request, reasoning: 11 } },
  'request.reasoning_kept': { request: { ...BASE.request, reasoning_kept: true } },
}

/** Where a key moves no price of the scenario above: what has one that it moves, here peak hours. */
const PEAKS = { model: 'deepseek-v4-pro', traffic: { ...BASE.traffic, profile: 'office-hours' } }
const ON: Readonly<Record<string, Json>> = {
  'traffic.timezone': PEAKS,
  'traffic.weekdays_only': PEAKS,
  'traffic.growth_from': { traffic: { ...BASE.traffic, growth: '8%/month' } },
}

/** Keys that only `forecast` uses. */
const FORECAST_ALONE: ReadonlySet<string> = new Set(['traffic.growth', 'traffic.growth_from'])

/** Every key that the schema takes, those of `traffic` and `request` one by one. */
const keysOfSchema = (): string[] => {
  const schema = JSON.parse(readFileSync(join(repository, 'schema/scenario.schema.json'), 'utf8'))
  const inner = (key: string): string[] => Object.keys(schema.properties[key].properties).map(one => `${key}.${one}`)
  return Object.keys(schema.properties).flatMap(key => (['traffic', 'request'].includes(key) ? inner(key) : [key]))
}

describe('two scenarios are alike only where nothing that prices differs', () => {
  // `pricing` names the book, which is compared by itself.
  it.each(keysOfSchema().filter(key => !['pricing', '$schema'].includes(key)))('%s', async key => {
    const change = OTHER[key]
    if (!change) throw new Error(`say in this test what another ${key} is`)
    const on = { ...BASE, ...ON[key] }
    const traffic = { ...on.traffic, ...(change as { traffic?: Json })['traffic'] }
    const [base, head] = [await placed(on), await placed({ ...on, ...change, traffic })]
    // What a file says is in what is made of it, whether it prices or not.
    expect(head.scenario).not.toEqual(base.scenario)
    const unpriced = NOT_PRICED.has(key) || FORECAST_ALONE.has(key)
    expect(isAlike(base, head)).toBe(unpriced)
    // And a key that prices moves a price: one that nothing uses would be read, compared and published in vain.
    const [was, is] = [priceEnds(base, base.book), priceEnds(head, head.book)]
    if (unpriced) expect(is).toEqual(was)
    else expect(is).not.toEqual(was)
  })

  const plain = scenarioWith()
  it.each<[string, Scenario]>([
    ['the scenario', { ...plain, ...{ surcharge: '1.5' } }],
    ['its traffic', { ...plain, traffic: { ...plain.traffic, ...{ surcharge: '1.5' } } }],
    ['its request', { ...plain, request: plain.request && { ...plain.request, ...{ surcharge: '1.5' } } }],
    ['its cache', { ...plain, cache: { ...plain.cache, ...{ surcharge: '1.5' } } }],
  ])('a key that nobody knows yet, of %s, is seen', (_, changed) => {
    const moment = { at: '2026-01-01' }
    expect(isAlike({ ...moment, scenario: plain }, { ...moment, scenario: plain })).toBe(true)
    expect(isAlike({ ...moment, scenario: plain }, { ...moment, scenario: changed })).toBe(false)
  })
})
