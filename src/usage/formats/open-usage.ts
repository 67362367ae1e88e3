import { BadRecord } from '../reading/bad-record.ts'
import { type Fields, isFields } from '../reading/fields.ts'
import type { Format, Run, Shape, Sink, Taker } from '../reading/format.ts'
import type { Place, UsageRecord } from '../record.ts'
import { addOne, type FileReading, granularityOf, newReading, PLACES_KEPT } from './tally.ts'

/** Where a value stands in its file. */
export type ValuePlace = Omit<Place, 'file'>

/** Takes the values of one file, in their order. */
export interface UsageFile {
  readonly reading: FileReading
  /** A value of JSON, or a row of CSV by its columns. */
  take(value: unknown, form: Shape['form'], place: ValuePlace): void
  /** What is no value: not JSON, too long. */
  bad(why: string, place: ValuePlace): void
  end(): void
}

/** Takes files, one after the other. */
export interface UsageRun {
  open(file: string): UsageFile
  /** Gives what could be given only once every file was read. */
  end(): void
}

/**
 * Brings values into records. Each value is recognised by its content, so a file may hold several formats; the format of
 * the value before is tried first.
 *
 * @param formats - those that may be recognised; of one alone, its last shape takes what none recognises
 * @param visit - called for each record
 */
export const openUsage = (formats: readonly Format[], visit: (record: UsageRecord) => void): UsageRun => {
  const runs = new Map<() => Run, Run>()
  const runOf = ({ start }: Shape): Run => {
    const run = runs.get(start) ?? start()
    runs.set(start, run)
    return run
  }
  const shapes = formats.flatMap(({ name, shapes }) => shapes.map(shape => ({ name, shape })))
  const only = formats.length === 1 ? shapes : []
  const find = (value: Fields, form: Shape['form']): Known | undefined =>
    shapes.find(({ shape }) => shape.form === form && shape.recognises(value)) ??
    // A page is opened before its elements are taken.
    (elementsOf(value) ? undefined : only.findLast(({ shape }) => shape.form === form))
  return {
    open: file => openFile({ file, find, runOf, visit }),
    end: () => {
      for (const run of runs.values()) run.end?.()
    },
  }
}

interface Known {
  readonly name: string
  readonly shape: Shape
}

interface Opened {
  readonly file: string
  readonly find: (value: Fields, form: Shape['form']) => Known | undefined
  readonly runOf: (shape: Shape) => Run
  readonly visit: (record: UsageRecord) => void
}

export const UNKNOWN = 'no format that is known'

const openFile = ({ file, find, runOf, visit }: Opened): UsageFile => {
  const reading = newReading(file)
  let place: ValuePlace = { line: 1, byte: 0 }
  const bad = (why: string): void => {
    reading.bad++
    if (reading.places.length < PLACES_KEPT) reading.places.push({ file, ...place, why })
  }
  const { taking, end } = openTakers(find, shape =>
    runOf(shape).open(sinkOf({ reading, bad, visit, granularity: shape.granularity })),
  )
  const take = (value: unknown, form: Shape['form'], depth: number): void => {
    const found = isFields(value) ? taking(value, form) : null
    const inner = found || depth === MOST_DEPTH ? null : elementsOf(value)
    if (inner) {
      for (const element of inner) take(element, form, depth + 1)
      return
    }
    reading.values++
    if (found) {
      addOne(reading.formats, found.name)
      guard(() => found.taker.take(value as Fields), bad)
    } else if (isFields(value)) addOne(reading.skipped, UNKNOWN)
    else bad('it is not an object')
  }
  return {
    reading,
    take: (value, form, at) => {
      place = at
      take(value, form, 0)
    },
    bad: (why, at) => {
      place = at
      reading.values++
      bad(why)
    },
    end: () => end(one => guard(() => one.end?.(), bad)),
  }
}

interface Taking {
  readonly name: string
  readonly taker: Taker
}

interface Opening extends Known, Taking {
  /** What took the value after the last that this one took. */
  next: Opening | null
}

/** The takers of one file, one a shape: what followed the one before is tried first, then it, then the others. */
const openTakers = (find: Opened['find'], open: (shape: Shape) => Taker) => {
  const known: Opening[] = []
  let last: Opening | null = null
  const isOf = ({ shape }: Known, value: Fields, form: Shape['form']): boolean =>
    shape.form === form && shape.recognises(value)
  const knownOf = (value: Fields, form: Shape['form']): Opening | null => {
    const likely = last?.next ?? null
    if (likely && isOf(likely, value, form)) return likely
    if (last && last !== likely && isOf(last, value, form)) return last
    return known.find(one => one !== last && one !== likely && isOf(one, value, form)) ?? null
  }
  const newOf = (value: Fields, form: Shape['form']): Opening | null => {
    const found = find(value, form)
    if (!found) return null
    const same = known.find(({ shape }) => shape === found.shape)
    if (same) return same
    const one = { name: found.name, shape: found.shape, taker: open(found.shape), next: null }
    known.push(one)
    return one
  }
  return {
    taking: (value: Fields, form: Shape['form']): Taking | null => {
      const one = knownOf(value, form) ?? newOf(value, form)
      if (one && last) last.next = one
      last = one ?? last
      return one
    },
    end: (each: (taker: Taker) => void): void => {
      for (const { taker } of known) each(taker)
    },
  }
}

/** A list of pages of results. */
const MOST_DEPTH = 2

/** Elements of a list, or of a page of an API; `null`: it is neither. */
const elementsOf = (value: unknown): readonly unknown[] | null => {
  if (Array.isArray(value)) return value
  if (!isFields(value)) return null
  const list = value['data'] ?? value['results'] ?? value['items']
  return Array.isArray(list) ? list : null
}

const guard = (work: () => void, bad: (why: string) => void): void => {
  try {
    work()
  } catch (error) {
    if (!(error instanceof BadRecord)) throw error
    bad(error.message)
  }
}

const sinkOf = ({
  reading,
  bad,
  visit,
  granularity,
}: Pick<Opened, 'visit'> &
  Pick<Shape, 'granularity'> & { reading: FileReading; bad: (why: string) => void }): Sink => ({
  record: record => {
    reading.records++
    addOne(reading.granularity, granularityOf(record, granularity))
    visit(record)
  },
  part: () => {
    reading.parts++
  },
  duplicate: () => {
    reading.duplicates++
  },
  skip: why => addOne(reading.skipped, why),
  bad,
  convention: found => addOne(reading.conventions, found),
})
