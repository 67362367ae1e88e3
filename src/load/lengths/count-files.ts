import { collectLater, InputError, type Problem } from '../../errors/index.ts'
import type { Io, Left } from '../../io.ts'
import { distinct } from '../../model/distinct.ts'
import type { ContentNote } from '../../model/scenario/counted.ts'
import type { Count, Counter } from '../../tokens/index.ts'
import { readText } from '../files/read-text.ts'
import { type NamedText, readEach, readTexts, TEXT_LIMIT } from '../files/text-files.ts'
import { type Counting, charactersIn, countFile } from './count-file.ts'
import { frontMatter, templateOf } from './read-length.ts'

/** Counted text files, and the paths skipped when searching for them. */
export interface CountedFiles {
  readonly counted: readonly (Count & {
    readonly file: string
    readonly kind: 'text'
    readonly characters: number
    readonly exact: boolean
  })[]
  readonly notes: readonly ContentNote[]
  readonly left: readonly Left[]
}

/**
 * Counts text files of any size, by name or glob.
 *
 * @throws {InputError} as `readEach` and `countFile` do
 */
export const countFiles = async (names: readonly string[], io: Io, counting: Counting): Promise<CountedFiles> => {
  const exact = counting.counter.estimation === null
  const { read, left } = await readEach(names, io, file => countFile(file, io, counting))
  return {
    counted: read.map(({ notes: _, frontMatter: __, ...count }) => ({ ...count, kind: 'text', exact })),
    notes: [
      ...frontMatter(read.flatMap(one => (one.frontMatter ? [one.file] : []))),
      ...distinct(read.flatMap(({ notes }) => notes)),
    ],
    left,
  }
}

/**
 * Counts templates with the values of a file filled in.
 *
 * @throws {InputError} as `readTexts` and `templateOf` do
 */
export const countTemplates = async (
  names: readonly string[],
  io: Io,
  { counter, values }: { readonly counter: Counter; readonly values: string },
): Promise<CountedFiles> => {
  const { texts, left } = await readTexts(names, io)
  const given = { file: values, text: readText(values, io, TEXT_LIMIT) }
  const faults: Problem[] = []
  const filled: (NamedText & { readonly notes: readonly ContentNote[] })[] = []
  for (const one of texts) {
    const found = await collectLater(faults, () => templateOf(one.file, one, given))
    if (!found) continue
    // A value that this file leaves may be for another one.
    const notes = texts.length === 1 ? found.notes : found.notes.filter(({ code }) => code !== 'VALUE_UNUSED')
    filled.push({ file: one.file, text: found.samples[0]?.text ?? '', notes })
  }
  if (faults.length > 0) throw new InputError(faults)
  const exact = counter.estimation === null
  return {
    counted: filled.map(({ file, text }) => ({
      ...{ file, kind: 'text', characters: charactersIn(text), exact },
      ...counter.count(text),
    })),
    notes: distinct(filled.flatMap(({ notes }) => notes)),
    left,
  }
}
