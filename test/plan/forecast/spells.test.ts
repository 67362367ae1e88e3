import { describe, expect, it } from 'vitest'
import type { Price, Provider } from '../../../src/model/book/book.ts'
import { spellsOf } from '../../../src/plan/forecast/spells.ts'
import { modelWith, rowWith } from '../../cost/build.ts'

const [from, to] = [Date.parse('2026-11-01'), Date.parse('2026-12-01')]
const spells = (prices: readonly Price[], provider?: Provider) =>
  spellsOf([{ from, to, pace: null }], { model: modelWith({ prices }), provider }).map(({ at, before }) => [
    at,
    before?.from,
  ])

describe('a month is cut where a price may change', () => {
  it.each<{ it: string; row: Partial<Price>; cuts: string[] }>([
    { it: 'nowhere', row: {}, cuts: [] },
    { it: 'where a row ends', row: { to: '2026-11-05T12:30Z' }, cuts: ['2026-11-05T12:30:00Z'] },
    {
      it: 'where a promotion is no longer promised',
      row: { until_at_least: '2026-11-09' },
      cuts: ['2026-11-09T00:00:00Z'],
    },
    {
      it: 'where a service begins',
      row: { services: { flex: { factor: '0.5', from: '2026-11-20', source: 'made-up' } } },
      cuts: ['2026-11-20T00:00:00Z'],
    },
    { it: 'not outside', row: { to: '2026-12-01' }, cuts: [] },
  ])('$it', ({ row, cuts }) => {
    expect(spells([rowWith(row)])).toEqual(['2026-11-01T00:00:00Z', ...cuts].map(at => [at, undefined]))
  })
})

it('hours before the first row are priced at its beginning', () => {
  expect(spells([rowWith({ from: '2026-11-11' })])).toEqual([
    ['2026-11-11', '2026-11-11'],
    ['2026-11-11T00:00:00Z', undefined],
  ])
})
