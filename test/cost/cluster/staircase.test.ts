import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodesFor } from '../../../src/cost/cluster/size-fleet.ts'
import { type Landing, staircase, type WholeNodes } from '../../../src/cost/cluster/staircase.ts'
import { type Exact, exact, ONE, quotient, toDecimals, toFixedDecimals, ZERO } from '../../../src/model/number/money.ts'
import { runs } from '../../laws.ts'

/** Nodes of $2 a day that do 3 tokens, against $1 a token: a step gains 1. */
const stairsWith = (stairs: Partial<WholeNodes> = {}): WholeNodes => ({
  nodeUsdPerDay: exact(2),
  nodeCapacityPerDay: exact(3),
  overheadUsdPerDay: ZERO,
  variableUsdPer1M: ZERO,
  hostedUsdPer1M: exact(1_000_000),
  peakToMean: ONE,
  maxUtilisation: ONE,
  unitNodes: 1,
  spareNodes: 0,
  minNodes: 0,
  ...stairs,
})

const landed = (landing: Landing | null): string | null =>
  landing && `${landing.tokensPerDay.toFixed()} on ${landing.nodes}`

describe('staircase', () => {
  it.each<{ it: string; stairs: Partial<WholeNodes>; first: string; always: string }>([
    // 2 tokens pay one node, which does 3; tokens 4 and beyond: 4 pay two nodes, which begin at 3.
    // be(k) = 2k > 3(k−1) up to k = 2.
    { it: 'nodes alone', stairs: {}, first: '2 on 1', always: '4 on 2' },
    // be(k) = 2 + 2k ≤ 3k from k = 2; 2 + 2k > 3k − 3 up to k = 4
    { it: 'an overhead', stairs: { overheadUsdPerDay: exact(2) }, first: '6 on 2', always: '10 on 4' },
    { it: 'a spare node costs the same', stairs: { spareNodes: 1 }, first: '6 on 3', always: '10 on 5' },
    // Half the capacity at 4 a pair: be(k) = 4k, Ku = 2 · 3 · 0.75 = 4.5; 4k > 4.5(k−1) up to k = 8
    {
      it: 'units and head-room',
      stairs: { unitNodes: 2, maxUtilisation: exact('0.75') },
      first: '4 on 2',
      always: '32 on 16',
    },
    // A least of 5 nodes: 10 tokens pay them, and they do 15; six nodes, 12, begin at 15.
    { it: 'a least', stairs: { minNodes: 5 }, first: '10 on 5', always: '10 on 5' },
    // Of $1.25 a token 0.25 is variable: as in the first.
    {
      it: 'a variable cost',
      stairs: { hostedUsdPer1M: exact(1_250_000), variableUsdPer1M: exact(250_000) },
      first: '2 on 1',
      always: '4 on 2',
    },
    // Ku = 3/1.25 = 2.4; 2k > 2.4(k−1) up to k = 5 (k < 6)
    { it: 'a peak', stairs: { peakToMean: exact('1.25') }, first: '2 on 1', always: '10 on 5' },
    { it: 'nothing to pay', stairs: { nodeUsdPerDay: ZERO }, first: '0 on 1', always: '0 on 1' },
  ])('$it', ({ stairs, first, always }) => {
    const found = staircase(stairsWith(stairs))
    expect([landed(found.first), landed(found.always)]).toEqual([first, always])
  })

  it('nor does the rounding of a capacity win: 3 tokens at 7 a third each', () => {
    // Just above 7/3 and just below it in the 50th digit; the node costs what the API asks for 7/3.
    for (const third of [quotient(exact(7), exact(3)), quotient(exact(8), exact(3))]) {
      const even = third.times(3).gt(7.5) ? exact(8) : exact(7)
      const tie = { nodeCapacityPerDay: third, peakToMean: ONE, nodeUsdPerDay: even, hostedUsdPer1M: exact(3_000_000) }
      expect(staircase(stairsWith(tie))).toMatchObject({ kind: 'never', first: null, always: null })
    }
  })

  it('never wins where a full node costs what the API asks for its tokens', () => {
    const never = { kind: 'never', first: null, always: null }
    expect(staircase(stairsWith({ nodeUsdPerDay: exact(3) }))).toMatchObject({ ...never, neverKind: 'any_scale' })
    expect(staircase(stairsWith({ peakToMean: exact('1.5') }))).toMatchObject({ ...never, neverKind: 'any_scale' })
    const cheap = stairsWith({ variableUsdPer1M: exact(1_000_000) })
    expect(staircase(cheap)).toMatchObject({ ...never, neverKind: 'below_variable' })
  })

  it('a fleet of 8 B200 nodes for DeepSeek-V4-Pro first wins at 3.96B tokens a day and always from 5.73B', () => {
    // 3,956 tokens/s per GPU at concurrency 1,024, 8,192 in and 1,024 out, TTFT 112 s: capacity for batches.
    // @see sgl-project/sglang@08587007 docs_new/src/snippets/configs/deepseek-ai/deepseek-v4-benchmarks.jsx
    // $4.49 a GPU-hour (Civo, 1 year); (8 · 0.66 + 1.98)/9 hosted, twice that in 35 of 168 hours; one spare node; half
    // an engineer at $300,000 a year; 80% at the peak, 1.572 over the mean.
    // be(3) = (410.9589 + 4 · 862.08) · 1M / 0.974722 = 3.9594B in (2.783B, 4.175B]; be(5) = 5.7282B in (5.566B, …]
    const found = staircase({
      nodeUsdPerDay: exact('4.49').times(8 * 24),
      nodeCapacityPerDay: exact(3956 * 8 * 86_400),
      overheadUsdPerDay: quotient(exact(150_000), exact(365)),
      variableUsdPer1M: ZERO,
      hostedUsdPer1M: quotient(exact('7.26').times(203), exact(9 * 168)),
      peakToMean: exact('1.572'),
      maxUtilisation: exact('0.8'),
      unitNodes: 1,
      spareNodes: 1,
      minNodes: 0,
    })
    const inBillions = (landing: Landing | null) =>
      landing && [toFixedDecimals(landing.tokensPerDay.times('1e-9'), 2), landing.nodes]
    expect(inBillions(found.first)).toEqual(['3.96', 4])
    expect(inBillions(found.always)).toEqual(['5.73', 6])
    // 862.08 · 1M · 1.572 / (2,734,387,200 · 0.8)
    expect(toDecimals(found.asymptoteUsdPer1M, 3)).toBe('0.62')
  })
})

