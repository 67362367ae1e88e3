import type { Tokens } from './vocabulary.ts'

/** First: the number of tokens, in four bytes, and the flags. Then lengths, lefts if there are any, and bytes. */
const HEADER = 5
const HAS_LEFTS = 1
const IS_WHOLE = 2

/**
 * Tokens as one run of bytes, for files that ship.
 *
 * @throws {RangeError} if a token has more than 255 bytes
 */
export const packTokens = ({ bytes, lengths, lefts, whole }: Tokens): Uint8Array => {
  if ([...lengths, ...(lefts ?? [])].some(length => length > 255)) throw new RangeError('a token has over 255 bytes')
  const size = lengths.length
  const packed = new Uint8Array(HEADER + size * (lefts ? 2 : 1) + bytes.length)
  new DataView(packed.buffer).setUint32(0, size)
  packed[4] = (lefts ? HAS_LEFTS : 0) + (whole ? IS_WHOLE : 0)
  packed.set(lengths, HEADER)
  if (lefts) packed.set(lefts, HEADER + size)
  packed.set(bytes, packed.length - bytes.length)
  return packed
}

/** What `packTokens` wrote; the arrays are views of it. */
export const unpackTokens = (packed: Uint8Array): Tokens => {
  const size = new DataView(packed.buffer, packed.byteOffset).getUint32(0)
  const flags = packed[4] ?? 0
  const hasLefts = (flags & HAS_LEFTS) > 0
  return {
    lengths: packed.subarray(HEADER, HEADER + size),
    lefts: hasLefts ? packed.subarray(HEADER + size, HEADER + size * 2) : null,
    bytes: packed.subarray(HEADER + size * (hasLefts ? 2 : 1)),
    whole: (flags & IS_WHOLE) > 0,
  }
}
