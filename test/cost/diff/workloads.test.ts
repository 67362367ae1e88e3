import { expect, it } from 'vitest'
import { countedModels, workloadPairs } from '../../../src/cost/diff/workloads.ts'
import { fleetWith, scenarioWith } from '../build.ts'

const legs = [
  { model: 'a', share: 0.5 },
  { model: 'b', share: 0.5 },
]
const { request } = scenarioWith({ request: { turn: 7 } })

it('a workload that all models count alike is one pair', () => {
  const [from, to] = [scenarioWith({ request: { turn: 1 } }), scenarioWith({ request: { turn: 2 } })]
  expect(countedModels(from, to)).toEqual([])
  expect(workloadPairs(from, to)).toEqual([{ from, to }])
})

it('text of a fleet is a pair for each model, its own request where one side has numbers alone', () => {
  const from = fleetWith({ legs }, { request: { turn: 5 } })
  const to = { ...from, counted: { a: { request, counting: null } } }
  expect(countedModels(from, to)).toEqual(['a', 'b'])
  expect(workloadPairs(from, to).map(pair => [pair.from.request?.turn, pair.to.request?.turn])).toEqual([
    [5, 5],
    [5, 7],
    [5, 5],
  ])
})
