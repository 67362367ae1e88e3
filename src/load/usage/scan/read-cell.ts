import { type Cell, kindOf, type Source, setKind } from '../../../usage/reading/cell.ts'
import type { UsdUnits } from '../../../usage/record.ts'
import type { Found } from './names.ts'
import { byteAt, view } from './page.ts'
import { readValue } from './read-value.ts'
import { skipNumber, skipValue, skipWord } from './skip.ts'
import { endOfText, textBetween, textIn } from './texts.ts'

/**
 * Reads a value that is no object into a cell. It is checked, but a text or a list is not decoded: few are looked at.
 *
 * @returns the place behind it; -1: JSON.parse must decide
 */
export const readCell = (at: number, cell: Cell): number => {
  const first = byteAt(at)
  cell.from = at
  if (first === 34) {
    const end = endOfText(at + 1)
    if (end < 0) return -1
    setKind(cell, end === at + 1 ? 'empty' : 'text')
    cell.isDecoded = false
    cell.to = end + 1
    return cell.to
  }
  if (first === 91) {
    setKind(cell, 'list')
    cell.isDecoded = false
    cell.to = skipValue(at, 0)
    return cell.to
  }
  if (first === 110 || first === 116 || first === 102) {
    setKind(cell, first === 110 ? 'null' : 'word')
    cell.isDecoded = true
    cell.value = first === 110 ? null : first === 116
    cell.to = skipWord(at)
    return cell.to
  }
  setKind(cell, 'number')
  return readCount(at, cell)
}

/** Passes over a value that nobody asks for, checking all of it. @returns the place behind it; -1 */
export const passCell = (at: number, cell: Cell): number => {
  cell.from = at
  cell.isDecoded = false
  cell.to = skipValue(at, 0)
  return cell.to
}

/** Reads a number, of which most are counts; any other is checked, but not decoded. */
const readCount = (at: number, cell: Cell): number => {
  let i = at
  let sum = 0
  let digit = byteAt(i) - 48
  while (digit >= 0 && digit <= 9 && i < at + MOST_DIGITS) {
    sum = (Math.imul(sum, 10) + digit) | 0
    digit = byteAt(++i) - 48
  }
  const isCount = (digit === COMMA || digit === BRACE) && i > at && (byteAt(at) !== 48 || i === at + 1)
  cell.isDecoded = isCount
  if (isCount) cell.value = sum
  cell.to = isCount ? i : skipNumber(at)
  return cell.to
}

/** Most digits of a whole number of 31 bits, and what ends most numbers, less `0`. */
const [MOST_DIGITS, COMMA, BRACE] = [9, 44 - 48, 125 - 48]

/** Decodes the values of cells: of objects in lists the wanted keys, or all. */
export const sourceOf = (found: Found, isWhole: boolean): Source => ({
  view: () => view,
  decode: cell => {
    cell.value = decoded(found, cell, isWhole)
    setKind(cell, kindOf(cell.value))
    cell.isDecoded = true
  },
  amount: ({ from, to }) => amountBetween(from, to),
})

const decoded = (found: Found, { from, to }: Cell, isWhole: boolean): unknown => {
  if (byteAt(from) === 34) return textIn(from + 1, to - 1)
  // It has been checked; a key that is written in a rare way is left to JSON.parse.
  return readValue(found, from, 0, isWhole) < 0 ? JSON.parse(textBetween(from, to)) : found.value
}

/** A number as an amount; `null`: it has a sign, an exponent or more digits than are exact, or is not on the page. */
const amountBetween = (from: number, to: number): UsdUnits | null => {
  if (to === from || to - from > MOST_AMOUNT) return null
  let [units, point] = [0, to]
  for (let i = from; i < to; i++) {
    const digit = byteAt(i) - 48
    if (digit >= 0 && digit <= 9) units = units * 10 + digit
    else if (digit === -2) point = i + 1
    else return null
  }
  return { units, decimals: to - point }
}

/** Longest amount, its point included. */
const MOST_AMOUNT = 15
