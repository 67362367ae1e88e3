import { basename, relative } from 'node:path'
import type { Files } from '../../io.ts'
import { taskOf } from './find-files.ts'

/** Paths that name scenarios: a file, a folder, or a pattern. */

const isGlob = (path: string): boolean => /[*?[{]/.test(path)

/** Whether a path names scenarios, not a saved result: a YAML file, a folder, or a pattern. */
export const namesScenarios = (path: string, files: Pick<Files, 'kind'>): boolean => {
  if (/\.ya?ml$/i.test(path)) return true
  if (path === '-') return false
  const kind = files.kind(path)
  return kind === 'folder' || (kind === null && isGlob(path))
}

/** Whether a path names one scenario file. */
export const namesOneFile = (path: string, files: Pick<Files, 'kind'>): boolean =>
  namesScenarios(path, files) && files.kind(path) !== 'folder' && !(files.kind(path) === null && isGlob(path))

/** How the files of a side are told apart: by their paths from the folder, or where a pattern begins. */
export const placesIn = (written: string, files: Pick<Files, 'kind'>): ((file: string) => string) => {
  if (namesOneFile(written, files)) return file => basename(file)
  const start = files.kind(written) === 'folder' ? written : taskOf(written, '.').start
  return file => relative(start, file)
}
