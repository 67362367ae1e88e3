import type { Dialect } from './dialect.ts'

/** A column of an answer, with its type in the words of the engine. */
export interface Column {
  readonly name: string
  readonly type: string
}

/** A row of an answer, every value as text. */
export type Row = readonly (string | null)[]

/** Something that answers SQL: it groups, and knows no prices. */
export interface Engine {
  readonly dialect: Dialect
  /** The whole answer of a query; throws if any of it is missing. */
  run(query: string): Promise<readonly Row[]>
  /** Runs a statement that a query needs before it. */
  prepare(statement: string): Promise<void>
  /** The columns of what a query would answer. */
  columns(query: string): Promise<readonly Column[]>
}

/** A column of ours, and the expression of a table that gives it. */
export interface Meant extends Column {
  readonly sql: string
}

/** A table of usage: a file, or a table of a server. */
export interface Table {
  /** As the user named it. */
  readonly name: string
  /** What reports call its form. */
  readonly format: string
  /** What stands behind `from`. */
  readonly from: string
  /** By our names. */
  readonly columns: readonly Meant[]
  /** The names that its own columns have. */
  readonly has: readonly string[]
  /** An expression that numbers its rows from 1; `null`: they have no order. */
  readonly row: string | null
}
