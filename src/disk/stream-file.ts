import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { type Identity, READ_ONLY, refusal, requireFile } from './read-file.ts'

const CHUNK = 2 ** 18

/**
 * The bytes of an ordinary file in chunks, up to the length that it had when it was opened: what is appended meanwhile
 * is not read. A pipe is read to its end, only if it is an inherited file descriptor.
 *
 * @param path - absolute
 * @param opened - called with the file's identity
 * @throws the system's error, or an error that names what the path is instead of a file
 */
export function* streamFile(path: string, opened: (file: Identity) => void): Generator<Uint8Array> {
  requireFile(path, statSync(path))
  const file = openSync(path, READ_ONLY)
  try {
    const stat = fstatSync(file, { bigint: true })
    requireFile(path, stat)
    opened(stat)
    yield* streamChunks(file, stat.isFile() ? Number(stat.size) : Number.POSITIVE_INFINITY)
  } finally {
    closeSync(file)
  }
}

/** The bytes of an open file or stream. `length`: most bytes; a stream is waited for while it has no data yet. */
export function* streamChunks(file: number, length: number): Generator<Uint8Array> {
  for (let left = length; left > 0; ) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK, left))
    const bytes = readSome(file, chunk)
    if (bytes === 0) {
      if (Number.isFinite(left)) throw refusal('it became shorter while it was read')
      return
    }
    left -= bytes
    yield chunk.subarray(0, bytes)
  }
}

/** @returns how many bytes were read; 0 at the end */
const readSome = (file: number, chunk: Uint8Array): number => {
  for (;;) {
    try {
      return readSync(file, chunk)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
      if (error.code === 'EOF') return 0
      if (error.code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}
