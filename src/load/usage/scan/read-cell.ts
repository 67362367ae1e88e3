import { type Cell, kindOf, type Source } from '../../../usage/reading/cell.ts'
import { readNumber } from './numbers.ts'
import { readValue } from './read-value.ts'
import { skipValue, skipWord } from './skip.ts'
import { endOfText, isText, type Page, textBetween } from './texts.ts'

/**
 * Reads a value that is no object into a cell. It is checked, but a text or a list is not decoded: few are looked at.
 *
 * @returns the place behind it; -1: JSON.parse must decide
 */
export const readCell = (page: Page, at: number, cell: Cell): number => {
  const { all } = page
  const first = all[at] as number
  cell.from = at
  if (first === 34) {
    const known = cell.value
    if (typeof known === 'string' && isText(known, all, at + 1)) {
      cell.kind = known === '' ? 'empty' : 'text'
      cell.isDecoded = true
      return at + known.length + 2
    }
    const end = endOfText(page, at + 1)
    if (end < 0) return -1
    cell.kind = end === at + 1 ? 'empty' : 'text'
    cell.isDecoded = false
    cell.to = end + 1
    return cell.to
  }
  if (first === 91) {
    cell.kind = 'list'
    cell.isDecoded = false
    cell.to = skipValue(page, at, 0)
    return cell.to
  }
  cell.isDecoded = true
  if (first === 110 || first === 116 || first === 102) {
    cell.kind = first === 110 ? 'null' : 'word'
    cell.value = first === 110 ? null : first === 116
    cell.to = skipWord(all, at)
    return cell.to
  }
  cell.kind = 'number'
  return readWhole(page, at, cell)
}

/** Passes over a value that nobody asks for, checking all of it. @returns the place behind it; -1 */
export const passCell = (page: Page, at: number, cell: Cell): number => {
  cell.from = at
  cell.isDecoded = false
  cell.to = skipValue(page, at, 0)
  return cell.to
}

/** Reads a number, of which most are counts. */
const readWhole = (page: Page, at: number, cell: Cell): number => {
  const { all } = page
  let i = at
  let sum = 0
  let digit = (all[i] as number) - 48
  while (digit >= 0 && digit <= 9 && i < at + MOST_DIGITS) {
    sum = Math.imul(sum, 10) + digit
    digit = (all[++i] as number) - 48
  }
  const isPlain = digit === COMMA || digit === BRACE
  const isOdd = i === at || (all[at] === 48 && i > at + 1)
  if (isPlain && !isOdd) {
    cell.value = sum
    cell.to = i
    return i
  }
  cell.to = readNumber(page, at)
  cell.value = page.value
  return cell.to
}

/** Most digits of a whole number of 31 bits, and what ends most numbers, less `0`. */
const [MOST_DIGITS, COMMA, BRACE] = [9, 44 - 48, 125 - 48]

/** Decodes the values of a page's cells: of objects in lists the wanted keys, or all. */
export const sourceOf = (page: Page, isWhole: boolean): Source => ({
  bytes: () => page.all,
  decode: cell => {
    const end = readValue(page, cell.from, 0, isWhole)
    // It has been checked; a key that is written in a rare way is left to JSON.parse.
    cell.value = end < 0 ? JSON.parse(textBetween(page, cell.from, cell.to)) : page.value
    cell.kind = kindOf(cell.value)
    cell.isDecoded = true
  },
  plainNumber: ({ from, to }) => (isShortest(page.all, from, to) ? textBetween(page, from, to) : null),
})

/** Whether a number has few digits, no exponent and no zero that could be left out. */
const isShortest = (all: Uint8Array, from: number, to: number): boolean => {
  if (to === from || to - from > 15) return false
  let point = -1
  for (let i = from; i < to; i++) {
    const byte = all[i] as number
    if (byte === 46) point = i
    else if (byte < 48 || byte > 57) return false
  }
  // Below a millionth JavaScript writes an exponent.
  return point < 0 || (all[to - 1] !== 48 && to - point <= 7)
}
