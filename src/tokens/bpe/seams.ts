import type { Vocabulary } from './vocabulary.ts'

/** Whether a byte begins a character of three bytes: kana, Han, Hangul and most scripts of Asia. */
const isLead = (byte: number): boolean => byte >= 0xe0 && byte <= 0xef
const isTrail = (byte: number): boolean => byte >= 0x80 && byte <= 0xbf

/** The 16 bits of a character of three bytes. */
const codeAt = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] ?? 0) & 0x0f) << 12) | (((bytes[at + 1] ?? 0) & 0x3f) << 6) | ((bytes[at + 2] ?? 0) & 0x3f)

/**
 * Where text of scripts without spaces can be cut without changing its tokens: between two characters that no token of
 * the vocabulary has next to each other, no merge ever crosses.
 */
export class Seams {
  /** Pairs of characters that some token has, as 16 bits each; open addressing, 0: free. */
  private pairs = new Int32Array(2 ** 15)
  private size = 0
  /** By last byte · 256 + first byte: whether a token has part of a character on either side. */
  private readonly parts = new Uint8Array(65_536)

  constructor({ size, starts, bytes }: Vocabulary) {
    for (let rank = 0; rank < size; rank++) {
      const from = starts[rank] ?? 0
      const to = starts[rank + 1] ?? 0
      for (let at = from + 1; at < to; at++) {
        if (isLead(bytes[at] ?? 0) && isTrail(bytes[at - 1] ?? 0)) this.add(bytes, at, { from, to })
      }
    }
  }

  /**
   * The first seam of a piece behind a place.
   *
   * @returns where it is; `to`: there is none
   */
  next(bytes: Uint8Array, from: number, to: number): number {
    for (let at = from + 3; at + 2 < to; at++) {
      if (isLead(bytes[at] ?? 0) && isLead(bytes[at - 3] ?? 0) && !this.isJoined(bytes, at)) return at
    }
    return to
  }

  private isJoined(bytes: Uint8Array, at: number): boolean {
    if (this.parts[(bytes[at - 1] ?? 0) * 256 + (bytes[at] ?? 0)] === 1) return true
    return this.pairs[this.slotOf((codeAt(bytes, at - 3) << 16) | codeAt(bytes, at))] !== 0
  }

  private add(bytes: Uint8Array, at: number, { from, to }: { readonly from: number; readonly to: number }): void {
    if (at - 3 < from || at + 3 > to || !isLead(bytes[at - 3] ?? 0)) {
      this.parts[(bytes[at - 1] ?? 0) * 256 + (bytes[at] ?? 0)] = 1
      return
    }
    const pair = (codeAt(bytes, at - 3) << 16) | codeAt(bytes, at)
    const slot = this.slotOf(pair)
    if (this.pairs[slot] !== 0) return
    this.pairs[slot] = pair
    this.size += 1
    if (this.size * 2 > this.pairs.length) this.grow()
  }

  /** Where a pair is, or would be. */
  private slotOf(pair: number): number {
    const { pairs } = this
    const mask = pairs.length - 1
    let slot = (Math.imul(pair, 0x9e3779b1) >>> 12) & mask
    while (pairs[slot] !== 0 && pairs[slot] !== pair) slot = (slot + 1) & mask
    return slot
  }

  private grow(): void {
    const before = this.pairs
    this.pairs = new Int32Array(before.length * 2)
    for (const pair of before) if (pair !== 0) this.pairs[this.slotOf(pair)] = pair
  }
}
