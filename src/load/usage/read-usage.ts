import { InputError, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { plural } from '../../model/plural.ts'
import type { UsageRecord } from '../../usage/record.ts'
import type { ReadReport } from '../../usage/result/usage-run.ts'
import { readTexts } from '../files/text-files.ts'
import { BadRecord, plainRecord } from './plain-record.ts'

/** Formats of usage that can be read, by their names on the command line. */
export const USAGE_FORMATS = ['plain'] as const

export interface ReadUsageOptions {
  /** Default: detected. */
  readonly format?: string | undefined
}

/** How many malformed records are placed. */
const MOST_PLACED = 5

/**
 * Reads usage from files, globs or standard input, record by record.
 *
 * @param visit - called with each record, in the order of the sources
 * @throws {InputError} NO_FILE, NO_MATCH, NOT_TEXT and others of files; USAGE for an unknown format
 */
export const readUsage = async (
  sources: readonly string[],
  files: Files,
  { format = 'plain' }: ReadUsageOptions,
  visit: (record: UsageRecord) => void,
): Promise<ReadReport> => {
  if (!USAGE_FORMATS.some(name => name === format)) {
    const known = USAGE_FORMATS.join(', ')
    throw new InputError([problems.usage(`there is no input format "${format}"`, `write --input-format ${known}`)])
  }
  const { texts } = await readTexts(sources, files)
  const malformed: { at: string; what: string }[] = []
  let bad = 0
  const found = texts.map(({ file, text }) => {
    let records = 0
    for (const { value, line } of valuesIn(text)) {
      try {
        visit(plainRecord(value()))
        records++
      } catch (error) {
        if (!(error instanceof BadRecord || error instanceof SyntaxError)) throw error
        bad++
        const what = error instanceof BadRecord ? error.message : 'is not JSON'
        if (malformed.length < MOST_PLACED) malformed.push({ at: `${file === '-' ? 'stdin' : file}:${line}`, what })
      }
    }
    return { name: file === '-' ? 'stdin' : file, format, records }
  })
  return { sources: found, malformed: bad, malformed_at: malformed, warnings: warningsOf(bad, malformed) }
}

const warningsOf = (bad: number, placed: ReadReport['malformed_at']): ReadReport['warnings'] => {
  const [first] = placed
  if (!first) return []
  const what = `${plural(bad, 'record')} cannot be read and ${bad === 1 ? 'is' : 'are'} left out; the first: ${first.what}`
  return [{ code: 'BAD_RECORDS', what, fix: 'correct the source; --json lists the first of them', at: first.at }]
}

/** The lines of a text: JSON values, or the rows of a CSV whose first line names its columns. */
function* valuesIn(text: string): Generator<{ readonly line: number; readonly value: () => unknown }> {
  const lines = text.split(/\r?\n/)
  const header = lines[0]?.trimStart().startsWith('{') ? null : (lines[0]?.split(',') ?? [])
  for (const [i, content] of lines.entries()) {
    if (content.trim() === '' || (header && i === 0)) continue
    yield { line: i + 1, value: () => (header ? rowOf(header, content) : JSON.parse(content)) }
  }
}

const rowOf = (header: readonly string[], content: string): object => {
  const cells = content.split(',')
  if (cells.length !== header.length) throw new BadRecord(`has ${cells.length} cells, not ${header.length}`)
  return Object.fromEntries(header.map((name, i) => [name, cells[i]]))
}
