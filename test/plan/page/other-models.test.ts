import { expect, it } from 'vitest'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import { eachModel, otherModels } from '../../../src/plan/page/other-models.ts'

const counted = (model: string, turn: number): Scenario =>
  ({ name: 'bot', model, request: { turn } }) as unknown as Scenario

it('keeps what models count alike once, and gives each its own again', () => {
  const own = [counted('a', 5), counted('b', 7), counted('c', 5)]
  const kept = otherModels(own)
  expect(kept.map(({ models }) => models)).toEqual([['a', 'c'], ['b']])
  expect(eachModel(kept)).toEqual([own[0], own[2], own[1]])
})

it('has none of none', () => {
  expect(otherModels([])).toEqual([])
  expect(eachModel([])).toEqual([])
})
