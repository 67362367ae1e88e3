/** Runs of bytes, ready to be compared four at a time wherever they begin. */
export interface Pieces {
  readonly lengths: Int32Array
  /** By piece and place in a word: where its words begin in `bits`, and how many there are. */
  readonly spans: Int32Array
  /** The words of each span, and before them the masks of the first and of the last. */
  readonly bits: Int32Array
}

export const packPieces = (pieces: readonly Uint8Array[]): Pieces => {
  const spans: number[] = []
  const bits: number[] = []
  for (const bytes of pieces) {
    for (let shift = 0; shift < 4; shift++) {
      const size = Math.max(4, Math.ceil((shift + bytes.length) / 4) * 4)
      const [masks, words] = [new Uint8Array(size), new Uint8Array(size)]
      masks.fill(255, shift, shift + bytes.length)
      words.set(bytes, shift)
      const [mask, word] = [new Int32Array(masks.buffer), new Int32Array(words.buffer)]
      bits.push(mask[0] as number, mask.at(-1) as number)
      spans.push(bits.length, word.length)
      bits.push(...word)
    }
  }
  return {
    lengths: Int32Array.from(pieces, ({ length }) => length),
    spans: Int32Array.from(spans),
    bits: Int32Array.from(bits),
  }
}

/**
 * Whether a piece stands at a place of a buffer.
 *
 * @param words - of the buffer; in its last bytes, which fill no word, there is no piece
 */
export const hasPiece = ({ spans, bits }: Pieces, piece: number, words: Int32Array, at: number): boolean => {
  const span = (piece * 4 + (at & 3)) * 2
  const start = spans[span] as number
  const last = start + (spans[span + 1] as number) - 1
  let word = at >>> 2
  if (word + last - start >= words.length) return false
  if (((words[word] as number) & (bits[start - 2] as number)) !== bits[start]) return false
  for (let i = start + 1; i < last; i++) if (words[++word] !== bits[i]) return false
  return last === start || ((words[++word] as number) & (bits[start - 1] as number)) === bits[last]
}
