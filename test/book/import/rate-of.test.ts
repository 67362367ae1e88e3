import { expect, it } from 'vitest'
import { rateOf } from '../../../src/book/import/rate-of.ts'

// Worked by hand: USD per token × 1,000,000, or USD per 1M as it stands; more than 12 digits rounded to even.
it.each<{ written: unknown; unit: 'token' | 'million'; rate: string; noisy?: true }>([
  { written: 3e-7, unit: 'token', rate: '0.3' },
  { written: 1.5e-5, unit: 'token', rate: '15' },
  { written: '0.000005', unit: 'token', rate: '5' },
  { written: 2.0000000000000002e-7, unit: 'token', rate: '0.2', noisy: true },
  { written: '0.000010000000000000001', unit: 'token', rate: '10', noisy: true },
  // Twelve digits begin at the 8: thirteen decimals, which lint takes for noise, so nine are kept.
  { written: '0.00000008333333333333334', unit: 'token', rate: '0.083333333', noisy: true },
  { written: 1.25, unit: 'million', rate: '1.25' },
  { written: 0.1 + 0.2, unit: 'million', rate: '0.3', noisy: true },
  { written: 1e3, unit: 'million', rate: '1000' },
  { written: '2.50', unit: 'million', rate: '2.5' },
  { written: 123456789.125, unit: 'million', rate: '123456789.125' },
])('$written per $unit is $rate per 1M', ({ written, unit, rate, noisy = false }) => {
  expect(rateOf(written, unit)).toEqual({ kind: 'rate', rate, noisy })
})

it.each<{ written: unknown; kind: string }>([
  { written: undefined, kind: 'absent' },
  { written: null, kind: 'absent' },
  { written: 0, kind: 'zero' },
  { written: '0.0', kind: 'zero' },
  { written: '-1', kind: 'negative' },
  { written: '', kind: 'bad' },
  { written: 'free', kind: 'bad' },
  { written: '0x10', kind: 'bad' },
  { written: Number.NaN, kind: 'bad' },
  { written: Number.POSITIVE_INFINITY, kind: 'bad' },
  { written: true, kind: 'bad' },
  { written: {}, kind: 'bad' },
  { written: `0.${'1'.repeat(500)}`, kind: 'bad' },
])('$written is no price: $kind', ({ written, kind }) => {
  expect(rateOf(written, 'million')).toEqual({ kind })
})
