import type { Files, Io, Piece } from '../../io.ts'
import { openDecoder } from './decode-text.ts'
import { nameOf, orProblem, readBytes } from './read-bytes.ts'

/**
 * Reads a file as UTF-8 text, or as UTF-16 if it has that byte-order mark; the mark is removed.
 *
 * @param limit - bytes
 * @throws {InputError} NO_FILE, IS_FOLDER, NOT_READABLE, TOO_LARGE, NOT_TEXT; OUTSIDE for a file in a `.git`
 */
export const readText = (path: string, files: Pick<Files, 'read'>, limit: number): string => {
  const decoder = openDecoder(nameOf(path))
  return decoder.add(readBytes(path, files, limit)) + decoder.end()
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
  const read = orProblem(() => pieces(path, size)[Symbol.iterator](), name, 0)
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
  const next = orProblem(() => read.next(), name, 0)
  return next.done ? null : next.value
}
