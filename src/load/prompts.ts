import { dirname, isAbsolute, join } from 'node:path'
import { at, InputError, type Problem, problems } from '../errors.ts'
import type { Files, Left } from '../io.ts'
import type { Length, Part, Template } from '../model/counted.ts'
import { exact, quotient, sum, toDecimals } from '../model/money.ts'
import type { WrittenLength } from '../model/scenario.ts'
import { type Count, type Counter, countTools, type ToolDefinition } from '../tokens/index.ts'
import { readText } from './read-text.ts'
import { TEXT_LIMIT } from './text-files.ts'

/** Text to count: each sample with the name that faults call it by. */
interface Text {
  readonly kind: 'text'
  readonly source: string
  readonly samples: readonly { readonly name: string; readonly text: string }[]
}

/** Tool definitions to count. */
interface Tools {
  readonly kind: 'tools'
  readonly source: string
  readonly tools: readonly ToolDefinition[]
}

/** A length whose texts are read, but not yet counted. */
export type ReadLength = number | readonly (number | Text | Tools)[]

/**
 * Reads the texts of a length: given in place, from a file, or from every file of a glob.
 *
 * @param file - the scenario; its folder is where relative paths begin
 * @param left - gathers what a search did not go into
 * @throws {InputError} NO_FILE, IS_FOLDER, NOT_TEXT, NO_MATCH … each at the key
 */
export const readLength = async (
  written: WrittenLength,
  path: readonly (string | number)[],
  { file, files, left }: { file: string; files: Files; left: Left[] },
): Promise<ReadLength> => {
  if (typeof written === 'number') return written
  const base = file === '-' ? '.' : dirname(file)
  const read: (number | Text | Tools)[] = []
  const faults: Problem[] = []
  const parts = Array.isArray(written)
    ? written.map((part, i) => ({ part, key: [...path, i] }))
    : [{ part: written, key: path }]
  for (const { part, key } of parts) {
    try {
      read.push(typeof part === 'number' ? part : await readPart(part, base, { files, left }))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      // A fault inside a file of tools already stands at its own place.
      faults.push(...error.problems.map(problem => (problem.at === undefined ? at(key, problem) : problem)))
    }
  }
  if (faults.length > 0) throw new InputError(faults)
  return read
}

type TextPart = {
  readonly text?: string | undefined
  readonly file?: string | undefined
  readonly files?: string | undefined
  readonly tools?: string | undefined
}

const readPart = async (
  part: TextPart,
  base: string,
  { files, left }: { readonly files: Files; readonly left: Left[] },
): Promise<Text | Tools> => {
  const { text, file, files: glob, tools } = part
  if (text !== undefined) return { kind: 'text', source: 'text', samples: [{ name: 'text', text }] }
  const pathOf = (name: string): string => (isAbsolute(name) ? name : join(base, name))
  const read = (name: string) => ({ name, text: readText(name, files, TEXT_LIMIT) })
  if (file !== undefined) return { kind: 'text', source: file, samples: [read(pathOf(file))] }
  if (tools !== undefined) {
    const { parseTools } = await import('./tools.ts')
    const { name, text: json } = read(pathOf(tools))
    return { kind: 'tools', source: tools, tools: parseTools(name, json) }
  }
  const pattern = glob ?? ''
  const found = await files.glob(pattern, base)
  left.push(...found.left)
  if (found.files.length === 0) throw new InputError([problems.noMatch(pattern)])
  const faults: Problem[] = []
  const samples = found.files.flatMap(({ path }) => {
    try {
      return [read(path)]
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      faults.push(...error.problems)
      return []
    }
  })
  if (faults.length > 0) throw new InputError(faults)
  return { kind: 'text', source: pattern, samples }
}

/** Whether any text in it has to be counted. */
export const hasText = (read: ReadLength): boolean =>
  typeof read !== 'number' && read.some(part => typeof part !== 'number')

/**
 * Counts the texts of a length for one kind of model.
 *
 * @param around - what a chat template puts around them
 * @throws {InputError} TEXT_TOO_HARD, with the name of the sample
 */
export const countLength = (
  read: ReadLength,
  { counter, template }: { counter: Counter | null; template: Template | null },
  around: readonly Part[] = [],
): Length => {
  if (typeof read === 'number') return read
  return addParts([...read.map(part => countPart(part, { counter, template })), ...around])
}

/** Parts as one length: they are added up, each at the mean of its samples. */
export const addParts = (parts: readonly Part[]): Exclude<Length, number> => {
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

const countPart = (
  part: number | Text | Tools,
  { counter, template }: { counter: Counter | null; template: Template | null },
): Part => {
  if (typeof part === 'number')
    return { source: 'number', kind: 'number', samples: [part], tokenizer: null, exact: true }
  if (!counter) throw new Error('text is counted only with a tokenizer')
  const { kind, source } = part
  const named = { source, kind, tokenizer: counter.name }
  if (kind === 'tools') return asPart(named, [countTools(part.tools, counter, template)])
  return asPart(
    named,
    part.samples.map(({ name, text }) => ({ ...countNamed(name, text, counter), exact: counter.estimation === null })),
  )
}

/** @throws {InputError} TEXT_TOO_HARD, which says in which text */
const countNamed = (name: string, text: string, counter: Counter): Count => {
  try {
    return counter.count(text)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(
      error.problems.map(problem => ({ ...problem, what: `${JSON.stringify(name)} has ${problem.what}` })),
    )
  }
}

/** Counts as one part; the ends of a band are given only where a count is an estimate. */
export const asPart = (
  named: Pick<Part, 'source' | 'kind' | 'tokenizer'>,
  counts: readonly (Count & { readonly exact: boolean })[],
): Part => {
  const isExact = counts.every(count => count.exact)
  return {
    ...named,
    samples: counts.map(({ tokens }) => tokens),
    exact: isExact,
    ...(isExact ? {} : { low: counts.map(({ low }) => low), high: counts.map(({ high }) => high) }),
  }
}
