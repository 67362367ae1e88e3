import type { Sink } from '../reading/format.ts'
import type { Granularity, Place, UsageRecord } from '../record.ts'
import type { Exit, RecordQueue } from './queue.ts'

/** A record that could not be read. */
export interface BadPlace extends Omit<Place, 'byte' | 'line'> {
  /** `null`: the rows of the source have no order. */
  readonly line: number | null
  /** Bytes before it; `null`: the file has rows, and `line` is the row. */
  readonly byte: number | null
  /** A fixed text: nothing of the record's content. */
  readonly why: string
}

/** How many columns that are not read are kept of a file. */
export const COLUMNS_KEPT = 5

/** How many places of bad records are kept of a file; all are counted. */
export const PLACES_KEPT = 10

/**
 * What was found in one file. Every value ends in one of `records`, `parts`, `duplicates`, `skipped` and `bad`; a value
 * that holds several, such as a page or a line of spans, in one for each of them.
 */
export interface FileReading {
  readonly file: string
  /** Lines, rows, or elements of a list. */
  values: number
  records: number
  /** Values that are parts of a record, beside the one that stands for it, or of a session without usage of their own. */
  parts: number
  duplicates: number
  bad: number
  /** The first bad records. */
  readonly places: BadPlace[]
  /** Values without usage of their own, by reason. */
  readonly skipped: Record<string, number>
  /** Line of the first value that is of no format; `null`: there is none. */
  unknownAt: number | null
  /** Values by the format that recognised them; empty: nothing was recognised. */
  readonly formats: Record<string, number>
  /** Records by how fine they are. */
  readonly granularity: Partial<Record<Granularity, number>>
  /** Records by what the check of their counts found. */
  readonly conventions: Record<string, number>
  /** Columns with numbers that are not read, and the ones that may be meant; the first of them. */
  readonly ignored: Record<string, string>
  /** Why the file was not read to its end; `null`: it was. */
  broken: string | null
  /** The sources among which its ids were compared, so that each counts once; `null`: it has none. */
  comparedIn: string | null
  /** What may be wrong with the header of a CSV file; `null`: nothing that is known. */
  header: string | null
  /** Whether a page says that others follow, which no source has. */
  lacksPages: boolean
}

/** What is read record by record. */
const RECORDS = 'read record by record'

export const newReading = (file: string): FileReading => ({
  ...{ file, values: 0, records: 0, parts: 0, duplicates: 0, bad: 0 },
  ...{ places: [], skipped: {}, unknownAt: null, formats: {}, granularity: {}, conventions: {}, ignored: {} },
  ...{ broken: null, comparedIn: null, header: null, lacksPages: false },
})

const addTo = <Key extends string>(counts: Partial<Record<Key, number>>, key: Key, more: number): void => {
  counts[key] = (counts[key] ?? 0) + more
}

/** Adds one to a count. */
export const addOne = <Key extends string>(counts: Partial<Record<Key, number>>, key: Key): void =>
  addTo(counts, key, 1)

/** How fine a record is: in whichever format, what has an end is a bucket. */
export const granularityOf = (record: UsageRecord, usual: Granularity): Granularity =>
  usual === 'call' && record.end !== null ? 'bucket' : usual

/** Counts what one way of writing has in a file. */
export interface ShapeTally {
  /** Counts a value that it takes. */
  value(): void
  /** Counts what its taker finds. @param visit - called for each record */
  sink(visit: (record: UsageRecord) => void, queue: RecordQueue): Omit<Sink, 'bad' | 'badHere' | 'isKeyed'>
  /** Adds to the file what has been counted apart. */
  end(): void
}

export const tallyOf = (
  reading: FileReading,
  { name, granularity }: { readonly name: string; readonly granularity: Granularity },
): ShapeTally => {
  // Plain counts: one of a key that is looked up costs more than the rest of a record.
  let [values, usual] = [0, 0]
  const conventions = conventionCounter(reading)
  const exitTo = (visit: (record: UsageRecord) => void): Exit => ({
    record: record => {
      reading.records++
      const fine = granularityOf(record, granularity)
      if (fine === granularity) usual++
      else addOne(reading.granularity, fine)
      visit(record)
    },
    duplicate: () => void reading.duplicates++,
    part: () => void reading.parts++,
  })
  const compared = (hasId: boolean): void => {
    if (hasId) reading.comparedIn = RECORDS
  }
  return {
    value: () => {
      values++
    },
    sink: (visit, queue) => {
      const exit = exitTo(visit)
      return {
        record: record => queue.give(record, exit),
        once: (record, scope, id) => compared(queue.giveOnce(record, exit, scope, id)),
        most: (record, scope, id) => compared(queue.giveMost(record, exit, scope, id)),
        part: exit.part,
        duplicate: exit.duplicate,
        skip: why => addOne(reading.skipped, why),
        convention: conventions.add,
        ignored: (column, nearest) => {
          if (Object.keys(reading.ignored).length < COLUMNS_KEPT) reading.ignored[column] = nearest
        },
      }
    },
    end: () => {
      if (values > 0) addTo(reading.formats, name, values)
      if (usual > 0) addTo(reading.granularity, granularity, usual)
      conventions.end()
      ;[values, usual] = [0, 0]
    },
  }
}

/** Counts what the checks of counts find: most often the same again. */
const conventionCounter = ({ conventions }: FileReading) => {
  let [last, count] = ['', 0]
  const end = (): void => {
    if (count > 0) addTo(conventions, last, count)
    count = 0
  }
  return {
    add: (found: string): void => {
      if (found !== last) end()
      last = found
      count++
    },
    end,
  }
}

/** How many values without usage a file has. */
export const skippedIn = ({ skipped }: FileReading): number =>
  Object.values(skipped).reduce((sum, count) => sum + count, 0)
