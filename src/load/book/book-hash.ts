import type { Files } from '../../io.ts'

/** Checksum and sha256 of a bundled book, as recorded by the build. */
interface Noted {
  readonly sum: number
  readonly sha256: string
}

// Loaded on demand: Node's crypto module takes 5 ms to load, a twentieth of a run.
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
 * sha256 of a bundled book: the one recorded by the build, unless the file has changed since.
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
    // There is no record when running from source without a build.
    return {}
  }
}
