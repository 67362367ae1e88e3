/** Tokens of a byte-level vocabulary in order of rank, with an index to find them by their bytes. */
export interface Vocabulary {
  /** Number of ranks. */
  readonly size: number
  /** The bytes of all tokens, one after the other. */
  readonly bytes: Uint8Array
  /** Where the bytes of each token begin, and one more: where those of the last end. */
  readonly starts: Uint32Array
  /** Hash of each token's bytes. */
  readonly hashes: Int32Array
  /** Open addressing: rank + 1 at the hash's place or after it; 0: free. Its length is a power of two. */
  readonly index: Int32Array
  /**
   * Bytes of the left part that each token is merged from; 0: it is never merged. `null`: any two tokens whose bytes
   * make a third are merged into it, as tiktoken does.
   */
  readonly lefts: Uint8Array | Uint16Array | null
  /** Further ways to cut a token, each rank · 65,536 + bytes of the left part; `null`: there are none. */
  readonly cuts?: ReadonlySet<number> | null
  /** Whether a piece that is a token is taken as it is, before any merging. */
  readonly whole: boolean
}

/** The tokens of a vocabulary, before it is indexed. */
export interface Tokens {
  readonly bytes: Uint8Array
  /** Bytes of each token, in order of rank; 0: text is never given that rank. */
  readonly lengths: Uint8Array | Uint16Array
  readonly lefts: Vocabulary['lefts']
  readonly cuts?: Vocabulary['cuts']
  readonly whole: boolean
}

const PRIME = 0x01000193
const SEED = 0x811c9dc5 | 0

/** FNV-1a of a span. @param seed - the hash of what stands before it */
export const hashOf = (bytes: Uint8Array, from: number, to: number, seed: number = SEED): number => {
  let hash = seed
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), PRIME)
  return hash
}

/** Where a hash's search begins. */
const slotOf = (hash: number, mask: number): number => (hash ^ (hash >>> 15)) & mask

/** Indexes the tokens of a vocabulary. */
export const indexTokens = ({ bytes, lengths, lefts, cuts = null, whole }: Tokens): Vocabulary => {
  const size = lengths.length
  const starts = new Uint32Array(size + 1)
  const hashes = new Int32Array(size)
  const index = new Int32Array(2 ** Math.ceil(Math.log2(size * 2 + 2)))
  const mask = index.length - 1
  let start = 0
  for (let rank = 0; rank < size; rank++) {
    const length = lengths[rank] ?? 0
    starts[rank] = start
    if (length === 0) continue
    const hash = hashOf(bytes, start, start + length)
    hashes[rank] = hash
    let slot = slotOf(hash, mask)
    while (index[slot] !== 0) slot = (slot + 1) & mask
    index[slot] = rank + 1
    start += length
  }
  starts[size] = start
  return { size, bytes, starts, hashes, index, lefts, cuts, whole }
}

/** The rank of a span; -1: it is no token. @param hash - of its bytes */
export const rankOf = (
  vocabulary: Vocabulary,
  bytes: Uint8Array,
  { from, to }: { readonly from: number; readonly to: number },
  hash: number = hashOf(bytes, from, to),
): number => {
  const { index, hashes, starts, bytes: own } = vocabulary
  const mask = index.length - 1
  for (let slot = slotOf(hash, mask); ; slot = (slot + 1) & mask) {
    const rank = (index[slot] ?? 0) - 1
    if (rank < 0) return -1
    if (hashes[rank] !== hash) continue
    const start = starts[rank] ?? 0
    if ((starts[rank + 1] ?? 0) - start === to - from && isEqual(own, start, bytes, from, to)) return rank
  }
}

/** The rank of two tokens' bytes, one after the other; -1: they are no token. */
export const rankOfPair = (vocabulary: Vocabulary, left: number, right: number): number => {
  const { index, hashes, starts, bytes } = vocabulary
  const leftStart = starts[left] ?? 0
  const leftEnd = starts[left + 1] ?? 0
  const rightStart = starts[right] ?? 0
  const rightEnd = starts[right + 1] ?? 0
  const hash = hashOf(bytes, rightStart, rightEnd, hashes[left] ?? 0)
  const mask = index.length - 1
  for (let slot = slotOf(hash, mask); ; slot = (slot + 1) & mask) {
    const rank = (index[slot] ?? 0) - 1
    if (rank < 0) return -1
    if (hashes[rank] !== hash) continue
    const start = starts[rank] ?? 0
    const middle = start + leftEnd - leftStart
    if ((starts[rank + 1] ?? 0) - middle !== rightEnd - rightStart) continue
    if (isEqual(bytes, start, bytes, leftStart, leftEnd) && isEqual(bytes, middle, bytes, rightStart, rightEnd))
      return rank
  }
}

const isEqual = (own: Uint8Array, start: number, bytes: Uint8Array, from: number, to: number): boolean => {
  for (let i = from, j = start; i < to; i++, j++) if (bytes[i] !== own[j]) return false
  return true
}

/** No pair: it sorts behind every rank. */
export const NO_RANK = 0x7fffffff

/** A way to cut a token, as `cuts` holds it. */
export const cutOf = (rank: number, left: number): number => rank * 65_536 + left
