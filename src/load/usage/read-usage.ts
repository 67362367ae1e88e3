import { InputError, problems } from '../../errors/index.ts'
import type { Left } from '../../io.ts'
import { plural } from '../../model/plural.ts'
import type { Warning } from '../../model/result/result.ts'
import { FORMATS } from '../../usage/formats/index.ts'
import { openUsage, type UsageFile } from '../../usage/formats/open-usage.ts'
import type { FileReading } from '../../usage/formats/tally.ts'
import { WANTED, WANTED_BEGINNINGS, WHOLE } from '../../usage/reading/wanted-keys.ts'
import type { UsageRecord } from '../../usage/record.ts'
import type { ReadReport } from '../../usage/result/usage-run.ts'
import { type HowFar, openHowFar } from '../files/how-far.ts'
import { leftWarnings } from '../files/left-warnings.ts'
import { nameOf, toReadProblem } from '../files/read-bytes.ts'
import { findSources, type UsageFiles } from './find-sources.ts'
import { namesOf } from './scan/names.ts'
import { type LineScanner, lineScanner } from './scan/scan-line.ts'
import { splitBytes } from './split-lines.ts'
import { Broken, unpack } from './unpack.ts'
import { valueReader } from './value-reader.ts'

/** Names of the formats of usage that can be read. */
export const USAGE_FORMATS: readonly string[] = FORMATS.map(({ name }) => name)

/** What was found in all sources. */
export interface Reading {
  readonly files: readonly FileReading[]
  /** Paths skipped by a search. */
  readonly left: readonly Left[]
  /** What else is to be known of the sources. */
  readonly warnings?: readonly Warning[]
}

export interface ReadOptions {
  /** Name of the only format to read; left out: each record is recognised by its content. */
  readonly format?: string | undefined
  /** Called for each record, in the order of the source, but for formats that must see every file first. */
  readonly visit: (record: UsageRecord) => void
  /** Whether the records' keys are asked for. Default: they are. */
  readonly isKeyed?: boolean | undefined
  readonly tell?: HowFar | undefined
}

/** Bytes read at once. */
const PIECE = 2 ** 18

/**
 * Reads usage in one pass and bounded memory: JSON Lines, JSON up to 64 MiB, CSV, each also as gzip or zstd. Malformed
 * records are counted and the first ones placed, never thrown; a file that is cut short or damaged has `broken`.
 *
 * @param sources - files, globs, `-`
 * @throws {InputError} NO_FILE, NO_MATCH, IS_FOLDER, NOT_READABLE …
 */
export const readUsage = async (
  sources: readonly string[],
  files: UsageFiles,
  { format, visit, isKeyed, tell }: ReadOptions,
): Promise<Reading> => {
  const formats = format === undefined ? FORMATS : FORMATS.filter(({ name }) => name === format)
  const { paths, left } = await findSources(sources, files)
  const run = openUsage(formats, visit, isKeyed)
  const scanner = lineScanner(namesOf({ inside: WANTED, whole: WHOLE, beginnings: WANTED_BEGINNINGS }))
  const readings: FileReading[] = []
  const wasRead = openHowFar(paths, files, tell)
  let before = 0
  for (const path of paths) {
    const file = run.open(path)
    const { reading } = file
    await readFile(path, files, { file, scanner, passed: bytes => wasRead(bytes, before + reading.records) })
    before += reading.records
    readings.push(reading)
  }
  run.end()
  return { files: readings, left }
}

function* chunksOf(path: string, { pieces }: UsageFiles, passed: Target['passed']): Generator<Uint8Array> {
  for (const { bytes } of pieces(path, PIECE)) {
    yield bytes
    passed(bytes.length)
  }
}

interface Target {
  readonly file: UsageFile
  readonly scanner: LineScanner
  /** Called with the bytes of each piece that was read. */
  readonly passed: (bytes: number) => void
}

