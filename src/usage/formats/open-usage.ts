import { guard } from '../reading/bad-record.ts'
import { type Fields, isFields } from '../reading/fields.ts'
import type { Format, Run, Shape } from '../reading/format.ts'
import type { Place, UsageRecord } from '../record.ts'
import { type Line, makePlan, type Plan, planFor } from './line.ts'
import { openPages, type Pages } from './pages.ts'
import { type RecordQueue, recordQueue } from './queue.ts'
import { namesModel, strangeRecord } from './strange.ts'
import { type Known, openTakers } from './takers.ts'
import { addOne, type FileReading, newReading, PLACES_KEPT, type ShapeTally, tallyOf } from './tally.ts'

/** Where a value stands in its file. */
export type ValuePlace = Omit<Place, 'file'>

/** Takes the values of one file, in their order. */
export interface UsageFile {
  readonly reading: FileReading
  /** A value of JSON, or a row of CSV by its columns. */
  take(value: unknown, form: Shape['form'], place: ValuePlace): void
  /** A line of JSON that has been scanned. @returns whether it was taken; else all of its keys are needed, by `take` */
  takeLine(line: Line, number: number, byte: number): boolean
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
 * @param isKeyed - whether it asks for their keys
 */
export const openUsage = (
  formats: readonly Format[],
  visit: (record: UsageRecord) => void,
  isKeyed = true,
): UsageRun => {
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
  const tallies: ShapeTally[] = []
  const queue = recordQueue()
  const pages = openPages(element => find(element, 'json')?.shape)
  return {
    open: file => openFile({ file, find, runOf, visit, isKeyed, tallies, queue, pages }),
    end: () => {
      pages.end()
      for (const run of runs.values()) run.end?.()
      queue.flush()
      for (const tally of tallies) tally.end()
    },
  }
}

interface Opened {
  readonly file: string
  readonly find: (value: Fields, form: Shape['form']) => Known | undefined
  readonly runOf: (shape: Shape) => Run
  readonly visit: (record: UsageRecord) => void
  readonly isKeyed: boolean
  readonly tallies: ShapeTally[]
  readonly queue: RecordQueue
  readonly pages: Pages
}

export const UNKNOWN = 'no format that is known'

/** Where the values of a file stand, and those that cannot be read. */
const placing = (reading: FileReading) => {
  const place = { line: 1, byte: 0 }
  const badAt = (at: ValuePlace, why: string): void => {
    reading.bad++
    if (reading.places.length < PLACES_KEPT) reading.places.push({ file: reading.file, ...at, why })
  }
  return {
    place,
    bad: (why: string): void => badAt(place, why),
    badHere: (): ((why: string) => void) => {
      const at = { ...place }
      return why => badAt(at, why)
    },
  }
}

type Takers = ReturnType<typeof openTakers>

/** How values of a file are taken one by one, each by what recognises it. */
const valueTaking = (
  reading: FileReading,
  placed: ReturnType<typeof placing>,
  { takers, pages }: { readonly takers: Takers; readonly pages: Pages },
) => {
  const takeUnknown = (value: unknown): void => {
    const why = isFields(value) ? strangeRecord(value) : 'it is not an object'
    if (why === null) {
      addOne(reading.skipped, UNKNOWN)
      reading.unknownAt ??= placed.place.line
    } else placed.bad(why)
  }
  const takeAs = (found: ReturnType<Takers['taking']>, value: unknown, form: Shape['form'], depth: number): void => {
    const inner = found || depth === MOST_DEPTH ? null : elementsOf(value)
    if (inner) {
      if (isFields(value)) pages.see(value, inner, reading)
      for (const element of inner) take(element, form, depth + 1)
      return
    }
    reading.values++
    if (found) {
      found.tally.value()
      guard(() => found.taker.take(value as Fields), placed.bad)
    } else takeUnknown(value)
  }
  const take = (value: unknown, form: Shape['form'], depth: number): void =>
    takeAs(isFields(value) ? takers.taking(value, form) : null, value, form, depth)
  const takeScanned = (value: Fields): boolean => {
    const found = takers.taking(value, 'json')
    // Of these any key may tell whether they are records.
    if (!found && (namesModel(value) || elementsOf(value))) return false
    takeAs(found, value, 'json', 0)
    return true
  }
  return { take, takeScanned }
}

const openFile = ({ file, find, runOf, visit, isKeyed, tallies, queue, pages }: Opened): UsageFile => {
  const reading = newReading(file)
  const placed = placing(reading)
  const place = placed.place
  const bad = placed.bad
  const takers = openTakers(find, ({ name, shape }) => {
    const tally = tallyOf(reading, { name, granularity: shape.granularity })
    tallies.push(tally)
    return { tally, taker: runOf(shape).open({ ...tally.sink(visit, queue), isKeyed, bad, badHere: placed.badHere }) }
  })
  const values = valueTaking(reading, placed, { takers, pages })
  return {
    reading,
    take: (value, form, at) => {
      Object.assign(place, at)
      values.take(value, form, 0)
    },
    takeLine: (line, number, byte) => {
      place.line = number
      place.byte = byte
      const plan = planFor(line, reading) ?? planOf(line, { owner: reading, find, takers })
      if (plan === null) return values.takeScanned(line.fields())
      reading.values++
      guard(plan.take, bad)
      return true
    },
    bad: (why, at) => {
      Object.assign(place, at)
      reading.values++
      bad(why)
    },
    end: () => takers.end(bad, queue.flush),
  }
}

interface Planning extends Pick<Opened, 'find'> {
  readonly owner: object
  readonly takers: ReturnType<typeof openTakers>
}

const planOf = (line: Line, { owner, find, takers }: Planning): Plan | null =>
  makePlan(line, owner, (value, at) => {
    const known = takers.taking(line.fields(), 'json')
    // Of several formats that know it, the one that had the line before may have it.
    if (!known?.taker.plan || find(value, 'json')?.shape !== known.shape) return null
    const take = known.taker.plan(value, at)
    const { value: count } = known.tally
    return () => {
      count()
      take()
    }
  })

/** A list of pages of results. */
const MOST_DEPTH = 2

/** Elements of a list, or of a page of an API; `null`: it is neither. */
const elementsOf = (value: unknown): readonly unknown[] | null => {
  if (Array.isArray(value)) return value
  if (!isFields(value)) return null
  const list = value['data'] ?? value['results'] ?? value['items'] ?? value['logEvents'] ?? value['events']
  return Array.isArray(list) ? list : null
}
