import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exact, toDecimals } from '../../../src/model/number/money.ts'
import {
  columnDecimals,
  formatChange,
  formatCount,
  formatRate,
  formatShare,
  formatUsd,
} from '../../../src/report/figures/format.ts'

describe('columnDecimals', () => {
  it.each<[readonly string[], number]>([
    [[], 2],
    [['0', '0'], 2],
    [['10', '1234.5'], 2],
    [['9.99', '1234.5'], 4],
    [['0.01'], 4],
    // Three significant digits of the smallest: 0.00999, 0.000420, 0.00000000420
    [['0.00999', '50'], 5],
    [['0.00042', '0'], 6],
    [['-0.00042'], 6],
    [['0.0000000042'], 11],
    [['0.000000000001'], 12],
  ])('of %j is %i', (amounts, decimals) => {
    expect(columnDecimals(amounts)).toBe(decimals)
  })
})

describe('formatUsd', () => {
  it.each<[string, number | undefined, string]>([
    ['1234567.891', 2, '$1,234,567.89'],
    ['1000', 0, '$1,000'],
    ['999.995', 2, '$1,000.00'],
    ['0.125', 2, '$0.12'],
    ['0.3845', undefined, '$0.3845'],
    ['3.5496', undefined, '$3.5496'],
    ['15.4', undefined, '$15.40'],
    ['0.000042', undefined, '$0.0000420'],
    ['0', undefined, '$0.00'],
    ['-1234.5', 2, '-$1,234.50'],
    // What is shown as zero has no sign.
    ['-0.001', 2, '$0.00'],
  ])('%s with %s decimals is %s', (amount, decimals, text) => {
    expect(formatUsd(amount, decimals)).toBe(text)
  })

  it('never shows what costs something as $0', () => {
    // Results carry at most 12 decimals.
    const amount = fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 18n }), fc.nat({ max: 12 }))
      .map(([digits, point]) => toDecimals(exact(digits).times(exact(`1e-${point}`)), 12))
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 5 }), amounts => {
        for (const one of amounts) expect(formatUsd(one, columnDecimals(amounts))).toMatch(/[1-9]/)
      }),
    )
  })
})

describe('formatRate and formatCount', () => {
  it.each<[string, string]>([
    ['0.6', '$0.60'],
    ['0', '$0.00'],
    ['0.003625', '$0.003625'],
    ['1000', '$1,000.00'],
  ])('the rate %s is %s', (rate, text) => {
    expect(formatRate(rate)).toBe(text)
  })

  it.each<[number | string, string]>([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1_234_567, '1,234,567'],
    ['9007199254740993', '9,007,199,254,740,993'],
    ['15170.893416', '15,171'],
    ['570954587.6', '570,954,588'],
    ['1000.5', '1,000'],
    ['999.25', '999.2'],
    ['0.04', '<0.1'],
    ['1234.5', '1,234'],
  ])('the count %s is %s', (count, text) => {
    expect(formatCount(count)).toBe(text)
  })
})

describe('formatShare', () => {
  it.each<[number, string]>([
    [0, '0.0%'],
    [1, '100.0%'],
    [0.5, '50.0%'],
    [35 / 168, '20.8%'],
    [0.0001, '<0.1%'],
    [0.9999, '>99.9%'],
    [0.0006, '0.1%'],
    [0.9994, '99.9%'],
  ])('%d is %s', (share, text) => {
    expect(formatShare(share)).toBe(text)
  })

  it.each<[number, RegExp]>([
    [0.0005, /^(<0\.1|0\.1)%$/],
    [0.9995, /^(>99\.9|99\.9)%$/],
  ])('%d is neither nothing nor all', (share, text) => {
    expect(formatShare(share)).toMatch(text)
  })
})

describe('formatChange', () => {
  it.each<[string, string, string]>([
    ['3', '2', '+50.0%'],
    ['1', '3', '-66.7%'],
    ['2', '2', ''],
    ['0', '2', '-100.0%'],
    ['2.0001', '2', '~0%'],
    ['1', '0', ''],
  ])('%s against %s is %s', (amount, base, text) => {
    expect(formatChange(amount, base)).toBe(text)
  })
})
