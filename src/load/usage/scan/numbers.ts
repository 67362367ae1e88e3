import { skipNumber } from './skip.ts'
import { type Page, textBetween } from './texts.ts'

/** Most digits of a whole number that is exact however it is written. */
const MOST_DIGITS = 15
const POWERS = Array.from({ length: MOST_DIGITS + 1 }, (_, i) => Number(`1e${i}`))

/**
 * Reads a number into `page.value`, as JSON.parse would. Most are counts or short amounts: two whole numbers that are
 * exact, of which one divided by the other is rounded correctly.
 *
 * @returns the place behind it; -1: it is not well formed
 */
export const readNumber = (page: Page, at: number): number => {
  const { all } = page
  let [i, sum, point] = [at, 0, -1]
  for (; ; i++) {
    const digit = (all[i] as number) - 48
    if (digit >= 0 && digit <= 9) sum = sum * 10 + digit
    else if (digit === -2 && point < 0) point = i
    else break
  }
  const isLong = i - at > MOST_DIGITS || i === at
  const isOdd = (all[at] === 48 && i > at + 1 && point !== at + 1) || point === at || point === i - 1
  const behind = all[i] as number
  if (isLong || isOdd || !(behind === 44 || behind === 125 || behind === 93)) return readAnyNumber(page, at)
  page.value = point < 0 ? sum : sum / (POWERS[i - point - 1] as number)
  return i
}

const readAnyNumber = (page: Page, at: number): number => {
  const end = skipNumber(page.all, at)
  if (end >= 0) page.value = Number(textBetween(page, at, end))
  return end
}
