/** Runs of bytes, ready to be compared four at a time wherever they begin. */
export interface Pieces {
  readonly lengths: Int32Array
  /** By piece and place in a word, where its masks and words begin and end in `bits`. */
  readonly spans: Int32Array
  /** A mask and a word in turn. */
  readonly bits: Int32Array
}

export const packPieces = (pieces: readonly Uint8Array[]): Pieces => {
  const spans: number[] = []
  const bits: number[] = []
  for (const bytes of pieces) {
    for (let shift = 0; shift < 4; shift++) {
      const size = Math.ceil((shift + bytes.length) / 4) * 4
      const [masks, words] = [new Uint8Array(size), new Uint8Array(size)]
      masks.fill(255, shift, shift + bytes.length)
      words.set(bytes, shift)
      const [mask, word] = [new Int32Array(masks.buffer), new Int32Array(words.buffer)]
      spans.push(bits.length, bits.length + 2 * mask.length)
      for (let i = 0; i < mask.length; i++) bits.push(mask[i] as number, word[i] as number)
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
  const [start, end] = [spans[span] as number, spans[span + 1] as number]
  let word = at >>> 2
  if (word + ((end - start) >>> 1) > words.length) return false
  for (let i = start; i < end; i += 2) {
    if (((words[word++] as number) & (bits[i] as number)) !== bits[i + 1]) return false
  }
  return true
}
