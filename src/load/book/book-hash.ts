import type { Files } from '../../io.ts'

/** What the build noted of a book that ships: its checksum, and the sha256 that goes with it. */
interface Noted {
  readonly sum: number
  readonly sha256: string
}

// Node's cryptography takes 5 ms to load, a twentieth of a run.
export const sha256 = (data: string | Uint8Array): string =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(data).digest('hex')

/** 32 bits that tell a changed file from the one that was released, as far as nobody means to deceive. FNV-1a, by words. */
export const checksum = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = bytes.byteLength & ~3
  let sum = 0x811c9dc5 ^ bytes.byteLength
  for (let i = 0; i < whole; i += 4) sum = Math.imul(sum ^ view.getInt32(i, true), 0x01000193)
  for (let i = whole; i < bytes.byteLength; i++) sum = Math.imul(sum ^ view.getUint8(i), 0x01000193)
  return sum
}

/**
 * sha256 of a book that ships: as the build noted it, where the file is as the build saw it.
 *
 * @param path - such as `pricing/2026-05-15.json`
 */
export const shippedHash = (path: string, bytes: Uint8Array, files: Pick<Files, 'shipped'>): string => {
  const noted = readNoted(files)[path]
  return noted !== undefined && noted.sum === checksum(bytes) ? noted.sha256 : sha256(bytes)
}

const readNoted = ({ shipped }: Pick<Files, 'shipped'>): Readonly<Record<string, Noted | undefined>> => {
  try {
    return JSON.parse(new TextDecoder().decode(shipped('dist/books.json')))
  } catch {
    // The sources run without a build as well.
    return {}
  }
}
