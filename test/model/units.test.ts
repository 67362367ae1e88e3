import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { increase, parseSize, positiveSize, share, size, usd } from '../../src/model/units.ts'

/** The value, or `undefined` where it is refused. */
const read = (schema: z.core.$ZodType, value: unknown): unknown => {
  const found = z.safeParse(schema, value)
  return found.success ? found.data : undefined
}

describe('a size', () => {
  it.each<[unknown, number]>([
    [0, 0],
    [200_000, 200_000],
    ['200K', 200_000],
    ['200k', 200_000],
    ['1.5M', 1_500_000],
    ['2B', 2_000_000_000],
    ['2 B', 2_000_000_000],
    [' 7 ', 7],
    // 1.1 × 1000 is 1100.0000000000001 in binary.
    ['1.1K', 1100],
    ['1.001K', 1001],
    ['0.005K', 5],
    ['1.10000K', 1100],
    ['1.0', 1],
    ['1000B', 1e12],
    [1e12, 1e12],
  ])('%j is %i tokens', (written, tokens) => {
    expect(read(size, written)).toBe(tokens)
  })

  it.each([
    '0.0005K',
    '1.0001K',
    0.5,
    -1,
    '-5',
    '-1K',
    '1_000',
    '1,000',
    '1e3',
    '1001B',
    1e12 + 1,
    1e21,
    Number.NaN,
    '',
    'K',
    '.5K',
    '1.K',
    '1 000',
    '1T',
    null,
    undefined,
    true,
    [1],
  ])('%j is none', written => {
    expect(read(size, written)).toBeUndefined()
  })

  it('is at least 1 where there must be one', () => {
    expect([read(positiveSize, 1), read(positiveSize, 0), read(positiveSize, '0K')]).toEqual([1, undefined, undefined])
  })

  it('says its rule and what to type', () => {
    const { error } = z.safeParse(size, '1_000')
    expect(error?.issues[0]?.message).toMatch(/^must be a whole number .*\nwrite a size such as 2000/)
    expect(parseSize('1_000')).toBeUndefined()
  })
})

describe('a share', () => {
  it.each<[unknown, number]>([
    ['85%', 0.85],
    ['85%', 0.85],
    [0.85, 0.85],
    ['0.85', 0.85],
    // 7 / 100 and 0.07 differ from 7 × 0.01 = 0.07 + 1 ulp in binary.
    ['7%', 0.07],
    ['0.1%', 0.001],
    ['33.3%', 0.333],
    ['0%', 0],
    ['100%', 1],
    [1, 1],
    [0, 0],
  ])('%j is %d', (written, value) => {
    expect(read(share, written)).toBe(value)
  })

  it.each(['101%', '100.1%', 85, 1.01, -0.1, '-5%', '', '%', 'half', '1e-2', null, true])('%j is none', written => {
    expect(read(share, written)).toBeUndefined()
  })

  it('may be as small as one likes', () => {
    expect(read(share, 0.0000001)).toBe(0.0000001)
  })
})

describe('an amount of USD', () => {
  it.each<[unknown, string]>([
    [400, '400'],
    ['400', '400'],
    ['$400', '400'],
    ['$0.000001', '0.000001'],
    [0.1, '0.1'],
    [0, '0'],
    ['1234567.89', '1234567.89'],
  ])('%j is $%s', (written, amount) => {
    expect(read(usd, written)).toBe(amount)
  })

  // A limit that is not understood must not become one that holds nothing.
  it.each([
    -5,
    '-5',
    '$-5',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    'NaN',
    '.nan',
    '',
    '$',
    '4OO',
    '1,000',
    '1e3',
    1e21,
    1e-7,
    '400/month',
    '€400',
    null,
    true,
    [400],
  ])('%j is refused', written => {
    expect(read(usd, written)).toBeUndefined()
  })
})

describe('an increase', () => {
  it.each<[unknown, string]>([
    ['10%', '0.1'],
    ['10%', '0.1'],
    ['150%', '1.5'],
    ['0.1', '0.1'],
    [0.1, '0.1'],
    [1, '1'],
    ['0%', '0'],
    ['12.5%', '0.125'],
    // 0.07 × 100 is 7.000000000000001 in binary.
    ['7%', '0.07'],
  ])('%j is %s', (written, share) => {
    expect(read(increase, written)).toBe(share)
  })

  // A bare 10 may be 10% or ten times as much.
  it.each([10, '10', 1.01, '-5%', -0.1, Number.NaN, '', '%', 'ten', null])('%j is refused', written => {
    expect(read(increase, written)).toBeUndefined()
  })
})
