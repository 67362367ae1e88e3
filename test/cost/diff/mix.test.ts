import { expect, it } from 'vitest'
import { mixScenario } from '../../../src/cost/diff/mix.ts'
import type { Length } from '../../../src/model/scenario/counted.ts'
import { fleetWith, scenarioWith } from '../build.ts'

const text = (...tokens: number[]): Length => ({
  mean: '0',
  min: 0,
  max: 0,
  parts: tokens.map((count, i) => ({ source: `${i}.md`, kind: 'text', samples: [count], tokenizer: 't', exact: true })),
})

const from = scenarioWith({ request: { shared: text(1, 2), turn: 5 }, traffic: { requests: 3 } })
const to = scenarioWith({
  request: { shared: text(10, 20), turn: 50 },
  traffic: { requests: 30 },
  cache: { policy: 'none' },
})

it('has what was taken from the head, and the rest of the base', () => {
  expect(mixScenario(from, to, new Set())).toEqual(from)
  expect(mixScenario(from, to, new Set(['traffic.requests', 'cache']))).toEqual({
    ...from,
    traffic: to.traffic,
    cache: to.cache,
  })
  expect(mixScenario(from, to, new Set(['request']))).toEqual({ ...from, request: to.request })
})

it('has texts of both: 1 + 20 tokens', () => {
  expect(mixScenario(from, to, new Set(['request.shared#1'])).request).toMatchObject({
    shared: { mean: '21' },
    turn: 5,
  })
})

it('shares what did not change, so that what is remembered of it is found', () => {
  expect(mixScenario(from, to, new Set(['cache'])).request).toBe(from.request)
})

it('has the text of a fleet for each model', () => {
  const legs = [
    { model: 'a', share: 0.5 },
    { model: 'b', share: 0.5 },
  ]
  const counted = (tokens: number) => ({
    ...fleetWith({ legs }, { request: { turn: text(tokens) } }),
    counted: {
      a: { request: scenarioWith({ request: { turn: text(tokens) } }).request, counting: null },
      b: { request: scenarioWith({ request: { turn: text(tokens + 1) } }).request, counting: null },
    },
  })
  const mixed = mixScenario(counted(5), counted(50), new Set(['request.turn#0']))
  expect(mixed.request?.turn).toMatchObject({ mean: '50' })
  expect(mixed.counted?.['a']?.request?.turn).toMatchObject({ mean: '50' })
  expect(mixed.counted?.['b']?.request?.turn).toMatchObject({ mean: '51' })
})
