import type { CollectOptions, Sums } from '../../usage/groups/collect.ts'
import type { UsageRecord } from '../../usage/record.ts'
import type { HowFar } from '../files/how-far.ts'
import type { ColumnsFile } from './columns-file.ts'
import type { DuckdbOptions } from './duckdb-engine.ts'

/** Where what is read goes, and how. */
export interface SourceOptions extends DuckdbOptions {
  /** Name of the only format to read. */
  readonly format?: string | undefined
  readonly columns: ColumnsFile | null
  /** Bytes from which on a CSV file is read by an engine. */
  readonly largeFrom?: number
  readonly collecting: CollectOptions
  readonly visit: (record: UsageRecord) => void
  /** Whether the records' keys are asked for. Default: they are. */
  readonly isKeyed?: boolean | undefined
  readonly addSums: (sums: Sums) => void
  /** Called with the bytes of files that were read, of all, and the records so far. */
  readonly tell?: HowFar | undefined
}
