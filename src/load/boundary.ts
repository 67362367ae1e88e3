import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Files } from '../io.ts'

type Places = Pick<Files, 'cwd' | 'kind' | 'real'>

/**
 * The folder that the input of a file may not leave: the top of the repository around the file or, where there is none,
 * the working folder or the file's own, whichever holds the other.
 *
 * @param folder - the file's own folder, relative to `cwd`
 * @returns an absolute path without links in it
 */
export const boundaryOf = (folder: string, files: Places): string => {
  const own = files.real(resolve(files.cwd, folder))
  for (let above = own; ; above = dirname(above)) {
    if (files.kind(join(above, '.git')) !== null) return above
    if (dirname(above) === above) break
  }
  const working = files.real(files.cwd)
  return liesIn(own, working, files) ? working : own
}

/** Whether a path, the links in it followed, is a folder or lies in it. `boundary`: absolute, without links. */
export const liesIn = (path: string, boundary: string, { cwd, real }: Pick<Places, 'cwd' | 'real'>): boolean => {
  const from = relative(boundary, real(resolve(cwd, path)))
  return from !== '..' && !from.startsWith(`..${sep}`) && !isAbsolute(from)
}
