import { InputError, type Problem, problems } from '../../errors/index.ts'

/** Beginning of a Git LFS pointer: the clone has the pointer instead of the file. */
const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v\d+\r?\n/
const LFS_LENGTH = 200

/** @param head - the beginning of a file @throws {InputError} NOT_READABLE for a Git LFS pointer */
export const refusePointer = (name: string, head: string): void => {
  if (LFS_POINTER.test(head)) throw new InputError([problems.lfsPointer(name)])
}

/** Decodes a text whose bytes come in pieces, cut anywhere. */
export interface Decoder {
  /** The characters that a piece completes. @throws {InputError} NOT_TEXT; NOT_READABLE for a Git LFS pointer */
  add(bytes: Uint8Array): string
  /** Called after the last piece; throws as `add` does. */
  end(): string
}

/** Decodes UTF-8, or UTF-16 with a byte-order mark; the mark is removed. `name`: what problems call the text. */
export const openDecoder = (name: string): Decoder => {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let wide: Decoding | null | undefined
  /** Bytes of a character, or of a mark, that is not complete. */
  let carry: Uint8Array = new Uint8Array(0)
  let before = 0
  let head = ''
  const decode = (bytes: Uint8Array, isLast: boolean): string => {
    const whole = joined(carry, bytes)
    if (wide === undefined && whole.length < 2 && !isLast) {
      carry = whole.slice()
      return ''
    }
    wide ??= wideDecoder(whole)
    const part = isLast || wide ? whole : whole.subarray(0, completeIn(whole))
    const text = decoded(wide ?? utf8, part, !isLast)
    if (text === null || text.includes('\0')) {
      throw new InputError([wide ? problems.notText(name, 1) : faultIn(name, part, { before, isLast })])
    }
    before += part.length
    carry = whole.slice(part.length)
    return text
  }
  const checked = (text: string): string => {
    if (head.length < LFS_LENGTH) {
      head += text.slice(0, LFS_LENGTH)
      refusePointer(name, head)
    }
    return text
  }
  return { add: bytes => checked(decode(bytes, false)), end: () => checked(decode(new Uint8Array(0), true)) }
}

type Decoding = InstanceType<typeof TextDecoder>

const joined = (first: Uint8Array, second: Uint8Array): Uint8Array => {
  if (first.length === 0) return second
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

/** A decoder for UTF-16 with a byte-order mark; `null` for anything else. */
const wideDecoder = ([first, second]: Uint8Array): Decoding | null => {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true })
  return first === 0xfe && second === 0xff ? new TextDecoder('utf-16be', { fatal: true }) : null
}

const decoded = (decoder: Decoding, bytes: Uint8Array, stream: boolean): string | null => {
  try {
    return decoder.decode(bytes, { stream })
  } catch {
    return null
  }
}

/** How many bytes are before a character that is cut off at the end. */
const completeIn = (bytes: Uint8Array): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return needed > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

/** The first fault in bytes that have one; `before`: how many bytes came before them. */
const faultIn = (
  name: string,
  bytes: Uint8Array,
  { before, isLast }: { readonly before: number; readonly isLast: boolean },
): Problem => {
  const nul = bytes.indexOf(0)
  const wrong = firstWrongByte(nul < 0 ? bytes : bytes.subarray(0, nul), isLast || nul >= 0)
  return wrong === null ? problems.hasNul(name, before + nul + 1) : problems.notText(name, before + wrong)
}

/**
 * The position, from 1, of the first byte that is not valid UTF-8; `null` if all are.
 *
 * @param isWhole - whether a character that is cut off at the end is invalid
 */
const firstWrongByte = (bytes: Uint8Array, isWhole: boolean): number | null => {
  const decodes = (end: number): boolean =>
    decoded(new TextDecoder('utf-8', { fatal: true }), bytes.subarray(0, end), !isWhole || end < bytes.length) !== null
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
