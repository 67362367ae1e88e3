import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'

/** The error for a file that is not read: `code` is the system's code or a description. */
export const refusal = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more })

/** Identifies a file on a disk. */
export interface Identity {
  readonly dev: bigint
  readonly ino: bigint
}

/** The code of a system error, such as ENOENT; `undefined` for an error of our own. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined

/** An inherited file descriptor, such as `/dev/fd/63` from a shell's `<(git show …)`. */
const GIVEN = /^\/(?:dev|proc\/(?:self|thread-self|\d+))\/fd\/(\d+)$/

/** The file descriptor that a path stands for; `null` for any other path. `path`: absolute. */
export const descriptorOf = (path: string): number | null => {
  const number = GIVEN.exec(path)?.[1]
  return number === undefined ? null : Number(number)
}

// Neither waits for the writer of a pipe nor acquires a controlling terminal. Windows has neither flag.
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0)

/**
 * Reads an ordinary file in pieces, without relying on its stated length. A pipe is read only if it is an inherited
 * file descriptor.
 *
 * @param path - absolute
 * @param limit - bytes
 * @param opened - called with the file's identity
 * @throws the system's error, EFBIG with the `size` if known, or an error that names what the path is instead of a file
 */
export const readFile = (path: string, limit: number, opened: (file: Identity) => void): Uint8Array => {
  const { file, stat } = openFile(path, opened)
  try {
    if (!stat.isFile()) return readStream(file, limit)
    if (stat.size > limit) throw refusal('EFBIG', { size: Number(stat.size) })
    return readPieces(file, limit, Number(stat.size))
  } finally {
    closeSync(file)
  }
}

/** Opens what `readFile` reads; the caller closes it. */
const openFile = (path: string, opened: (file: Identity) => void): { file: number; stat: BigIntStats } => {
  // Checked before opening, as opening a device can have side effects.
  requireFile(path, statSync(path))
  const file = openSync(path, READ_ONLY)
  try {
    const stat = fstatSync(file, { bigint: true })
    requireFile(path, stat)
    opened(stat)
    return { file, stat }
  } catch (error) {
    closeSync(file)
    throw error
  }
}

/** A piece of a file: its bytes, overwritten by the next piece, and those of the whole, if it states them. */
export interface Piece {
  readonly bytes: Uint8Array
  readonly all: number | null
}

/** Reads what `readFile` reads, of any size, in pieces of `size` bytes. @throws as `readFile`, but never EFBIG */
export function* filePieces(path: string, size: number, opened: (file: Identity) => void): Generator<Piece> {
  const { file, stat } = openFile(path, opened)
  try {
    yield* streamPieces(file, size, stat.isFile() && stat.size > 0n ? Number(stat.size) : null)
  } finally {
    closeSync(file)
  }
}

/**
 * Reads a file or stream to its end in pieces of `size` bytes.
 *
 * @param all - bytes that a file had when it was opened: what is appended meanwhile is not read
 * @throws the system's error
 */
export function* streamPieces(file: number, size: number, all: number | null = null): Generator<Piece> {
  const buffer = new Uint8Array(piecesFor(size))
  let [length, isLast, left] = [0, false, all ?? Number.POSITIVE_INFINITY]
  while (!isLast) {
    const room = buffer.subarray(length, Math.min(buffer.length, length + left))
    const more = room.length === 0 ? 0 : readSome(file, room)
    length += more
    left -= more
    isLast = more === 0
    if (length < buffer.length && !isLast) continue
    if (length > 0) yield { bytes: buffer.subarray(0, length), all }
    length = 0
  }
}

const requireFile = (path: string, stat: Pick<Stats, 'isFile' | 'isDirectory' | 'isFIFO' | 'isSocket'>): void => {
  if (stat.isFile()) return
  if (stat.isDirectory()) throw refusal('EISDIR')
  if (stat.isFIFO()) {
    if ((descriptorOf(path) ?? 0) > 2) return
    throw refusal('it is a pipe', { isPipe: true })
  }
  throw refusal(stat.isSocket() ? 'it is a socket' : 'it is a device')
}

// Some files in /proc can only be read in whole pages.
const PIECE = 4096

/** Reads to the end of a file of about `expected` bytes. @throws the system's error; EFBIG above `limit` */
const readPieces = (file: number, limit: number, expected: number): Uint8Array => {
  let bytes = new Uint8Array(piecesFor(expected + 1))
  let length = 0
  for (;;) {
    const more = readSync(file, bytes, length, bytes.length - length, null)
    length += more
    if (length > limit) throw refusal('EFBIG')
    // Copied to its exact size, so that many small files do not hold on to large buffers.
    if (more === 0) return length < PIECE ? bytes.slice(0, length) : bytes.subarray(0, length)
    if (length === bytes.length) {
      const larger = new Uint8Array(piecesFor(Math.min(length * 2, limit + 1)))
      larger.set(bytes)
      bytes = larger
    }
  }
}

const piecesFor = (bytes: number): number => Math.ceil(bytes / PIECE) * PIECE

/**
 * Reads a stream to its end; waits while it has no data yet.
 *
 * @throws the system's error; EFBIG above `limit` bytes
 */
export const readStream = (file: number, limit: number): Uint8Array => {
  const chunks: Uint8Array[] = []
  const chunk = new Uint8Array(65_536)
  let left = limit
  for (;;) {
    const length = readSome(file, chunk)
    if (length === 0) return Buffer.concat(chunks)
    left -= length
    if (left < 0) throw refusal('EFBIG')
    chunks.push(chunk.slice(0, length))
  }
}

/** Reads what a stream has, once it has something. @returns 0 at its end @throws the system's error */
const readSome = (file: number, into: Uint8Array): number => {
  for (;;) {
    try {
      return readSync(file, into)
    } catch (error) {
      const code = systemCode(error)
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}
