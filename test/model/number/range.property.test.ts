import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Exact, exact, ZERO } from '../../../src/model/number/money.ts'
import {
  addRanges,
  both,
  encloseAll,
  highOf,
  inOrder,
  lowOf,
  mapRange,
  middleOf,
  printRange,
  type Range,
  scaleRange,
} from '../../../src/model/number/range.ts'

const figure = fc.integer({ min: -1_000_000, max: 1_000_000 }).map(micros => exact(`${micros}e-6`))
const range: fc.Arbitrary<Range<Exact>> = fc.tuple(figure, figure).map(([low, high]) => inOrder({ low, high }))
const digits = (value: Exact): string => value.toFixed()
const print = (one: Range<Exact>) => printRange(one, digits)

describe('a range', () => {
  it('adds in any order, and nothing to nothing', () => {
    fc.assert(
      fc.property(fc.array(range), all => {
        expect(print(addRanges(all.toReversed()))).toEqual(print(addRanges(all)))
        expect(print(addRanges([...all, both(ZERO)]))).toEqual(print(addRanges(all)))
      }),
    )
    expect(print(addRanges([]))).toBe('0')
  })

  it('of one end is worked out once', () => {
    let calls = 0
    const count = (): number => ++calls
    expect(mapRange(both(7), count)).toEqual({ low: 1, high: 1 })
    expect(mapRange({ low: 7, high: 8 }, count)).toEqual({ low: 2, high: 3 })
  })

  it('is as wide as its parts together', () => {
    const width = ({ low, high }: Range<Exact>): Exact => high.minus(low)
    fc.assert(
      fc.property(range, range, (a, b) => {
        expect(digits(width(addRanges([a, b])))).toBe(digits(width(a).plus(width(b))))
      }),
    )
  })

  it('scales alike whole or in parts', () => {
    const factor = fc.nat({ max: 1000 }).map(exact)
    fc.assert(
      fc.property(range, range, factor, (a, b, times) => {
        const parts = addRanges([scaleRange(a, times), scaleRange(b, times)])
        expect(print(scaleRange(addRanges([a, b]), times))).toEqual(print(parts))
      }),
    )
  })

  it('stays in order when it is scaled', () => {
    fc.assert(
      fc.property(range, fc.nat({ max: 1000 }).map(exact), (one, times) => {
        const scaled = scaleRange(one, times)
        expect(scaled.low.lte(scaled.high)).toBe(true)
      }),
    )
  })

  it('that encloses figures has its ends among them and all of them within', () => {
    fc.assert(
      fc.property(fc.array(figure, { minLength: 1 }), figures => {
        const found = encloseAll(figures)
        if (!found) throw new Error('some figures have a range')
        expect(figures.map(digits)).toEqual(expect.arrayContaining([digits(found.low), digits(found.high)]))
        expect(figures.every(one => found.low.lte(one) && found.high.gte(one))).toBe(true)
      }),
    )
    expect(encloseAll([])).toBeNull()
  })

  it('prints as one value exactly where both ends print alike', () => {
    fc.assert(
      fc.property(range, one => {
        const printed = print(one)
        expect(typeof printed === 'string').toBe(one.low.eq(one.high))
        expect([lowOf(printed), highOf(printed)]).toEqual([digits(one.low), digits(one.high)])
      }),
    )
    expect(printRange({ low: 1.01, high: 1.04 }, value => value.toFixed(1))).toBe('1.0')
  })

  it('has its middle as far from one end as from the other', () => {
    fc.assert(
      fc.property(range, one => {
        const middle = middleOf(print(one))
        expect(digits(middle.minus(one.low))).toBe(digits(one.high.minus(middle)))
      }),
    )
  })

  it('keeps each end at its place', () => {
    expect(mapRange({ low: 1, high: 2 }, value => -value)).toEqual({ low: -1, high: -2 })
    expect(mapRange(inOrder({ low: exact(2), high: exact(1) }), digits)).toEqual({ low: '1', high: '2' })
  })
})
