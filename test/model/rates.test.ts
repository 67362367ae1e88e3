import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { perSecond, rate } from '../../src/model/rates.ts'

/** The value, or `undefined` where it is refused. */
const read = (schema: z.core.$ZodType, value: unknown): unknown => {
  const found = z.safeParse(schema, value)
  return found.success ? found.data : undefined
}

describe('a speed in tokens a second', () => {
  it.each<[unknown, string | undefined]>([
    [52_300, '52300'],
    ['52.3K', '52300'],
    ['1.5M', '1500000'],
    ['0.5', '0.5'],
    [0, undefined],
    ['0K', undefined],
    [-1, undefined],
    ['fast', undefined],
    ['100/s', undefined],
  ])('%j is %s', (written, digits) => {
    expect(read(perSecond, written)).toBe(digits)
  })
})

describe('a capacity in tokens a day', () => {
  it.each<[unknown, string | undefined]>([
    ['100M/day', '100000000'],
    // × 24, × 1,440, × 86,400
    ['4M/hour', '96000000'],
    ['1.5K/minute', '2160000'],
    ['1200/s', '103680000'],
    ['1.2K / second', '103680000'],
    ['1B/DAY', '1000000000'],
    ['0M/day', undefined],
    ['100M', undefined],
    ['100M/week', undefined],
    [100, undefined],
  ])('%j is %s', (written, digits) => {
    expect(read(rate, written)).toBe(digits)
  })
})
