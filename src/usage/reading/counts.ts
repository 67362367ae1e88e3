import { BadRecord, isMissing, isNoCount } from './bad-record.ts'
import type { Fields } from './fields.ts'

/** Tokens of one record in the disjoint form of `UsageRecord`. */
export interface Counts {
  readonly input: number
  readonly cache_read: number | null
  readonly cache_write: number | null
  readonly cache_write_1h: number | null
  readonly output: number
  readonly reasoning: number | null
}

/**
 * The count at a key of JSON; `undefined`: the key is absent, `null`: it is null.
 *
 * @throws {BadRecord} unless it is a non-negative safe integer written as a number
 */
export const countAt = (fields: Fields, key: string): number | null | undefined => countOf(fields[key], key)

/** The same for the value of a key. @throws {BadRecord} */
export const countOf = (value: unknown, key: string): number | null | undefined => {
  if (value === undefined || value === null) return value
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new BadRecord(isNoCount(key))
}

/** The count at a key of JSON. @throws {BadRecord} also if there is none */
export const neededAt = (fields: Fields, key: string): number => {
  const count = countAt(fields, key)
  if (typeof count === 'number') return count
  throw new BadRecord(isMissing(key))
}

const DIGITS = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.0*)?$/

/**
 * The count in a text, such as a CSV cell: `400`, `400.0` or `1,234`; `null`: the column is absent or the cell empty.
 *
 * @throws {BadRecord} for anything else
 */
export const cellAt = (fields: Fields, key: string): number | null => writtenOf(fields[key], key)

/** The same for the cell of a column. @throws {BadRecord} */
export const writtenOf = (cell: unknown, key: string): number | null => {
  if (cell === undefined || cell === null || cell === '') return null
  const digits = DIGITS.exec(String(cell).trim())?.[1]
  const count = digits === undefined ? Number.NaN : Number(digits.replaceAll(',', ''))
  if (Number.isSafeInteger(count)) return count
  throw new BadRecord(isNoCount(key))
}

/** The count in a cell. @throws {BadRecord} also if it is empty */
export const neededCellAt = (fields: Fields, key: string): number => {
  const count = cellAt(fields, key)
  if (count !== null) return count
  throw new BadRecord(isMissing(key))
}

/** What is left of a sum. @throws {BadRecord} if a part is larger than the whole */
export const lessThan = (whole: number, parts: number, what: string): number => {
  if (parts <= whole) return whole - parts
  throw new BadRecord(what)
}
