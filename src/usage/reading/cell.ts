import type { Usd, UsdUnits } from '../record.ts'
import { BadRecord, isMissing } from './bad-record.ts'
import { countOf, writtenOf } from './counts.ts'
import type { Fields } from './fields.ts'
import { instantIn, instantOf } from './instants.ts'
import { usdOf } from './usd.ts'

/** What a value is. A text is not empty. */
export type Kind = 'null' | 'empty' | 'text' | 'number' | 'word' | 'list' | 'object'

/** Bytes that hold values. */
export interface Source {
  view(): DataView
  /** Puts the value that lies at `from` into a cell, and its kind. */
  decode(cell: Cell): void
  /** The number in a cell as an amount, if it has few digits, and no sign or exponent; `null`: it has. */
  amount(cell: Cell): UsdUnits | null
}

/**
 * Where a value of JSON stands, in one object or in every line of one structure. Its kind and value are of the line that
 * was read last.
 */
export interface Cell {
  readonly key: string
  kind: Kind
  /** Unless it is decoded: of the last that was. */
  value: unknown
  /** Whether `value` has it, and not only the source. */
  isDecoded: boolean
  /** Whether nobody asks for it, so that its kind is not known until it is decoded. */
  isIdle: boolean
  /** Where it begins in the source, and ends, its quotes or brackets within. */
  from: number
  to: number
  /** `null`: there is none, and it is decoded. */
  readonly source: Source | null
  /** What its line has in common with others. */
  readonly kinds: Kinds
}

/** Whether the cells of a line have the same kinds as those of the line of its structure that was looked at before. */
export interface Kinds {
  areSame: boolean
}

/** Puts the kind of a value that was read into a cell. */
export const setKind = (cell: Cell, kind: Kind): void => {
  if (cell.kind === kind) return
  cell.kind = kind
  cell.kinds.areSame = false
}

/** Finds where the value of a key of an object stands; `null`: the object does not have the key. */
export type CellAt = (fields: Fields, key: string) => Cell | null

export const kindOf = (value: unknown): Kind => {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return value === '' ? 'empty' : 'text'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'word'
  return Array.isArray(value) ? 'list' : 'object'
}

/** A cell that keeps its value. */
export const fixedCell = (key: string, value: unknown): Cell => ({
  key,
  kind: kindOf(value),
  value,
  isDecoded: true,
  isIdle: false,
  from: 0,
  to: 0,
  source: null,
  kinds: FIXED,
})

const FIXED: Kinds = { areSame: false }

/** Cells of an object that is read once. */
export const fixedCells: CellAt = (fields, key) => (fields[key] === undefined ? null : fixedCell(key, fields[key]))

export const valueIn = (cell: Cell): unknown => {
  if (!cell.isDecoded) cell.source?.decode(cell)
  return cell.value
}

/** Whether a cell tells anything; by its kind, so that it holds for all lines of a structure. */
export const isTold = (cell: Cell | null): cell is Cell =>
  cell !== null && cell.kind !== 'null' && cell.kind !== 'empty'

/** The first of the keys that has a text, by its kind; `null`: none. */
export const textCell = (fields: Fields, at: CellAt, ...keys: readonly string[]): Cell | null => {
  for (const key of keys) {
    const cell = at(fields, key)
    if (cell?.kind === 'text') return cell
  }
  return null
}

/** The first of the keys that is not null, by its kind; `null`: none. */
export const firstCell = (fields: Fields, at: CellAt, ...keys: readonly string[]): Cell | null => {
  for (const key of keys) {
    const cell = at(fields, key)
    if (cell !== null && cell.kind !== 'null') return cell
  }
  return null
}

/** `null`: there is no text, or an empty one. */
export const textIn = (cell: Cell | null): string | null =>
  cell !== null && cell.kind === 'text' ? (valueIn(cell) as string) : null

/** The count in a cell; `undefined`: the key is absent, `null`: it is null. @throws {BadRecord} */
export const countIn = (cell: Cell | null): number | null | undefined =>
  cell === null ? undefined : countOf(valueIn(cell), cell.key)

/** The count in a cell that holds text, as CSV writes it. @throws {BadRecord} */
export const writtenIn = (cell: Cell | null): number | null =>
  cell === null ? null : writtenOf(valueIn(cell), cell.key)

/** The count in a cell. @throws {BadRecord} also if there is none */
export const neededIn = (cell: Cell | null, key: string): number => {
  const count = countIn(cell)
  if (typeof count === 'number') return count
  throw new BadRecord(isMissing(key))
}

/** The instant in a cell, as `instantOf` reads it. @throws {BadRecord} */
export const timeIn = (cell: Cell | null): number | null => {
  if (cell === null) return null
  if (!cell.isDecoded && cell.kind === 'text' && cell.source !== null) {
    const instant = instantIn(cell.source.view(), cell.from + 1, cell.to - 1)
    if (instant !== null) return instant
  }
  return instantOf(valueIn(cell))
}

/** The amount in a cell, as `usdOf` reads it. @throws {BadRecord} */
export const usdIn = (cell: Cell | null): Usd | null => {
  if (cell === null) return null
  if (cell.kind === 'number' && cell.source !== null) return cell.source.amount(cell) ?? usdOf(valueIn(cell))
  return usdOf(valueIn(cell))
}
