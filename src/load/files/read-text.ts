import { InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'

/** Beginning of a Git LFS pointer: the clone has the pointer instead of the file. */
const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v\d+\r?\n/

/**
 * Reads a file as UTF-8 text, or as UTF-16 if it has that byte-order mark; the mark is removed.
 *
 * @param limit - bytes
 * @throws {InputError} NO_FILE, IS_FOLDER, NOT_READABLE, TOO_LARGE, NOT_TEXT; OUTSIDE for a file in a `.git`
 */
export const readText = (path: string, files: Pick<Files, 'read'>, limit: number): string => {
  const name = path === '-' ? 'stdin' : path
  const bytes = readBytes(path, name, { files, limit })
  if (bytes.length > limit) throw new InputError([problems.tooLarge(name, bytes.length, limit)])
  const text = wideText(bytes)
  if (text !== null) return text
  const nul = bytes.indexOf(0)
  const wrong = firstWrongByte(nul < 0 ? bytes : bytes.subarray(0, nul))
  if (wrong !== null) throw new InputError([problems.notText(name, wrong)])
  if (nul >= 0) throw new InputError([problems.hasNul(name, nul + 1)])
  const plain = new TextDecoder().decode(bytes)
  if (LFS_POINTER.test(plain)) throw new InputError([problems.lfsPointer(name)])
  return plain
}

/** Decodes UTF-16 with a byte-order mark; `null` for anything else. */
const wideText = (bytes: Uint8Array): string | null => {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null
  if (encoding === null) return null
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

const readBytes = (
  path: string,
  name: string,
  { files, limit }: { readonly files: Pick<Files, 'read'>; readonly limit: number },
): Uint8Array => {
  try {
    return files.read(path, limit)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new InputError([unreadable(error, name, limit)])
  }
}

/** The problem of a file that the system, or Io, will not read. `limit`: bytes. */
export const unreadable = (error: Error & { readonly code: unknown }, name: string, limit: number): Problem => {
  const code = String(error.code)
  if (code === 'ENOENT' || code === 'ENOTDIR') return problems.noFile(name)
  if (code === 'EISDIR') return problems.isFolder(name)
  if (code === 'EGIT') return problems.gitInput(name)
  if (code === 'EFBIG') return problems.tooLarge(name, 'size' in error ? Number(error.size) : null, limit)
  const problem = problems.notReadable(name, code)
  return 'isPipe' in error ? { ...problem, fix: 'send it to stdin, and name -' } : problem
}

/** The position, from 1, of the first byte that is not valid UTF-8; `null` if all are. */
const firstWrongByte = (bytes: Uint8Array): number | null => {
  const decodes = (end: number): boolean => {
    try {
      // With `stream` a character cut off at the end does not count as invalid.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: end < bytes.length })
      return true
    } catch {
      return false
    }
  }
  if (decodes(bytes.length)) return null
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (decodes(middle)) good = middle
    else bad = middle
  }
  return bad
}