describe('equals brute force', () => {
  // With p − v = $1M per 1M tokens a token is a dollar, and every volume at which a side overtakes is a whole number.
  const stairs = fc
    .record({
      node: fc.integer({ min: 1, max: 20 }),
      capacity: fc.integer({ min: 1, max: 40 }),
      overhead: fc.nat({ max: 50 }),
      variable: fc.nat({ max: 3 }),
      unitNodes: fc.integer({ min: 1, max: 3 }),
      spareNodes: fc.nat({ max: 2 }),
      minNodes: fc.nat({ max: 6 }),
      // u_max over pmr: 1, 4/5, 1/2, 2/5
      head: fc.constantFrom(['1', '1'], ['0.8', '1'], ['1', '2'], ['0.8', '2']),
    })
    .map(({ node, capacity, overhead, variable, head: [maxUtilisation = '', pmr = ''], ...build }) =>
      stairsWith({
        ...build,
        nodeUsdPerDay: exact(node),
        // Five times: whole also after the head-room.
        nodeCapacityPerDay: exact(capacity * 5),
        overheadUsdPerDay: exact(overhead),
        variableUsdPer1M: exact(variable * 1_000_000),
        hostedUsdPer1M: exact((variable + 1) * 1_000_000),
        maxUtilisation: exact(maxUtilisation),
        peakToMean: exact(pmr),
      }),
    )

  const wins = (stair: WholeNodes, tokensPerDay: Exact): boolean => {
    const { peakToMean, nodeUsdPerDay, overheadUsdPerDay, variableUsdPer1M, hostedUsdPer1M } = stair
    const nodes = nodesFor({ tokensPerDay, peakToMean }, stair)
    const own = nodeUsdPerDay.times(nodes).plus(overheadUsdPerDay)
    return own.times(1_000_000).lte(tokensPerDay.times(hostedUsdPer1M.minus(variableUsdPer1M)))
  }

  const MOST = 400

  it('in quarter tokens', () => {
    fc.assert(
      fc.property(stairs, stair => {
        const found = staircase(stair)
        const volumes = Array.from({ length: MOST * 4 }, (_, i) => exact(i + 1).times('0.25'))
        const won = volumes.map(volume => wins(stair, volume))
        const firstWon = volumes[won.indexOf(true)]
        const lastLost = volumes[won.lastIndexOf(false)]
        if (!found.first || !found.always) {
          // A step that gains nothing may tie when it is full, and nothing besides is paid; it never wins.
          const ties = volumes.filter((volume, i) => won[i] && wins(stair, volume.minus('0.125')))
          expect(ties).toEqual([])
          return
        }
        expect(found.first.tokensPerDay.lte(found.always.tokensPerDay)).toBe(true)
        if (found.first.tokensPerDay.lte(MOST)) expect(firstWon?.eq(found.first.tokensPerDay)).toBe(true)
        else expect(firstWon).toBeUndefined()
        if (found.always.tokensPerDay.lte(MOST)) {
          expect(lastLost?.eq(found.always.tokensPerDay.minus('0.25'))).toBe(true)
        }
      }),
      { numRuns: runs(60) },
    )
  })

  it('with the nodes that serve those volumes', () => {
    fc.assert(
      fc.property(stairs, stair => {
        for (const landing of [staircase(stair).first, staircase(stair).always]) {
          if (!landing) continue
          expect(nodesFor({ ...landing, peakToMean: stair.peakToMean }, stair)).toBe(landing.nodes)
        }
      }),
    )
  })
})
