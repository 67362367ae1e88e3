import fc from 'fast-check'
import { expect, it } from 'vitest'
import { breakEven, wouldBreakEven } from '../../../src/cost/cluster/break-even.ts'
import { breakEvenRange } from '../../../src/cost/cluster/break-even-range.ts'
import { clusterUsdPerDay, savingRatio } from '../../../src/cost/cluster/cluster-cost.ts'
import { sensitivity } from '../../../src/cost/cluster/sweep.ts'
import { ratioOf } from '../../../src/model/number/fraction.ts'
import { type Exact, exact, MILLION, ONE, quotient, ZERO } from '../../../src/model/number/money.ts'
import { contestWith } from './contest.ts'

const cents = (most: number, min = 1) => fc.integer({ min, max: most }).map(n => exact(n).times('0.01'))
const tokens = fc.integer({ min: 1, max: 1e12 }).map(exact)

const contest = fc
  .record({
    fixedUsdPerDay: cents(1e7, 0),
    capacityPerDay: tokens,
    hostedUsdPer1M: cents(10_000),
    variableUsdPer1M: cents(1000, 0),
  })
  .map(contestWith)
const paying = contest.filter(({ hostedUsdPer1M, variableUsdPer1M }) => hostedUsdPer1M.gt(variableUsdPer1M))
const free = contest.map(one => ({ ...one, variableUsdPer1M: ZERO }))

/** Equal but for the rounding of quotients to 50 digits. */
const close = (a: Exact, b: Exact): boolean => a.minus(b).abs().lte(b.abs().times('1e-45'))

it('at break-even u·C·(p − v) is F·1M, as fractions', () => {
  fc.assert(
    fc.property(paying, one => {
      const { fraction } = breakEven(one)
      if (!fraction) throw new Error('a finite break-even has its fraction')
      const margin = one.hostedUsdPer1M.minus(one.variableUsdPer1M)
      const left = fraction.numerator.times(one.capacityPerDay).times(margin)
      expect(left.eq(one.fixedUsdPerDay.times(MILLION).times(fraction.denominator))).toBe(true)
      expect(breakEven(one).utilisation?.eq(ratioOf(fraction))).toBe(true)
    }),
  )
})

it('at break-even both bills are the same', () => {
  fc.assert(
    fc.property(paying, one => {
      const { utilisation, tokensPerDay } = breakEven(one)
      if (!utilisation || !tokensPerDay) throw new Error('a finite break-even')
      const hosted = tokensPerDay.times(one.hostedUsdPer1M).times('0.000001')
      expect(close(clusterUsdPerDay(one, utilisation), hosted)).toBe(true)
    }),
  )
})

it('utilisation at break-even scales inversely with the hosted price and with capacity', () => {
  fc.assert(
    fc.property(free, fc.integer({ min: 1, max: 1000 }), (one, n) => {
      const factor = exact(n).times('0.1')
      const whole = breakEven(one).utilisation ?? ZERO
      for (const lever of ['hosted_price', 'capacity'] as const) {
        const [moved] = sensitivity(one, lever, [factor])
        expect(close(moved?.breakEven.utilisation ?? ZERO, quotient(whole, factor)), lever).toBe(true)
      }
    }),
  )
})

it('volume at break-even does not depend on the capacity', () => {
  fc.assert(
    fc.property(contest, tokens, (one, capacityPerDay) => {
      expect(breakEven({ ...one, capacityPerDay }).tokensPerDay).toEqual(breakEven(one).tokensPerDay)
    }),
  )
})

it('the saving at u is u over u*, without a variable cost', () => {
  fc.assert(
    fc.property(free, cents(100), (one, utilisation) => {
      const { utilisation: at } = breakEven(one)
      const ratio = savingRatio(one, { hostedUsdPer1M: one.hostedUsdPer1M, utilisation })
      if (one.fixedUsdPerDay.isZero()) expect(ratio).toBeNull()
      else expect(close(ratio ?? ZERO, quotient(utilisation, at ?? ONE))).toBe(true)
    }),
  )
})

it('what would make it so does make it so', () => {
  fc.assert(
    fc.property(paying, cents(100), cents(1e6, 0), (one, utilisation, overheadUsdPerDay) => {
      const contest = { ...one, overheadUsdPerDay }
      const { capacityPerDay, hostedUsdPer1M, usdPerHour } = wouldBreakEven(contest, utilisation)
      if (one.fixedUsdPerDay.isZero()) return
      if (!capacityPerDay) throw new Error('there is a margin')
      expect(close(breakEven({ ...one, capacityPerDay }).utilisation ?? ZERO, utilisation)).toBe(true)
      expect(close(breakEven({ ...one, hostedUsdPer1M }).utilisation ?? ZERO, utilisation)).toBe(true)
      if (!usdPerHour) return
      const fixedUsdPerDay = usdPerHour.times(24).plus(overheadUsdPerDay)
      expect(close(breakEven({ ...one, fixedUsdPerDay }).utilisation ?? ZERO, utilisation)).toBe(true)
    }),
  )
})

it('every kind says what it is, and nothing is infinite', () => {
  fc.assert(
    fc.property(contest, one => {
      const { kind, neverKind, utilisation, tokensPerDay, attainable, wouldBe } = breakEven(one)
      expect(kind === 'never').toBe(neverKind !== null)
      expect(kind === 'never').toBe(attainable === null)
      expect(kind === 'never').toBe(wouldBe !== null)
      expect(utilisation === null).toBe(neverKind === 'below_variable')
      expect([utilisation, tokensPerDay].every(figure => figure === null || Number.isFinite(figure.toNumber()))).toBe(
        true,
      )
      if (kind === 'at') expect(utilisation?.gt(ZERO) && utilisation.lte(ONE)).toBe(true)
    }),
  )
})

const ends = (figure: fc.Arbitrary<Exact>) =>
  fc.tuple(figure, figure).map(([a, b]) => (a.lte(b) ? { low: a, high: b } : { low: b, high: a }))

it('whatever lies within the ranges breaks even between the ends', () => {
  const ranged = fc.record({
    fixedUsdPerDay: ends(cents(1e7, 0)),
    capacityPerDay: ends(tokens),
    hostedUsdPer1M: ends(cents(10_000)),
    variableUsdPer1M: ends(cents(1000, 0)),
  })
  const side = fc.constantFrom('low', 'high')
  fc.assert(
    fc.property(ranged, fc.tuple(side, side, side, side), (ranges, [f, c, p, v]) => {
      const { low, high } = breakEvenRange({ ...ranges, overheadUsdPerDay: ZERO, maxUtilisation: ONE })
      const inside = breakEven(
        contestWith({
          fixedUsdPerDay: ranges.fixedUsdPerDay[f],
          capacityPerDay: ranges.capacityPerDay[c],
          hostedUsdPer1M: ranges.hostedUsdPer1M[p],
          variableUsdPer1M: ranges.variableUsdPer1M[v],
        }),
      )
      // Without a finite break-even it is beyond any.
      const beyond = exact('1e99')
      expect((low.utilisation ?? beyond).lte(inside.utilisation ?? beyond)).toBe(true)
      expect((inside.utilisation ?? beyond).lte(high.utilisation ?? beyond)).toBe(true)
    }),
  )
})
