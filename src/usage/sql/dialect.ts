import type { RatePlan } from '../plan/plan-rates.ts'
import type { Rows } from './select.ts'

/** How a value is read from a row, and when it cannot be. */
export interface Reading {
  /** Null where the row does not tell it. */
  readonly value: string
  /** A condition; `null`: it can always be read. */
  readonly bad: string | null
  /** The first and the last of all rows, where statistics may tell them; null if any is bad, as are bad values. */
  readonly ends?: readonly [first: string, last: string]
  /** Of an instant: its column as it stands, which is read faster, the type of that, and how it becomes the value. */
  readonly stamp?: { readonly sql: string; readonly type: string; readonly value: (sql: string) => string }
  /** Of an instant: a condition that holds wherever it lies in a time, and by which the engine skips other rows. */
  readonly within?: (time: { readonly from: number; readonly to: number }) => string
}

/** How each row comes to its state. */
export interface Lookup {
  /** Statements that are run before. */
  readonly before: readonly string[]
  /** What follows `from`. */
  readonly join: string
  readonly state: string
}

/** How rows are counted once. */
export interface Once {
  /** Statements that are run before. */
  readonly before: readonly string[]
  /** A query: how many rows of each source come again. */
  readonly counts: string
  /** A condition on rows that have a source and a line: they count. */
  readonly counted: string
}

/** What an engine's SQL has of its own. Expressions, conditions and queries are texts of SQL. */
export interface Dialect {
  /** A column's name, quoted. */
  name(column: string): string
  /** A count: a whole number from 0 to 2^53 - 1. `null`: the type has no counts. */
  count(sql: string, type: string): Reading | null
  /** Milliseconds since 1970. `null`: the type has no instants. */
  instant(sql: string, type: string): Reading | null
  /** An exact amount of money. `null`: the type has none. */
  money(sql: string, type: string): Reading | null
  /** Text; empty or null where there is none. */
  text(sql: string, type: string): string
  /** 1 where a condition holds, else 0; a condition that is never null. */
  bit(condition: string): string
  /** The total of counts, none of them null; in rows that do not count they may be too large for one. */
  total(counts: readonly string[]): string
  /** The quotient of two whole numbers from 0, rounded down. */
  quotient(dividend: string, divisor: number): string
  /** The sum of counts, or of money, as text. */
  sum(sql: string): string
  /** The state of a slot. */
  lookup(plan: Pick<RatePlan, 'first' | 'slots'>, slot: string): Lookup
  /** A query of columns of rows. @param join - what a lookup needs behind `from` */
  select(rows: Rows, columns: string, join: string): string
  /** The ids that come more than once, in rows of an id. */
  repeated(rows: Rows): string
  /** Rows of an id, a source and a line: the first of each id counts. `null`: the engine keeps no order. */
  once(rows: Rows): Once | null
  /** Whether groups can be joined with a table and grouped again. */
  readonly regroups: boolean
  /** The most days that one query may plan. */
  readonly mostDays: number
  /** Whether sums of counts may wrap, so that what they can reach is checked. */
  readonly wraps: boolean
}
