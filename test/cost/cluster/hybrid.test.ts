import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BaseLoad, hybrid } from '../../../src/cost/cluster/hybrid.ts'
import { type Exact, exact, ONE, quotient, sum, toDecimals, ZERO } from '../../../src/model/number/money.ts'
import { runs } from '../../laws.ts'

const MILLION = 1_000_000

/** Nodes of 1M tokens an hour; the API asks $1 per 1M. */
const loadWith = (millions: readonly number[], load: Partial<BaseLoad> = {}): BaseLoad => ({
  hours: millions.map(tokens => ({ tokens: exact(tokens * MILLION), hostedUsdPer1M: ONE })),
  nodeUsdPerDay: exact(12),
  nodeCapacityPerDay: exact(24 * MILLION),
  overheadUsdPerDay: ZERO,
  variableUsdPer1M: ZERO,
  maxUtilisation: ONE,
  unitNodes: 1,
  spareNodes: 0,
  minNodes: 0,
  ...load,
})

/** Hours of a day: so many with each load. */
const day = (...parts: readonly (readonly [hours: number, millions: number])[]): number[] =>
  parts.flatMap(([hours, millions]) => Array<number>(hours).fill(millions))

const told = (load: BaseLoad): string => {
  const found = hybrid(load)
  const usd = [found.usdPerDay, found.allHostedUsdPerDay, found.allOwnedUsdPerDay].map(amount => amount.toFixed())
  return `${found.nodes} serve ${toDecimals(found.selfServedShare, 4)}: ${usd.join(' ')} (${found.allOwnedNodes})`
}

describe('hybrid owns node k where what it takes over is worth more than its $12', () => {
  it.each<{ it: string; load: BaseLoad; told: string }>([
    // 24 tokens a node and day: $24.
    { it: 'a flat load', load: loadWith(day([24, 2])), told: '2 serve 1: 24 48 24 (2)' },
    // The second node works in 13 hours, the third in 12, which just pays itself: 24 + 13 of 49 served, 12 left.
    {
      it: 'a base below a peak',
      load: loadWith(day([11, 1], [1, 2], [12, 3])),
      told: '2 serve 0.7551: 36 49 36 (3)',
    },
    // 24 halves of a million are worth $12, no more.
    { it: 'nothing where a node just pays itself', load: loadWith(day([24, 0.5])), told: '0 serve 0: 12 12 12 (1)' },
    { it: 'no load', load: loadWith(day([24, 0])), told: '0 serve 0: 0 0 0 (0)' },
    // Two nodes save 48 − 24.
    {
      it: 'an overhead that is saved',
      load: loadWith(day([24, 2]), { overheadUsdPerDay: exact(23) }),
      told: '2 serve 1: 47 48 47 (2)',
    },
    {
      it: 'an overhead that is just saved: nothing gained',
      load: loadWith(day([24, 2]), { overheadUsdPerDay: exact(24) }),
      told: '0 serve 0: 48 48 48 (2)',
    },
    {
      it: 'an overhead that is not',
      load: loadWith(day([24, 2]), { overheadUsdPerDay: exact(25) }),
      told: '0 serve 0: 48 48 49 (2)',
    },
    // The spare node is none of the hybrid's.
    { it: 'a spare', load: loadWith(day([24, 2]), { spareNodes: 1 }), told: '2 serve 1: 24 48 36 (3)' },
    // Units of two: the second takes 12 hours of 1M and is worth 12, not 24.
    { it: 'units', load: loadWith(day([12, 2], [12, 3]), { unitNodes: 2 }), told: '2 serve 0.8: 36 60 48 (4)' },
    // At 0.4 a node takes 24 · 0.6 = 14.4; both serve 48 for 19.2.
    {
      it: 'a variable cost',
      load: loadWith(day([24, 2]), { variableUsdPer1M: exact('0.4') }),
      told: '2 serve 1: 43.2 48 43.2 (2)',
    },
    // Half the capacity: two nodes for each million an hour.
    {
      it: 'head-room that costs as much as the API',
      load: loadWith(day([24, 2]), { maxUtilisation: exact('0.5') }),
      told: '0 serve 0: 48 48 48 (4)',
    },
  ])('$it', ({ load, told: expected }) => {
    expect(told(load)).toBe(expected)
  })

  it('and none at a tie that only the rounding of an hour breaks', () => {
    // A 7th of 168M a day in each hour, at $1 per 1M: the node costs just what it takes over.
    const tokens = quotient(exact(7 * MILLION), exact(7))
    const tie = {
      ...loadWith(day([24, 1])),
      hours: Array(24).fill({ tokens, hostedUsdPer1M: ONE }),
      nodeUsdPerDay: exact(24),
    }
    expect(hybrid(tie)).toMatchObject({ nodes: 0 })
    const third = quotient(exact(MILLION), exact(3)).times(3)
    const hours = Array(24).fill({ tokens: third.plus('1e-44'), hostedUsdPer1M: ONE })
    expect(hybrid({ ...tie, hours, nodeCapacityPerDay: exact(48 * MILLION) })).toMatchObject({ nodes: 0 })
  })

  it('and no node beyond those that the busiest hour takes, be they free', () => {
    // A 7th of 24M is rounded: what is left of an hour is no node's work.
    const nodeCapacityPerDay = quotient(exact(24 * MILLION), exact(7))
    const free = loadWith(day([24, 1]), { nodeCapacityPerDay, nodeUsdPerDay: ZERO, spareNodes: 3 })
    expect(hybrid(free)).toMatchObject({ nodes: 7, allOwnedNodes: 10 })
  })

  it('takes the hours of a week as they are', () => {
    // 120 hours of 1M: 120/7 a day are 17.14 > 12 for the first node; nothing for a second.
    const found = hybrid(loadWith(day([120, 1], [48, 0])))
    expect([found.nodes, found.usdPerDay.toFixed()]).toEqual([1, '12'])
    expect(toDecimals(found.allHostedUsdPerDay, 6)).toBe('17.142857')
    // 80 hours are 11.43.
    expect(hybrid(loadWith(day([80, 1], [88, 0]))).nodes).toBe(0)
  })

  it('takes each hour at its own price, and leaves the API what it serves below the variable cost', () => {
    const hours = (dear: string, cheap: string) =>
      Array.from({ length: 24 }, (_, i) => ({ tokens: exact(MILLION), hostedUsdPer1M: exact(i < 7 ? dear : cheap) }))
    // 7 · (2.1 − 0.1) = 14 > 12; in the other 17 hours the API asks no more than the variable cost.
    const load = loadWith([], { hours: hours('2.1', '0.1'), variableUsdPer1M: exact('0.1') })
    expect(told(load)).toBe('1 serve 0.2917: 14.4 16.4 14.4 (1)')
    expect(hybrid({ ...load, hours: hours('1.8', '0.1') }).nodes).toBe(0)
  })

  it('the ends of a published-price example: 20B tokens a day of DeepSeek-V4-Pro on 8 B200 nodes', () => {
    // As in the staircase: 3,956 tokens/s per GPU, $4.49, 0.974722 hosted, half an engineer, one spare, 80%.
    // One hour of the day at 1.572 times the mean, the others even: what hybrid itself owns depends on the profile.
    const rest = exact(24).minus('1.572')
    const hourly = (weight: Exact): Exact => quotient(exact('20e9').times(weight), exact(24))
    const weights = [exact('1.572'), ...Array<Exact>(23).fill(quotient(rest, exact(23)))]
    const found = hybrid({
      hours: weights.map(weight => ({
        tokens: hourly(weight),
        hostedUsdPer1M: quotient(exact('7.26').times(203), exact(9 * 168)),
      })),
      nodeUsdPerDay: exact('4.49').times(8 * 24),
      nodeCapacityPerDay: exact(3956 * 8 * 86_400),
      overheadUsdPerDay: quotient(exact(150_000), exact(365)),
      variableUsdPer1M: ZERO,
      maxUtilisation: exact('0.8'),
      unitNodes: 1,
      spareNodes: 1,
      minNodes: 0,
    })
    // 20,000 · 0.974722; 16 · 862.08 + 410.96
    expect(toDecimals(found.allHostedUsdPerDay, 0)).toBe('19494')
    expect([found.allOwnedNodes, toDecimals(found.allOwnedUsdPerDay, 0)]).toEqual([16, '14204'])
  })
})

