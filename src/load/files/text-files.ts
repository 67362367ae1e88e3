import { collect, InputError, type Problem, problems } from '../../errors/index.ts'
import { type Files, type Left, liesInGit } from '../../io.ts'
import { readText } from './read-text.ts'

/** Maximum size of a text file in bytes: more than fits any model's context. */
export const TEXT_LIMIT = 8 * 2 ** 20

/** A text and its file, as the user named it. */
export interface NamedText {
  readonly file: string
  readonly text: string
}

/** Texts, and the paths skipped when searching for them. */
export interface ReadTexts {
  readonly texts: readonly NamedText[]
  readonly left: readonly Left[]
}

/** What was read of each text, and the paths skipped when searching for them. */
export interface ReadEach<T> {
  readonly read: readonly T[]
  readonly left: readonly Left[]
}

/**
 * Reads text files by name or glob; `-` is standard input. A file named or found twice, by real path, is read once.
 *
 * @throws {InputError} every problem at once: NO_FILE, NO_MATCH, IS_FOLDER, NOT_TEXT, TOO_LARGE …
 */
export const readTexts = async (names: readonly string[], files: Files): Promise<ReadTexts> => {
  const { read, left } = await readEach(names, files, file => ({ file, text: readText(file, files, TEXT_LIMIT) }))
  return { texts: read, left }
}

/**
 * Reads each of the text files by name or glob in one's own way.
 *
 * @throws {InputError} every problem at once: NO_FILE, NO_MATCH, IS_FOLDER, and what `readFile` throws
 */
export const readEach = async <T extends object>(
  names: readonly string[],
  files: Files,
  readFile: (file: string) => T,
): Promise<ReadEach<T>> => {
  const texts = new Map<string, T>()
  const left: Left[] = []
  const faults: Problem[] = []
  const attempt = (file: string, real: string, fix = (found: Problem): Problem => found): Problem[] => {
    const faults: Problem[] = []
    if (texts.has(real)) return faults
    const read = collect(faults, () => readFile(file), fix)
    if (read !== undefined) texts.set(real, read)
    return faults
  }
  for (const name of names) {
    const found = attempt(name, name === '-' ? name : files.real(name), problem =>
      problem.code === 'IS_FOLDER' ? { ...problem, fix: `name its files: "${name.replace(/\/+$/, '')}/**"` } : problem,
    )
    // A name that is not a file may be a pattern that the shell did not expand.
    const isPattern = /[*?[{]/.test(name) && found.some(({ code }) => code === 'NO_FILE')
    if (!isPattern) {
      faults.push(...found)
      continue
    }
    const matching = await files.glob(name, '.')
    left.push(...matching.left)
    // Files in a .git never match.
    const matches = matching.files.filter(({ path }) => !liesInGit(path))
    if (matches.length === 0) faults.push(problems.noMatch(name, 'check the pattern'))
    for (const { path, real } of matches) faults.push(...attempt(path, real))
  }
  if (faults.length > 0) throw new InputError(faults)
  return { read: [...texts.values()], left }
}