const readFile = async (path: string, files: UsageFiles, { file, scanner, passed }: Target): Promise<void> => {
  const reader = valueReader(file, scanner)
  const lines = splitBytes(reader.visit, reader.known)
  try {
    for await (const chunk of unpack(chunksOf(path, files, passed))) lines.push(chunk)
  } catch (error) {
    if (error instanceof Broken) file.reading.broken = error.message
    else throw toReadProblem(error, nameOf(path), Number.POSITIVE_INFINITY)
  }
  lines.end()
  reader.end()
}

/**
 * What a report says of the reading.
 *
 * @throws {InputError} NO_RECORDS for a file in which nothing was recognised
 */
export const readReport = ({ files, left, warnings = [] }: Reading): ReadReport => {
  const strange = files.filter(({ values, formats, broken }) => values > 0 && broken === null && isNone(formats))
  if (strange.length > 0) {
    const whyOf = ([first]: FileReading['places']): string | null => (first ? `line ${first.line}: ${first.why}` : null)
    throw new InputError(
      strange.map(({ file, places, header }) =>
        problems.noFormat(nameOf(file), { formats: USAGE_FORMATS, why: header ?? whyOf(places) }),
      ),
    )
  }
  const placed = files.flatMap(({ file, places }) =>
    places.map(({ line, byte, why }) => ({
      at: line === null ? nameOf(file) : `${nameOf(file)}:${line}`,
      what: line === null ? why : `${why} (${byte === null ? `row ${line}` : `byte ${byte}`})`,
    })),
  )
  const bad = files.reduce((sum, one) => sum + one.bad, 0)
  return {
    sources: files.map(({ file, formats, records }) => ({
      name: nameOf(file),
      format: Object.keys(formats).join(', ') || 'none',
      records,
    })),
    malformed: bad,
    malformed_at: placed.slice(0, MOST_PLACED),
    warnings: [...leftWarnings(left), ...warnings, ...badWarnings(bad, placed), ...files.flatMap(fileWarnings)],
  }
}

/** How many malformed records are placed. */
export const MOST_PLACED = 10

const isNone = (counts: object): boolean => Object.keys(counts).length === 0

const badWarnings = (bad: number, placed: ReadReport['malformed_at']): ReadReport['warnings'] => {
  const [first] = placed
  if (!first) return []
  const what = `${plural(bad, 'record')} cannot be read and ${bad === 1 ? 'is' : 'are'} left out; the first: ${first.what}`
  return [{ code: 'BAD_RECORDS', what, fix: 'correct the source; --json lists the first of them', at: first.at }]
}

/** What a file has that is no record: duplicates, what was skipped or not read, and an end that is missing. */
const fileWarnings = ({ file, broken, lacksPages, ignored, duplicates, skipped }: FileReading): Warning[] => {
  const name = nameOf(file)
  const quoted = JSON.stringify(name)
  const warn = (code: string, isSo: boolean, what: string, fix: string): Warning[] =>
    isSo ? [{ code, what: `${quoted}${what}`, fix, at: name }] : []
  const reasons = Object.entries(skipped).map(([why, count]) => `${count} ${why}`)
  const columns = Object.entries(ignored)
  const near = columns.map(([column, nearest]) => `${JSON.stringify(column.slice(0, LONGEST))} (${nearest}?)`)
  const those = columns.length === 1 ? 'a column that is none of ours and is' : 'columns that are none of ours and are'
  return [
    ...warn('SOURCE_BROKEN', broken !== null, `: ${broken}`, 'fetch the file again'),
    ...warn(
      'PAGES_MISSING',
      lacksPages,
      ' says that more pages follow it, which are not here',
      'fetch the pages after it too, and name them all in one run',
    ),
    ...warn(
      'COLUMN_IGNORED',
      columns.length > 0,
      ` has ${those} not counted: ${near.join(', ')}`,
      'give it the name of ours if it is meant, else another',
    ),
    ...warn(
      'DUPLICATES',
      duplicates > 0,
      ` has ${plural(duplicates, 'record')} twice, counted once`,
      'nothing, if requests were retried or files overlap',
    ),
    ...warn(
      'RECORDS_SKIPPED',
      reasons.length > 0,
      ` has values without usage: ${reasons.join('; ')}`,
      'nothing, if they are what you expect',
    ),
  ]
}

/** Most characters that are shown of a column's name. */
const LONGEST = 40
