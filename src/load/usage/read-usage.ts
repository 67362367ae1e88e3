import { InputError, problems } from '../../errors/index.ts'
import type { Left } from '../../io.ts'
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
import { badWarnings, readWarnings } from './read-warnings.ts'
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
    sources: files.map(({ file, formats, records, conventions }) => ({
      name: nameOf(file),
      format: Object.keys(formats).join(', ') || 'none',
      records,
      conventions,
    })),
    malformed: bad,
    malformed_at: placed.slice(0, MOST_PLACED),
    warnings: [...leftWarnings(left), ...warnings, ...badWarnings(bad, placed), ...readWarnings(files)],
  }
}

/** How many malformed records are placed. */
export const MOST_PLACED = 10

const isNone = (counts: object): boolean => Object.keys(counts).length === 0
