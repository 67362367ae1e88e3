import { InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'

/** Beginning of a Git LFS pointer: the clone has the pointer instead of the file. */
const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v\d+\r?\n/

/**
 * Reads the bytes of a file.
 *
 * @param limit - bytes
 * @throws {InputError} NO_FILE, IS_FOLDER, NOT_READABLE, TOO_LARGE; OUTSIDE for a file in a `.git`
 */
export const readBytes = (path: string, files: Pick<Files, 'read'>, limit: number): Uint8Array => {
  const name = path === '-' ? 'stdin' : path
  const bytes = read(path, name, { files, limit })
  if (bytes.length > limit) throw new InputError([problems.tooLarge(name, bytes.length, limit)])
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 100))
  if (LFS_POINTER.test(head)) throw new InputError([problems.lfsPointer(name)])
  return bytes
}

const read = (
  path: string,
  name: string,
  { files, limit }: { readonly files: Pick<Files, 'read'>; readonly limit: number },
): Uint8Array => {
  try {
    return files.read(path, limit)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new InputError([problemOf(error, name, limit)])
  }
}

const problemOf = (error: Error & { readonly code: unknown }, name: string, limit: number): Problem => {
  const code = String(error.code)
  if (code === 'ENOENT' || code === 'ENOTDIR') return problems.noFile(name)
  if (code === 'EISDIR') return problems.isFolder(name)
  if (code === 'EGIT') return problems.gitInput(name)
  if (code === 'EFBIG') return problems.tooLarge(name, 'size' in error ? Number(error.size) : null, limit)
  const problem = problems.notReadable(name, code)
  return 'isPipe' in error ? { ...problem, fix: 'send it to stdin, and name -' } : problem
}
