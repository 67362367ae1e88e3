import { expect, it } from 'vitest'
import { modelsIn, toRouting } from '../../../src/model/scenario/routing.ts'
import type { WrittenRouting } from '../../../src/model/scenario/routing-schema.ts'
import { routingWith } from '../../cost/build.ts'

const written = (more: Partial<WrittenRouting> = {}): WrittenRouting => ({
  mode: 'split',
  legs: [
    { model: 'cheap', share: 0.8, tokens: '1' },
    { model: 'dear', share: 0.2, tokens: '1' },
  ],
  fallback: [],
  ...more,
})

it('fills in what rests on other keys', () => {
  expect(toRouting(written(), 'own')).toEqual({
    mode: 'split',
    legs: [
      { model: 'cheap', share: 0.8, tokens: '1', promote_at_turn: null },
      { model: 'dear', share: 0.2, tokens: '1', promote_at_turn: null },
    ],
    fallback: [],
    fallback_share: 0,
    router_usd_per_1k: '0',
    baselines: ['cheap', 'dear'],
  })
})

it('promotes to every leg but the first from the turn that the block says, or its own', () => {
  const legs = [
    { model: 'a', share: 0.5, tokens: '1' },
    { model: 'b', share: 0.3, tokens: '1' },
    { model: 'c', share: 0.2, tokens: '1', promote_at_turn: 5 },
  ]
  const routing = toRouting(written({ legs, promote_at_turn: 3 }), 'own')
  expect(routing.legs.map(({ promote_at_turn }) => promote_at_turn)).toEqual([null, 3, 5])
})

it('runs what the cluster runs where a leg names no model, and compares with each once', () => {
  const legs = [
    { self_host: true as const, share: 0.5, tokens: '1' },
    { model: 'own', share: 0.5, tokens: '1' },
  ]
  const { legs: found, baselines } = toRouting(written({ legs }), 'own')
  expect(found.map(({ model, self_host }) => [model, self_host])).toEqual([
    ['own', true],
    ['own', undefined],
  ])
  expect(baselines).toEqual(['own'])
  expect(toRouting(written({ baselines: ['x', 'x'] }), 'own').baselines).toEqual(['x'])
})

it('a fleet is priced on its legs, fallbacks and baselines, each once', () => {
  const legs = ['a', 'b'].map(model => ({ model, share: 0.5 }))
  expect(modelsIn(routingWith({ legs, fallback: ['c', 'a'], baselines: ['d', 'b'] }))).toEqual(['a', 'b', 'c', 'd'])
})
