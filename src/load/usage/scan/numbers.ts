import type { Found } from './names.ts'
import { byteAt } from './page.ts'
import { skipNumber } from './skip.ts'
import { textBetween } from './texts.ts'

/** Most digits of a whole number that is exact however it is written. */
const MOST_DIGITS = 15
const POWERS = Array.from({ length: MOST_DIGITS + 1 }, (_, i) => Number(`1e${i}`))

/**
 * Reads a number into `found.value`, as JSON.parse would. Most are counts or short amounts: two whole numbers that are
 * exact, of which one divided by the other is rounded correctly.
 *
 * @returns the place behind it; -1: it is not well formed
 */
export const readNumber = (found: Found, at: number): number => {
  let [i, sum, point] = [at, 0, -1]
  for (; ; i++) {
    const digit = byteAt(i) - 48
    if (digit >= 0 && digit <= 9) sum = sum * 10 + digit
    else if (digit === -2 && point < 0) point = i
    else break
  }
  const isLong = i - at > MOST_DIGITS || i === at
  const isOdd = (byteAt(at) === 48 && i > at + 1 && point !== at + 1) || point === at || point === i - 1
  const behind = byteAt(i)
  if (isLong || isOdd || !(behind === 44 || behind === 125 || behind === 93)) return readAnyNumber(found, at)
  found.value = point < 0 ? sum : sum / (POWERS[i - point - 1] as number)
  return i
}

const readAnyNumber = (found: Found, at: number): number => {
  const end = skipNumber(at)
  if (end >= 0) found.value = Number(textBetween(at, end))
  return end
}
