import { basename, dirname, extname, resolve } from 'node:path'
import type { Files } from '../../io.ts'
import { PATTERN_LIMIT } from '../files/glob-pattern.ts'
import { pathFrom } from '../files/path-from.ts'

/** Characters with a special meaning in a glob. */
const SPECIAL = /["'\\()[\]{}!*?@+|,]/g

/** Ways to escape a special character in a glob; `?` is for the few that a backslash cannot escape. */
const WRITINGS = ['\\$&', '?']

/**
 * The glob that matches exactly these files: by extension or, if that matches other files too, by listing their names.
 *
 * @param samples - files of one folder, at least two
 * @param base - the folder that the glob is relative to
 * @returns `null` if no glob can express their names
 */
export const sampleGlob = async (samples: readonly string[], base: string, files: Files): Promise<string | null> => {
  const [first = ''] = samples
  const folder = pathFrom(base, dirname(first), files.cwd)
  const globbed = async (pattern: string): Promise<string[]> =>
    [...pattern].length > PATTERN_LIMIT ? [] : (await files.glob(pattern, base)).files.map(({ path }) => path)
  const wanted = samples.map(file => resolve(files.cwd, file)).sort()
  for (const writing of WRITINGS) {
    const written = (path: string): string => path.replaceAll(SPECIAL, writing)
    for (const last of [`*${extname(first)}`, `{${samples.map(file => written(basename(file))).join(',')}}`]) {
      const pattern = folder === '' ? last : `${written(folder)}/${last}`
      const found = (await globbed(pattern)).map(file => resolve(files.cwd, file)).sort()
      if (found.length === wanted.length && found.every((file, i) => file === wanted[i])) return pattern
    }
  }
  return null
}
