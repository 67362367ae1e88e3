import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { calendarMonth, growthRate, isMonth } from '../../../src/model/scenario/growth.ts'
import { costsOf } from '../../cost/build.ts'

it.each<[string | number, string | undefined]>([
  ['8%/month', '0.08'],
  ['8 % / month', '0.08'],
  ['+2.5%/month', '0.025'],
  ['-5%/month', '-0.05'],
  ['-0%/month', '0'],
  ['1000%/month', '10'],
  ['1001%/month', undefined],
  ['-100%/month', undefined],
  ['8%', undefined],
  ['8%/year', undefined],
  [0.08, undefined],
  ['%/month', undefined],
])('a growth of %s is %s', (written, parsed) => {
  expect(z.safeParse(growthRate, written).data).toBe(parsed)
})

it.each([
  ['2027-01', true],
  ['2027-12', true],
  ['2027-13', false],
  ['2027-1', false],
  ['2027', false],
  ['0027-01', false],
])('%s is a month: %s', (written, is) => {
  expect([isMonth(written), z.safeParse(calendarMonth, written).success]).toEqual([is, is])
})

describe('other commands leave growth aside', () => {
  it('in every figure', () => {
    const traffic = { requests: 7, per: 'day' } as const
    const request = { shared: 1000, turn: 100, output: 10 }
    expect(costsOf({ traffic: { ...traffic, growth: '0.08', growth_from: '2025-01' }, request })).toEqual(
      costsOf({ traffic, request }),
    )
  })
})
