import { dirname, isAbsolute, join } from 'node:path'
import { at, InputError, type Problem, problems } from '../errors.ts'
import type { Files } from '../io.ts'
import { exact, quotient, sum, toDecimals } from '../model/money.ts'
import type { Length, Part, WrittenLength } from '../model/scenario.ts'
import type { Tokenizer } from '../tokens/index.ts'
import { readText } from './read-text.ts'

const PROMPT_LIMIT = 8 * 2 ** 20

/** Text to count: each sample with the name that faults call it by. */
interface Text {
  readonly source: string
  readonly samples: readonly { readonly name: string; readonly text: string }[]
}

/** A length whose texts are read, but not yet counted. */
export type ReadLength = number | readonly (number | Text)[]

/**
 * Reads the texts of a length: given in place, from a file, or from every file of a glob.
 *
 * @param file - the scenario; its folder is where relative paths begin
 * @throws {InputError} NO_FILE, IS_FOLDER, NOT_TEXT, NO_MATCH … each at the key
 */
export const readLength = async (
  written: WrittenLength,
  path: readonly (string | number)[],
  { file, files }: { file: string; files: Files },
): Promise<ReadLength> => {
  if (typeof written === 'number') return written
  const base = file === '-' ? '.' : dirname(file)
  const read: (number | Text)[] = []
  const faults: Problem[] = []
  const parts = Array.isArray(written)
    ? written.map((part, i) => ({ part, key: [...path, i] }))
    : [{ part: written, key: path }]
  for (const { part, key } of parts) {
    try {
      read.push(typeof part === 'number' ? part : await readPart(part, base, files))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      faults.push(...error.problems.map(problem => at(key, problem)))
    }
  }
  if (faults.length > 0) throw new InputError(faults)
  return read
}

type TextPart = {
  readonly text?: string | undefined
  readonly file?: string | undefined
  readonly files?: string | undefined
}

const readPart = async ({ text, file, files: glob }: TextPart, base: string, files: Files): Promise<Text> => {
  if (text !== undefined) return { source: 'text', samples: [{ name: 'text', text }] }
  const read = (name: string) => ({ name, text: readText(name, files, PROMPT_LIMIT) })
  if (file !== undefined) return { source: file, samples: [read(isAbsolute(file) ? file : join(base, file))] }
  const pattern = glob ?? ''
  const found = await files.glob(pattern, base)
  if (found.length === 0) throw new InputError([problems.noMatch(pattern)])
  const faults: Problem[] = []
  const samples = found.flatMap(name => {
    try {
      return [read(name)]
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      faults.push(...error.problems)
      return []
    }
  })
  if (faults.length > 0) throw new InputError(faults)
  return { source: pattern, samples }
}

/** Whether any text in it has to be counted. */
export const hasText = (read: ReadLength): boolean =>
  typeof read !== 'number' && read.some(part => typeof part !== 'number')

/**
 * Counts the texts of a length with one vocabulary.
 *
 * @throws {InputError} TEXT_TOO_HARD
 */
export const countLength = (read: ReadLength, tokenizer: Tokenizer | null): Length => {
  if (typeof read === 'number') return read
  const parts = read.map(part => countPart(part, tokenizer))
  const mean = sum(
    parts.map(({ samples }) => quotient(sum(samples.map(tokens => exact(tokens))), exact(samples.length))),
  )
  const total = (pick: (samples: readonly number[]) => number): number =>
    parts.reduce((tokens, { samples }) => tokens + pick(samples), 0)
  return {
    mean: toDecimals(mean, 6),
    min: total(samples => Math.min(...samples)),
    max: total(samples => Math.max(...samples)),
    parts,
  }
}

const countPart = (part: number | Text, tokenizer: Tokenizer | null): Part => {
  if (typeof part === 'number') return { source: 'number', samples: [part], tokenizer: null, exact: true }
  if (!tokenizer) throw new Error('text is counted only with a tokenizer')
  const samples = part.samples.map(({ name, text }) => {
    const longest = tokenizer.tooHard(text)
    if (longest !== null) throw new InputError([problems.textTooHard(name, longest)])
    return tokenizer.count(text)
  })
  return { source: part.source, samples, tokenizer: tokenizer.name, exact: tokenizer.exact }
}
