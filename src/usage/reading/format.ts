import type { Granularity, UsageRecord } from '../record.ts'
import { type Cell, type CellAt, fixedCells } from './cell.ts'
import type { Fields } from './fields.ts'
import type { IdScope } from './seen-ids.ts'

/**
 * Takes what a format finds. Every value that a format is given ends in exactly one call of `record`, `once`, `most`,
 * `part`, `duplicate` or `skip`, or in a `BadRecord`; a value that holds several, such as a line of spans, in one for
 * each.
 */
export interface Sink {
  /** Whether anybody asks for the keys of records. */
  readonly isKeyed: boolean
  record(record: UsageRecord): void
  /**
   * A record, or usage that was read before if another of the scope has its id.
   *
   * @param id - text, or a cell; `null`, or a cell without text: it has none
   */
  once(record: UsageRecord, scope: IdScope, id: string | Cell | null): void
  /**
   * The same of a record that may have been written before its call had ended: of those of one id in a file, one after
   * the other or with less than 128 others between, that with the most output is the record.
   */
  most(record: UsageRecord, scope: IdScope, id: string | Cell | null): void
  /** A part of a record, beside the one that stands for it, or of a session: it is expected and has no usage. */
  part(): void
  /** Usage that was read before. */
  duplicate(): void
  /** No usage of its own. `why`: a fixed text. */
  skip(why: string): void
  /** A value inside a page or line cannot be read. */
  bad(why: string): void
  /** The same of the value that is taken now, to be said later. */
  badHere(): (why: string) => void
  /** What the check of the counts found in this record. */
  convention(found: string): void
  /** A column that holds numbers is not read, though it may have been meant for another. */
  ignored(column: string, nearest: string): void
}

/** Reads the values of one file, in their order. */
export interface Taker {
  /** @throws {BadRecord} */
  take(value: Fields): void
  /**
   * Decides how values of one structure are taken: the same keys in the same objects, with values of the same kinds.
   * It asks for cells and, wherever a value itself decides, for the value, which is then part of the structure.
   */
  plan?(value: Fields, at: CellAt): Take
  /** Called after the last value of the file. */
  end?(): void
}

/** Takes the value that its cells are of. @throws {BadRecord} */
export type Take = () => void

/** A taker by its plan alone. */
export const planned = (plan: (value: Fields, at: CellAt) => Take): Taker => ({
  take: value => plan(value, fixedCells)(),
  plan,
})

/** Reads all files of a shape in one run, which share what has been seen. */
export interface Run {
  open(sink: Sink): Taker
  /** Called after the last file. */
  end?(): void
}

/** One way in which a format is written: a JSON value a record, or a CSV row whose cells are texts. */
export interface Shape {
  readonly form: 'json' | 'csv'
  readonly granularity: Granularity
  /** Whether a value, or the columns of a row, belong to it. */
  recognises(value: Fields): boolean
  /** Shapes with the same function share its run. */
  readonly start: () => Run
}

/** A format of usage that can be read. */
export interface Format {
  /** As `--input-format` takes it. */
  readonly name: string
  readonly what: string
  readonly shapes: readonly Shape[]
}

/** A shape whose records stand by themselves. */
export const each = (shape: Omit<Shape, 'start'>, take: (value: Fields, sink: Sink) => void): Shape => ({
  ...shape,
  start: () => ({ open: sink => ({ take: value => take(value, sink) }) }),
})
