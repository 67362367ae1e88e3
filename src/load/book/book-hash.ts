import type { Files } from '../../io.ts'

/** What the build noted about a book that ships: its checksum and its sha256. */
interface Noted {
  readonly sum: number
  readonly sha256: string
}

// Node's cryptography takes 5 ms to load, a twentieth of a run.
export const sha256 = (data: string | Uint8Array): string =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(data).digest('hex')

/** 32 bits that detect an accidental change of a file, though not a malicious one. FNV-1a over words. */
export const checksum = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = bytes.byteLength & ~3
  let sum = 0x811c9dc5 ^ bytes.byteLength
  for (let i = 0; i < whole; i += 4) sum = Math.imul(sum ^ view.getInt32(i, true), 0x01000193)
  for (let i = whole; i < bytes.byteLength; i++) sum = Math.imul(sum ^ view.getUint8(i), 0x01000193)
  return sum
}

/**
 * sha256 of a book that ships: the one that the build noted, unless the file has changed since.
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
    // The sources also run without a build.
    return {}
  }
}
