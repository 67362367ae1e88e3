import { describe, expect, it } from 'vitest'
import { cellAt } from '../../src/usage/reading/counts.ts'
import { instantOf } from '../../src/usage/reading/instants.ts'
import { seenIds } from '../../src/usage/reading/seen-ids.ts'
import { usdOf } from '../../src/usage/reading/usd.ts'

describe('a time', () => {
  const noon = Date.UTC(2026, 9, 1, 12)

  it.each([
    ['2026-10-01T12:00:00Z', noon],
    ['2026-10-01T12:00:00.123456Z', noon + 123],
    ['2026-10-01 12:00:00', noon],
    ['2026-10-01 12:00:00.5', noon + 500],
    ['2026-10-01 12:00:00 UTC', noon],
    ['2026-10-01T20:00:00+08:00', noon],
    ['2026-10-01T15:00:00+03', noon],
    ['2026-10-01T06:30:00-0530', noon],
    ['2026-10-02T11:59:00+23:59', noon],
    ['20261001', noon - 12 * 3_600_000],
    [1_790_856_000, noon],
    [1_790_856_000.25, noon + 250],
    [1_790_856_000_123, noon + 123],
    ['1790856000123456', noon + 123],
    ['1790856000123456789', noon + 123],
    ['', null],
    [null, null],
  ])('%j', (written, instant) => {
    expect(instantOf(written)).toBe(instant)
  })

  it.each([
    ['yesterday'],
    ['2026-13-01'],
    ['2026-02-30'],
    ['2026-11-31T00:00:00Z'],
    ['10/01/2026'],
    ['2026-10-01T12:00:00+25:00'],
    ['2026-10-01T12:00:00+08:99'],
    ['2026-10-01T12:00:00-2400'],
    [-1],
    [Number.NaN],
    [true],
  ])('%j is none', written => {
    expect(() => instantOf(written)).toThrow('its time cannot be read')
  })
})

it.each([
  ['0.029', '0.029'],
  [0.00011, '0.00011'],
  [1e-7, '0.0000001'],
  ['1,234.5000', '1234.5'],
  ['$3.50', '3.5'],
  ['-12,345,678', '-12345678'],
  ['$1,234', '1234'],
  [-0.0021, '-0.0021'],
  ['', null],
])('the money of %j is %j', (written, usd) => {
  expect(usdOf(written)).toBe(usd)
})

it.each([['1,5'], ['12,34'], ['1.234,50'], ['0,029'], ['1234,567'], ['1,23,456'], ['1,234,5'], [',5'], ['1.5,000']])(
  'a text %j has no amount of money: its comma parts no thousands',
  written => {
    expect(() => usdOf(written)).toThrow('its amount of money cannot be read')
  },
)

it.each([
  ['400', 400],
  ['400.0', 400],
  ['1,234,567', 1_234_567],
  ['', null],
])('the count of a cell %j is %j', (cell, count) => {
  expect(cellAt({ cell }, 'cell')).toBe(count)
})

it.each([['-1'], ['1.5'], ['12,34'], ['1e3'], ['many'], ['99999999999999999999']])('a cell %j has no count', cell => {
  expect(() => cellAt({ cell }, 'cell')).toThrow('cell is not a count')
})

it('remembers every id, and takes none for another', () => {
  const seen = seenIds()
  const ids = Array.from({ length: 300_000 }, (_, i) => `chatcmpl-${i.toString(36).padStart(12, '0')}`)
  expect(ids.filter(id => !seen.add(id))).toEqual([])
  expect(ids.filter(id => seen.add(id))).toEqual([])
})
