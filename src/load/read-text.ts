import { InputError, problems } from '../errors.ts'
import type { Files } from '../io.ts'

/** A text of these words is not in the clone: git has it elsewhere, and here only what it is called. */
const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v\d+\r?\n/

/**
 * Reads a file as UTF-8 text, or as UTF-16 where a byte-order mark says so, without that mark.
 *
 * @param limit - bytes
 * @throws {InputError} NO_FILE, IS_FOLDER, NOT_READABLE, TOO_LARGE, NOT_TEXT
 */
export const readText = (path: string, files: Pick<Files, 'read'>, limit: number): string => {
  const bytes = readBytes(path, files, limit)
  if (bytes.length > limit) throw new InputError([problems.tooLarge(path, bytes.length, limit)])
  const text = wideText(bytes)
  if (text !== null) return text
  const wrong = firstWrongByte(bytes)
  if (wrong !== null) throw new InputError([problems.notText(path, wrong)])
  const plain = new TextDecoder().decode(bytes)
  if (LFS_POINTER.test(plain)) throw new InputError([problems.lfsPointer(path)])
  return plain
}

/** The text of UTF-16 that begins with its mark; `null` for anything else. */
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

const readBytes = (path: string, files: Pick<Files, 'read'>, limit: number): Uint8Array => {
  try {
    return files.read(path, limit)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    const code = String(error.code)
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new InputError([problems.noFile(path)])
    if (code === 'EISDIR') throw new InputError([problems.isFolder(path)])
    if (code === 'EFBIG')
      throw new InputError([problems.tooLarge(path, 'size' in error ? Number(error.size) : 0, limit)])
    throw new InputError([problems.notReadable(path, code)])
  }
}

/** Position from 1 of the first byte that is not UTF-8 text, or a NUL; `null` for clean text. */
const firstWrongByte = (bytes: Uint8Array): number | null => {
  const nul = bytes.indexOf(0)
  const decodes = (end: number): boolean => {
    try {
      // `stream` keeps a character cut at the end from counting as wrong.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: end < bytes.length })
      return true
    } catch {
      return false
    }
  }
  let wrong = Number.POSITIVE_INFINITY
  if (!decodes(bytes.length)) {
    let good = 0
    let bad = bytes.length
    while (bad - good > 1) {
      const middle = (good + bad) >> 1
      if (decodes(middle)) good = middle
      else bad = middle
    }
    wrong = bad - 1
  }
  if (nul >= 0) wrong = Math.min(wrong, nul)
  return Number.isFinite(wrong) ? wrong + 1 : null
}
