import { expect, it } from 'vitest'
import { catalogueWarnings, usedOf } from '../../../../src/cost/result/notes/name-notes.ts'
import { bookWith, resultOf } from '../../build.ts'

const catalogue = {
  version: '2026-11-20',
  hash: 'none',
  title: 'birds 1.2',
  models: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
}

it('only the models that were priced count as used', () => {
  expect(usedOf(catalogue, ['c', 'x', 'a'])?.models).toEqual(['a', 'c'])
  expect(usedOf(catalogue, ['x'])).toBeNull()
  expect(usedOf(undefined, ['a'])).toBeNull()
})

it.each([
  [['a'], "1 model priced from a catalogue of 2026-11-20 (birds 1.2), not from a vendor's page: a"],
  [
    catalogue.models,
    "7 models priced from a catalogue of 2026-11-20 (birds 1.2), not from a vendor's page: a, b, c, d, e, 2 more",
  ],
])('one warning for %j', (models, what) => {
  expect(catalogueWarnings({ ...catalogue, models }).map(one => one.what)).toEqual([what])
})

it('no warning if it was not used', () => {
  expect(catalogueWarnings(null)).toEqual([])
})

it('a name that a rule turned into a model is an assumption, not a warning', () => {
  const { assumptions, warnings } = resultOf(
    { model: 'demo-20260101', at: '2026-06-01', request: { turn: 10 } },
    bookWith(),
  )
  expect(assumptions.filter(({ code }) => code === 'NAME_RULE').map(({ what }) => what)).toEqual([
    'demo-20260101 is a dated snapshot of demo',
  ])
  expect(warnings.filter(({ code }) => code === 'NAME_RULE')).toEqual([])
})
