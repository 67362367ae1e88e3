import { addParts } from '../../cost/workload/add-parts.ts'
import { at, collectLater, faultsOf, InputError, type Problem } from '../../errors/index.ts'
import type { Left } from '../../io.ts'
import { remembered } from '../../model/remembered.ts'
import type { Length, Part, Template } from '../../model/scenario/counted.ts'
import type { WrittenLength } from '../../model/scenario/length.ts'
import { type Count, type Counter, countTools } from '../../tokens/index.ts'
import { type NamedText, TEXT_LIMIT } from '../files/text-files.ts'
import type { Named } from '../source/named.ts'
import type { ReadTools } from '../tools/read-tools.ts'
import type { Converter } from './convert-numbers.ts'

/** Text to count: samples, each with its name for problems. */
interface Text {
  readonly kind: 'text'
  readonly source: string
  readonly samples: readonly { readonly name: string; readonly text: string }[]
}

/** Tool definitions to count. */
interface Tools extends ReadTools {
  readonly kind: 'tools'
  readonly source: string
}

/** A model's token counter, the tokens that its chat template adds, and how numbers become its tokens. */
export interface Means {
  readonly counter: Counter | null
  readonly template: Template | null
  /** The model's id, by which some rules go; `null`: it is in no book. */
  readonly model: string | null
  /** `null`: numbers are taken as they stand. */
  readonly conversion: Converter | null
}

/** A length whose texts are read but not yet counted. */
export type ReadLength = number | readonly (number | Text | Tools)[]

/**
 * Reads the texts of a length: inline, from a file, or from every file that matches a glob.
 *
 * @param named - the files that the scenario may name
 * @param left - collects the paths skipped by a search
 * @throws {InputError} NO_FILE, IS_FOLDER, NOT_TEXT, NO_MATCH, OUTSIDE … each at the key
 */
export const readLength = async (
  written: WrittenLength,
  path: readonly (string | number)[],
  { named, left }: { readonly named: Named; readonly left: Left[] },
): Promise<ReadLength> => {
  if (typeof written === 'number') return written
  const read: (number | Text | Tools)[] = []
  const faults: Problem[] = []
  const parts = Array.isArray(written)
    ? written.map((part, i) => ({ part, key: [...path, i] }))
    : [{ part: written, key: path }]
  for (const { part, key } of parts) {
    // A problem inside a tools file already has its own position.
    const atKey = (one: Problem): Problem => (one.at === undefined && !one.path ? at(key, one) : one)
    const found =
      typeof part === 'number' ? part : await collectLater(faults, () => readPart(part, key, { named, left }), atKey)
    if (found !== undefined) read.push(found)
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
  { text, file, files: glob = '', tools }: TextPart,
  key: readonly (string | number)[],
  { named, left }: { readonly named: Named; readonly left: Left[] },
): Promise<Text | Tools> => {
  if (text !== undefined) return { kind: 'text', source: 'text', samples: [{ name: 'text', text }] }
  if (file !== undefined) {
    return { kind: 'text', source: file, samples: [sampleOf(named.text(file, [...key, 'file'], TEXT_LIMIT))] }
  }
  if (tools !== undefined) {
    const { readTools } = await import('../tools/read-tools.ts')
    const read = named.text(tools, [...key, 'tools'], TEXT_LIMIT)
    return { kind: 'tools', source: tools, ...readTools(read.file, read.text) }
  }
  const found = await named.texts(glob, [...key, 'files'], TEXT_LIMIT)
  left.push(...found.left)
  return { kind: 'text', source: glob, samples: found.texts.map(sampleOf) }
}

const sampleOf = ({ file, text }: NamedText): Text['samples'][number] => ({ name: file, text })

/** Whether a length has text to count. */
export const hasText = (read: ReadLength): boolean =>
  typeof read !== 'number' && read.some(part => typeof part !== 'number')

/** Whether a length has any tokens at all. */
export const hasTokens = (read: ReadLength): boolean => {
  if (typeof read === 'number') return read > 0
  return read.some(part => {
    if (typeof part === 'number') return part > 0
    return part.kind === 'tools' ? part.tools.length > 0 : part.samples.some(({ text }) => text !== '')
  })
}

/**
 * Counts the texts of a length with one tokenizer.
 *
 * @param around - tokens that the chat template adds
 * @throws {InputError} TEXT_TOO_HARD, with the name of the sample
 */
export const countLength = (read: ReadLength, means: Means, around: readonly Part[] = []): Length => {
  if (typeof read === 'number') return read === 0 || !means.conversion ? read : addParts([countPart(read, means)])
  return addParts([...read.map(part => countPart(part, means)), ...around])
}

const countPart = (part: number | Text | Tools, means: Means): Part => {
  const { counter, conversion } = means
  if (typeof part === 'number') {
    if (conversion) {
      const named = { source: 'number', kind: 'number', tokenizer: conversion.to } as const
      return asPart(named, [{ ...conversion.convert(part), exact: false }])
    }
    return { source: 'number', kind: 'number', samples: [part], tokenizer: null, exact: true }
  }
  if (!counter) throw new Error('text is counted only with a tokenizer')
  const { kind, source } = part
  const named = { source, kind, tokenizer: counter.name }
  if (part.kind === 'tools') {
    const { rule, ...count } = countTools(part.tools, { ...means, counter })
    return {
      ...asPart(named, [count]),
      ...(part.tools.length > 0 ? { rule } : {}),
      ...(part.builtIn.length > 0 ? { not_counted: part.builtIn } : {}),
    }
  }
  const known = countedTexts(part)
  const counted = known.get(counter.name) ?? asPart(named, countSamples(part, counter))
  known.set(counter.name, counted)
  return counted
}

/** Texts as each tokenizer counts them: a sweep counts the same texts in every cell. */
const countedTexts = remembered((_: Text) => new Map<string, Part>())

const countSamples = ({ samples }: Text, counter: Counter) =>
  samples.map(({ name, text }) => ({ ...countNamed(name, text, counter), exact: counter.estimation === null }))

/** @throws {InputError} TEXT_TOO_HARD, naming the text */
const countNamed = (name: string, text: string, counter: Counter): Count => {
  try {
    return counter.count(text)
  } catch (error) {
    throw new InputError(
      faultsOf(error).map(problem => ({ ...problem, what: `${JSON.stringify(name)} has ${problem.what}` })),
    )
  }
}

/** Combines counts into one part; it has a band only if a count is an estimate. */
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
