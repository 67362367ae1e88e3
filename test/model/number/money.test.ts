import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  exact,
  exponential,
  fromUnits,
  quotient,
  sum,
  toDecimals,
  toFixedDecimals,
  unitsOf,
} from '../../../src/model/number/money.ts'

describe('rounding is half-even', () => {
  it.each<[string, number, string]>([
    ['0.125', 2, '0.12'],
    ['0.135', 2, '0.14'],
    ['2.5', 0, '2'],
    ['3.5', 0, '4'],
    ['-2.5', 0, '-2'],
    ['0.1250001', 2, '0.13'],
    ['0.3845', 3, '0.384'],
    ['1.10', 3, '1.1'],
    ['0.0000000000005', 12, '0'],
    ['0.0000000000015', 12, '0.000000000002'],
  ])('%s to %i decimals is %s', (value, decimals, rounded) => {
    expect(toDecimals(exact(value), decimals)).toBe(rounded)
  })

  it('keeps trailing zeros where they are asked for', () => {
    expect(toFixedDecimals(exact('0.385'), 4)).toBe('0.3850')
    expect(toFixedDecimals(exact('0.125'), 2)).toBe('0.12')
  })

  it('never writes an exponent', () => {
    expect(toDecimals(exact('1e21'), 2)).toBe('1000000000000000000000')
    expect(toDecimals(exact('1e-12'), 12)).toBe('0.000000000001')
  })
})

describe('sums and products are exact', () => {
  it('of decimals that binary fractions miss', () => {
    expect(sum([exact('0.1'), exact('0.2')]).toFixed()).toBe('0.3')
    expect(sum([]).toFixed()).toBe('0')
  })

  it('beyond 53 bits', () => {
    expect(exact(9_007_199_254_740_993n).plus(1).toFixed()).toBe('9007199254740994')
    // (10^30 + 1)(10^30 − 1) = 10^60 − 1
    const big = exact(10n ** 30n)
    expect(big.plus(1).times(big.minus(1)).toFixed()).toBe('9'.repeat(60))
  })

  it('as integers are: any sum and product of bigints', () => {
    const number = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n })
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        expect(exact(a).times(exact(b)).plus(exact(c)).toFixed()).toBe(String(a * b + c))
      }),
    )
  })
})

describe('quotients and e^x carry 50 significant digits, half-even', () => {
  it.each<[string, string, string]>([
    ['1', '3', `0.${'3'.repeat(50)}`],
    ['2', '3', `0.${'6'.repeat(49)}7`],
    ['1', '8', '0.125'],
    ['730', '24', `30.41${'6'.repeat(45)}7`],
    // A half in the 51st digit goes to the even neighbour.
    [`1${'0'.repeat(49)}5`, '10', `1${'0'.repeat(49)}`],
    [`1${'0'.repeat(48)}15`, '10', `1${'0'.repeat(48)}2`],
  ])('%s ÷ %s', (a, b, digits) => {
    expect(quotient(exact(a), exact(b)).toFixed()).toBe(digits)
  })

  it('e is 2.71828 18284 59045 23536 02874 71352 66249 77572 47093 69995 957…', () => {
    // The 50th digit is the 9 of …09369|99 5957, which rounds 0936999 up to 0937000.
    expect(exponential(exact(1)).toFixed()).toBe('2.7182818284590452353602874713526624977572470937')
    expect(exponential(exact(0)).toFixed()).toBe('1')
  })
})

describe('whole numbers of a unit', () => {
  it.each<[string, number, bigint]>([
    ['0.435', 3, 435n],
    ['0.435', 5, 43_500n],
    ['12', 0, 12n],
    ['-1.5', 1, -15n],
    ['9007199254740993.1', 1, 90_071_992_547_409_931n],
  ])('%s is that many of 10^-%i', (value, decimals, units) => {
    expect(unitsOf(exact(value), decimals)).toBe(units)
    expect(fromUnits(units, decimals).toFixed()).toBe(value)
  })

  it('are never rounded', () => {
    expect(() => unitsOf(exact('0.435'), 2)).toThrow(SyntaxError)
  })
})
