import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Files } from '../../io.ts'

type Places = Pick<Files, 'cwd' | 'kind' | 'real'>

/**
 * The folder that a file's input must lie in: the top of the file's repository or, if there is none, the working folder
 * or the file's own folder, whichever contains the other.
 *
 * @param folder - the file's own folder, relative to `cwd`
 * @returns an absolute path without symlinks
 */
export const boundaryOf = (folder: string, files: Places): string => {
  const own = files.real(resolve(files.cwd, folder))
  const top = topOf(own, files)
  if (top !== null) return top
  const working = files.real(files.cwd)
  return liesIn(own, working, files) ? working : own
}

/** The top of the repository that contains a folder; `null` if there is none. `folder`: absolute, without symlinks. */
export const topOf = (folder: string, { kind }: Pick<Places, 'kind'>): string | null => {
  for (let above = folder; ; above = dirname(above)) {
    if (kind(join(above, '.git')) !== null) return above
    if (dirname(above) === above) return null
  }
}

/** Whether a path, symlinks resolved, is the boundary or lies in it. `boundary`: absolute, without symlinks. */
export const liesIn = (path: string, boundary: string, { cwd, real }: Pick<Places, 'cwd' | 'real'>): boolean => {
  const from = relative(boundary, real(resolve(cwd, path)))
  return from !== '..' && !from.startsWith(`..${sep}`) && !isAbsolute(from)
}