const whole = (max: number, min = 0) => fc.integer({ min, max })
const load = fc
  .record({
    hours: fc.array(fc.record({ tokens: whole(60), cents: whole(300) }), { minLength: 24, maxLength: 24 }),
    node: whole(60),
    overhead: whole(100),
    variable: whole(100),
    unitNodes: whole(3, 1),
    spareNodes: whole(2),
    minNodes: whole(3),
    head: whole(10, 1),
  })
  .map(({ hours, node, overhead, variable, head, ...build }) =>
    loadWith([], {
      ...build,
      hours: hours.map(({ tokens, cents }) => ({
        tokens: exact(tokens).times(100_000),
        hostedUsdPer1M: exact(cents).times('0.01'),
      })),
      nodeUsdPerDay: exact(node),
      overheadUsdPerDay: exact(overhead),
      variableUsdPer1M: exact(variable).times('0.01'),
      maxUtilisation: exact(head).times('0.1'),
    }),
  )

describe('whatever the load', () => {
  it('hybrid is never dearer than all hosted or all owned, overhead counted once in each', () => {
    fc.assert(
      fc.property(load, one => {
        const { usdPerDay, allHostedUsdPerDay, allOwnedUsdPerDay } = hybrid(one)
        expect(usdPerDay.lte(allHostedUsdPerDay)).toBe(true)
        expect(usdPerDay.lte(allOwnedUsdPerDay)).toBe(true)
      }),
    )
  })

  it('no other number of nodes costs less', () => {
    /** Every hour served by so many units first, where they cost less than the API in that hour. */
    const cost = (one: BaseLoad, units: number): Exact => {
      const nodes = units * one.unitNodes
      const room = quotient(one.nodeCapacityPerDay.times(one.maxUtilisation).times(nodes), exact(24))
      const bill = one.hours.map(({ tokens, hostedUsdPer1M }) => {
        const own = hostedUsdPer1M.gt(one.variableUsdPer1M) ? (tokens.lt(room) ? tokens : room) : ZERO
        return own.times(one.variableUsdPer1M).plus(tokens.minus(own).times(hostedUsdPer1M)).times('0.000001')
      })
      return sum([...bill, one.nodeUsdPerDay.times(nodes), units > 0 ? one.overheadUsdPerDay : ZERO])
    }
    fc.assert(
      fc.property(load, one => {
        const { nodes, usdPerDay } = hybrid(one)
        const all = Array.from({ length: 65 }, (_, units) => cost(one, units))
        const least = all.reduce((best, next) => (next.lt(best) ? next : best))
        // Equal but for the rounding of a 24th.
        expect(usdPerDay.minus(least).abs().lt('1e-30')).toBe(true)
        expect(
          cost(one, nodes / one.unitNodes)
            .minus(least)
            .abs()
            .lt('1e-30'),
        ).toBe(true)
      }),
      { numRuns: runs(50) },
    )
  })
})
