import { InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'

/** A file's name in problems. */
export const nameOf = (path: string): string => (path === '-' ? 'stdin' : path)

/**
 * Reads the bytes of a file.
 *
 * @param limit - bytes
 * @throws {InputError} NO_FILE, IS_FOLDER, NOT_READABLE, TOO_LARGE; OUTSIDE for a file in a `.git`
 */
export const readBytes = (path: string, files: Pick<Files, 'read'>, limit: number): Uint8Array => {
  const name = nameOf(path)
  const bytes = orProblem(() => files.read(path, limit), name, limit)
  if (bytes.length > limit) throw new InputError([problems.tooLarge(name, bytes.length, limit)])
  return bytes
}

/** Reads, with the system's errors as problems of that file. @param limit - bytes, for the message */
export const orProblem = <T>(read: () => T, name: string, limit: number): T => {
  try {
    return read()
  } catch (error) {
    throw toReadProblem(error, name, limit)
  }
}

/** The problem for an error of the system; any other error as it is. @param limit - bytes, for the message */
export const toReadProblem = (error: unknown, name: string, limit: number): unknown =>
  error instanceof Error && 'code' in error ? new InputError([problemOf(error, name, limit)]) : error

const problemOf = (error: Error & { readonly code: unknown }, name: string, limit: number): Problem => {
  const code = String(error.code)
  if (code === 'ENOENT' || code === 'ENOTDIR') return problems.noFile(name)
  if (code === 'EISDIR') return problems.isFolder(name)
  if (code === 'EGIT') return problems.gitInput(name)
  if (code === 'EFBIG') return problems.tooLarge(name, 'size' in error ? Number(error.size) : null, limit)
  const problem = problems.notReadable(name, code)
  return 'isPipe' in error ? { ...problem, fix: 'send it to stdin, and name -' } : problem
}
