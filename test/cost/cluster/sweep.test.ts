import { expect, it } from 'vitest'
import { sensitivity, sweep } from '../../../src/cost/cluster/sweep.ts'
import { exact } from '../../../src/model/number/money.ts'
import { contestWith, digits } from './contest.ts'

it('sweep gives both costs at every step up to full utilisation', () => {
  const points = sweep(contestWith({ variableUsdPer1M: exact('0.5') }))
  expect(points.length).toBe(20)
  expect(points.map(({ utilisation }) => utilisation.toFixed()).filter((_, i) => i % 5 === 4)).toEqual([
    '0.25',
    '0.5',
    '0.75',
    '1',
  ])
  // 250M tokens: 500 hosted; 1,000 + 125 on the cluster, 4.5 per 1M
  expect(Object.values(points[4] ?? {}).map(figure => figure.toFixed())).toEqual([
    '0.25',
    '250000000',
    '4.5',
    '2',
    '1125',
    '500',
  ])
})

it('sweep stops before full utilisation where the step does not fit', () => {
  expect(sweep(contestWith(), exact('0.3')).map(({ utilisation }) => utilisation.toFixed())).toEqual([
    '0.3',
    '0.6',
    '0.9',
  ])
})

// F = 1,000, of which 200 are no nodes; C = 1B; p = 2: u* = 0.5.
it.each([
  { lever: 'hosted_price' as const, factor: '0.5', u: '1' },
  { lever: 'hosted_price' as const, factor: '2', u: '0.25' },
  { lever: 'capacity' as const, factor: '0.25', u: '2' },
  // 800 · 1.5 + 200 = 1,400
  { lever: 'gpu_price' as const, factor: '1.5', u: '0.7' },
  { lever: 'gpu_price' as const, factor: '0.5', u: '0.3' },
])('$factor times the $lever: $u', ({ lever, factor, u }) => {
  const [moved] = sensitivity(contestWith({ overheadUsdPerDay: exact(200) }), lever, [exact(factor)])
  expect(digits(moved?.breakEven.utilisation ?? null)).toBe(u)
})

it('a sized fleet’s nodes move with their price and their capacity', () => {
  // Against 0.5 a node of 100M tokens a day may cost 40 at 80%.
  const contest = contestWith({
    hostedUsdPer1M: exact('0.5'),
    sizing: { nodeUsdPerDay: exact(40), nodeCapacityPerDay: exact(100_000_000), peakToMean: exact(1) },
  })
  const kinds = (lever: 'gpu_price' | 'capacity') =>
    sensitivity(contest, lever, ['0.9', '1', '1.1'].map(exact)).map(({ breakEven }) => breakEven.neverKind)
  expect(kinds('gpu_price')).toEqual(['this_cluster', 'any_scale', 'any_scale'])
  expect(kinds('capacity')).toEqual(['any_scale', 'any_scale', 'this_cluster'])
})
