import { InputError, problems } from '../../errors/index.ts'
import type { Io, Left } from '../../io.ts'
import type { ContentNote } from '../../model/scenario/counted.ts'
import { type Counter, findPrefix, type SharedPrefix } from '../../tokens/index.ts'
import { readText } from '../files/read-text.ts'
import { readEach, TEXT_LIMIT } from '../files/text-files.ts'
import { frontMatter, sampleOf } from './read-length.ts'

/** What files begin with alike, and what is said about them. */
export interface PrefixOfFiles {
  readonly files: readonly string[]
  readonly prefix: SharedPrefix
  readonly notes: readonly ContentNote[]
  readonly left: readonly Left[]
}

/**
 * Finds the prefix that text files share, by name or glob; one file is in memory at a time.
 *
 * @throws {InputError} as `readEach` does; USAGE for fewer than two files
 */
export const prefixOfFiles = async (names: readonly string[], io: Io, counter: Counter): Promise<PrefixOfFiles> => {
  const prefix = findPrefix(counter)
  const { read, left } = await readEach(names, io, file => {
    const { text, before, notes } = sampleOf({ file, text: readText(file, io, TEXT_LIMIT) })
    prefix.add(text)
    return { file, notes, hasFront: before !== '' }
  })
  if (read.length < 2) {
    throw new InputError([
      problems.usage(
        '--prefix compares files, and there is only one',
        'name two or more: dsprice tokens --prefix a.txt b.txt',
      ),
    ])
  }
  return {
    files: read.map(({ file }) => file),
    prefix: prefix.found(),
    notes: [...frontMatter(read.flatMap(one => (one.hasFront ? [one.file] : []))), ...read.flatMap(one => one.notes)],
    left,
  }
}
