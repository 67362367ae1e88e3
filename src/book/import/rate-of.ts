import { exact, MILLION, toDecimals } from '../../model/number/money.ts'
import { isNoise, withoutNoise } from '../lint/noise.ts'
import type { Catalogue } from './catalogue.ts'

/** A catalogue's number as a rate, USD per 1M tokens; `noisy`: it was rounded. `bad`: no rate can be read from it. */
export type ReadRate =
  | { readonly kind: 'absent' | 'bad' | 'negative' | 'zero'; readonly noisy?: false }
  | { readonly kind: 'rate'; readonly rate: string; readonly noisy: boolean }

const MOST_DIGITS = 12
const NUMBER = /^-?\d{1,40}(?:\.\d{0,60})?(?:e[+-]?\d{1,3})?$/i

/**
 * Reads a rate by the digits of the number itself, moved by powers of ten: no arithmetic with binary fractions. The
 * shortest text of a double that reads back as the same double is the text written, up to 17 digits.
 *
 * @example rateOf(3e-7, 'token') // 0.3
 */
export const rateOf = (written: unknown, unit: Catalogue['unit']): ReadRate => {
  if (written === undefined || written === null) return { kind: 'absent' }
  if (typeof written !== 'number' && typeof written !== 'string') return { kind: 'bad' }
  const text = String(written).trim()
  if (!NUMBER.test(text)) return { kind: 'bad' }
  const value = unit === 'token' ? exact(text).times(MILLION) : exact(text)
  if (value.isZero()) return { kind: 'zero' }
  if (value.isNegative()) return { kind: 'negative' }
  const digits = value.toFixed().replace('.', '').replace(/^0+/, '').replace(/0+$/, '').length
  const rounded = digits > MOST_DIGITS ? toDecimals(value, Math.max(0, MOST_DIGITS - 1 - value.e)) : value.toFixed()
  // What lint would call noise is rounded further, so that the layer passes it.
  const rate = isNoise(rounded) ? withoutNoise(exact(rounded)) : rounded
  return { kind: 'rate', rate, noisy: rate !== value.toFixed() }
}
