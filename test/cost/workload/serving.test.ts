import { describe, expect, it } from 'vitest'
import { isServedAlike, servedAs, servedModels, servingInWords } from '../../../src/cost/workload/serving.ts'
import { bookWith, clusterWith, fleetWith, modelWith, scenarioWith } from '../build.ts'

const book = bookWith({ models: [modelWith({ id: 'a', aliases: ['ace'] }), modelWith({ id: 'b' })] })
const legs = [
  { model: 'ace', share: 0.8 },
  { model: 'b', share: 0.2, tokens: '2' },
]

it('pays its model, or its legs and the first fallback that serves', () => {
  expect(servedModels(scenarioWith({ model: 'a' }))).toEqual(['a'])
  expect(servedModels(fleetWith({ legs, fallback: ['c', 'd'], baselines: ['e'] }))).toEqual(['ace', 'b'])
  expect(servedModels(fleetWith({ legs, fallback: ['c', 'd'], fallback_share: 0.1 }))).toEqual(['ace', 'b', 'c'])
})

it('says who serves by the ids of the book', () => {
  expect(servingInWords(scenarioWith({ model: 'ace' }), book)).toBe('a')
  expect(
    servingInWords(fleetWith({ legs, fallback: ['b'], fallback_share: 0.1, router_usd_per_1k: '0.5' }), book),
  ).toBe('split of 80% a, 20% b (×2 tokens); 10% falling back to b; a router at $0.5 per 1,000 requests')
})

it('says once how each leg and the fallback is called, and of the cluster nothing', () => {
  const called = [
    { model: 'ace', share: 0.5, service: 'standard' },
    { model: 'b', share: 0.3, region: 'eu' },
    { model: 'b', share: 0.2, self_host: true as const },
  ]
  const fleet = fleetWith({ legs: called, fallback: ['b'], fallback_share: 0.1 }, { service: 'fast', region: 'us' })
  expect(servingInWords(fleet, book)).toBe(
    'split of 50% a (region us), 30% b (fast, region eu), 20% b (self-hosted); 10% falling back to b (fast, region us)',
  )
})

describe('two scenarios are served alike', () => {
  const fleet = fleetWith({ legs })
  it.each([
    {
      it: 'by a model under two names',
      other: scenarioWith({ model: 'a' }),
      one: scenarioWith({ model: 'ace' }),
      alike: true,
    },
    { it: 'whatever they are compared with', other: fleetWith({ legs, baselines: ['b'] }), alike: true },
    { it: 'with a fallback that serves nothing', other: fleetWith({ legs, fallback: ['b'] }), alike: true },
    { it: 'not with one that serves', other: fleetWith({ legs, fallback: ['b'], fallback_share: 0.1 }), alike: false },
    { it: 'not as a cascade', other: fleetWith({ legs, mode: 'cascade' }), alike: false },
    { it: 'not by one model', other: scenarioWith({ model: 'a' }), alike: false },
    { it: 'not beside a cluster', other: { ...fleet, self_host: clusterWith() }, alike: false },
  ])('$it', ({ other, one = fleet, alike }) => {
    expect(isServedAlike(one, other, { a: book, b: book })).toBe(alike)
  })
})

it('a work without text is served by anything; with text by what it is counted for', () => {
  const work = scenarioWith({ model: 'a', request: { turn: 5 } })
  expect(servedAs(work, scenarioWith({ model: 'b' }))).toEqual({ ...work, model: 'b' })
  const counting = { tokenizer: 't', vocabulary: 'v', estimation: null, source: 's', template: null }
  const text = { ...work, counting }
  expect(servedAs(text, scenarioWith({ model: 'b' }))).toBeNull()
  const { request } = scenarioWith({ request: { turn: 7 } })
  expect(servedAs(text, scenarioWith({ model: 'b' }), { b: { request, counting } })).toMatchObject({
    model: 'b',
    request: { turn: 7 },
  })
})
