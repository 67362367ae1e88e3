import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'

/** The error of a file that is not read: `code` is the system's, or says what it is. */
export const refusal = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more })

/** What tells a file of a disk from any other. */
export interface Identity {
  readonly dev: bigint
  readonly ino: bigint
}

/** The system's word for what went wrong, such as ENOENT; `undefined` for errors of our own. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined

/** An open file that another program gave this one, such as the `/dev/fd/63` that a shell makes of `<(git show …)`. */
const GIVEN = /^\/(?:dev|proc\/(?:self|thread-self|\d+))\/fd\/(\d+)$/

/** The number of an open file that a path stands for; `null` for any other path. `path`: absolute. */
export const descriptorOf = (path: string): number | null => {
  const number = GIVEN.exec(path)?.[1]
  return number === undefined ? null : Number(number)
}

// Neither waits for whoever writes into a pipe, nor becomes the terminal that signals come from. Windows has neither.
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0)

/**
 * Reads an ordinary file, in pieces: what its length is said to be is not relied on. A pipe is read only where another
 * program has opened it for this one.
 *
 * @param path - absolute
 * @param limit - bytes
 * @param opened - is told which file it is
 * @throws what the system says, EFBIG with its `size` where that is known, or what it is instead of a file
 */
export const readFile = (path: string, limit: number, opened: (file: Identity) => void): Uint8Array => {
  // Looked at first, as to open a device can set it going.
  requireFile(path, statSync(path))
  const file = openSync(path, READ_ONLY)
  try {
    const stat = fstatSync(file, { bigint: true })
    requireFile(path, stat)
    opened(stat)
    if (!stat.isFile()) return readStream(file, limit)
    if (stat.size > limit) throw refusal('EFBIG', { size: Number(stat.size) })
    return readPieces(file, limit, Number(stat.size))
  } finally {
    closeSync(file)
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

// Files of /proc are read only in whole pieces.
const PIECE = 4096

/** @throws what the system says, EFBIG where there is more than `limit`; `expected`: bytes that there may be */
const readPieces = (file: number, limit: number, expected: number): Uint8Array => {
  let bytes = new Uint8Array(piecesFor(expected + 1))
  let length = 0
  for (;;) {
    const more = readSync(file, bytes, length, bytes.length - length, null)
    length += more
    if (length > limit) throw refusal('EFBIG')
    // What is kept of many small files takes no more than they do.
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
 * Reads a stream to its end; one that has nothing ready yet is asked again.
 *
 * @throws what the system says, EFBIG where there is more than `limit` bytes
 */
export const readStream = (file: number, limit: number): Uint8Array => {
  const chunks: Uint8Array[] = []
  const chunk = new Uint8Array(65_536)
  let left = limit
  for (;;) {
    try {
      const length = readSync(file, chunk)
      if (length === 0) return Buffer.concat(chunks)
      left -= length
      if (left < 0) throw refusal('EFBIG')
      chunks.push(chunk.slice(0, length))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
      if (error.code === 'EOF') return Buffer.concat(chunks)
      if (error.code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}
