import { InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files, Io, Piece } from '../../io.ts'
import { openDecoder } from './decode-text.ts'

const nameOf = (path: string): string => (path === '-' ? 'stdin' : path)

/**
 * Reads a file as UTF-8 text, or as UTF-16 if it has that byte-order mark; the mark is removed.
 *
 * @param limit - bytes
 * @throws {InputError} NO_FILE, IS_FOLDER, NOT_READABLE, TOO_LARGE, NOT_TEXT; OUTSIDE for a file in a `.git`
 */
export const readText = (path: string, files: Pick<Files, 'read'>, limit: number): string => {
  const name = nameOf(path)
  const bytes = attempt(() => files.read(path, limit), name, limit)
  if (bytes.length > limit) throw new InputError([problems.tooLarge(name, bytes.length, limit)])
  const decoder = openDecoder(name)
  return decoder.add(bytes) + decoder.end()
}

/**
 * Reads a text of any size in pieces of about `size` bytes, cut between any two characters.
 *
 * @param tell - called with the bytes read so far, and those of the whole if they are known
 * @throws {InputError} as `readText` does, but never TOO_LARGE
 */
export function* textPieces(
  path: string,
  { pieces }: Pick<Io, 'pieces'>,
  { size, tell }: { readonly size: number; readonly tell: (done: number, all: number | null) => void },
): Generator<string> {
  const name = nameOf(path)
  const decoder = openDecoder(name)
  const read = attempt(() => pieces(path, size)[Symbol.iterator](), name, 0)
  let done = 0
  try {
    for (let next = nextOf(read, name); next; next = nextOf(read, name)) {
      done += next.bytes.length
      tell(done, next.all)
      yield decoder.add(next.bytes)
    }
    yield decoder.end()
  } finally {
    read.return?.()
  }
}

const nextOf = (read: Iterator<Piece>, name: string): Piece | null => {
  const next = attempt(() => read.next(), name, 0)
  return next.done ? null : next.value
}

/** Reads, with the system's errors as problems. */
const attempt = <T>(read: () => T, name: string, limit: number): T => {
  try {
    return read()
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
