/** Pieces up to this length are kept: nearly all that come again. */
const LONGEST = 32
const SLOTS = 2 ** 15

/** FNV's low bits are its weaker ones. */
const slotOf = (hash: number): number => (hash ^ (hash >>> 15)) & (SLOTS - 1)

/** Token counts of recent pieces, one a slot: a piece replaces whatever has its slot. */
export class WordCache {
  private readonly hashes = new Int32Array(SLOTS)
  private readonly lengths = new Uint8Array(SLOTS)
  private readonly counts = new Uint8Array(SLOTS)
  private readonly words = new Uint8Array(SLOTS * LONGEST)

  /** Tokens of the piece; 0: it is not known. @param hash - of its bytes */
  find(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const slot = slotOf(hash)
    const length = to - from
    if (this.hashes[slot] !== hash || this.lengths[slot] !== length) return 0
    const { words } = this
    for (let i = 0, at = slot * LONGEST; i < length; i++) if (words[at + i] !== bytes[from + i]) return 0
    return this.counts[slot] ?? 0
  }

  keep(
    bytes: Uint8Array,
    from: number,
    to: number,
    { hash, count }: { readonly hash: number; readonly count: number },
  ): void {
    const length = to - from
    if (length > LONGEST) return
    const slot = slotOf(hash)
    this.hashes[slot] = hash
    this.lengths[slot] = length
    this.counts[slot] = count
    const at = slot * LONGEST
    for (let i = 0; i < length; i++) this.words[at + i] = bytes[from + i] ?? 0
  }
}
