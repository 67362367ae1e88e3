import { expect, it } from 'vitest'
import { isNoise, withoutNoise } from '../../../src/book/lint/noise.ts'
import { exact } from '../../../src/model/number/money.ts'

it.each([
  ['0.28', false],
  ['0.0001', false],
  ['0.30000000000000004', true],
  ['0.2800000001', true],
  ['0.1999999999', true],
  ['0.0833333333333', true],
  ['1000000', false],
])('%s is noise: %s', (rate, noise) => {
  expect(isNoise(rate)).toBe(noise)
})

it.each([
  ['0.30000000000000004', '0.3'],
  ['0.1999999999', '0.2'],
  ['0.0833333333333', '0.083333333'],
  // Nine decimals still end in noise; eight do not.
  ['0.120000001', '0.12'],
])('%s was meant as %s', (rate, meant) => {
  expect(withoutNoise(exact(rate))).toBe(meant)
})
