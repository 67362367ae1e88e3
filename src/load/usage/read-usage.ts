import { InputError } from '../../errors/index.ts'
import type { Left } from '../../io.ts'
import { FORMATS } from '../../usage/formats/index.ts'
import { openUsage, type UsageFile } from '../../usage/formats/open-usage.ts'
import type { FileReading } from '../../usage/formats/tally.ts'
import type { UsageRecord } from '../../usage/record.ts'
import { unreadable } from '../files/read-text.ts'
import { findSources, type UsageFiles } from './find-sources.ts'
import { splitLines } from './split-lines.ts'
import { Broken, unpack } from './unpack.ts'
import { valueReader } from './value-reader.ts'

/** What was found in all sources. */
export interface Reading {
  readonly files: readonly FileReading[]
  /** Paths skipped by a search. */
  readonly left: readonly Left[]
}

export interface ReadOptions {
  /** Name of the only format to read; left out: each record is recognised by its content. */
  readonly format?: string
  /** Called for each record, in the order of the source, but for formats that must see every file first. */
  readonly visit: (record: UsageRecord) => void
}

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
  { format, visit }: ReadOptions,
): Promise<Reading> => {
  const formats = format === undefined ? FORMATS : FORMATS.filter(({ name }) => name === format)
  const { paths, left } = await findSources(sources, files)
  const run = openUsage(formats, visit)
  const readings: FileReading[] = []
  for (const path of paths) {
    const file = run.open(path)
    await readFile(path, files, file)
    readings.push(file.reading)
  }
  run.end()
  return { files: readings, left }
}

const readFile = async (path: string, files: UsageFiles, file: UsageFile): Promise<void> => {
  const reader = valueReader(file)
  const lines = splitLines(reader.visit)
  try {
    for await (const chunk of unpack(files.stream(path))) lines.push(chunk)
  } catch (error) {
    if (error instanceof Broken) file.reading.broken = error.message
    else throw refused(path, error)
  }
  lines.end()
  reader.end()
}

/** The user's fault where the file cannot be read; else the error as it is. */
const refused = (path: string, error: unknown): unknown =>
  error instanceof Error && 'code' in error
    ? new InputError([unreadable(error, path === '-' ? 'stdin' : path, Number.POSITIVE_INFINITY)])
    : error
