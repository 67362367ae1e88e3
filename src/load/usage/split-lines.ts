/** Called for each line. `text`: without its end; `null`: it is longer than the limit. */
export type VisitLine = (text: string | null, line: number, byte: number) => void

export interface LineSplitter {
  push(chunk: Uint8Array): void
  /** Gives the last line, if it has no end. */
  end(): void
}

/** Longest line, bytes: a response with its prompt, a page. */
export const LINE_LIMIT = 16 * 2 ** 20
/** Longest first line, bytes: it may be a whole document. */
export const DOCUMENT_LIMIT = 64 * 2 ** 20

const NEWLINE = 10

/**
 * Splits bytes into lines of UTF-8 text, however they are cut into chunks. Holds one line at most; of a line beyond the
 * limit nothing is held.
 */
export const splitLines = (visit: VisitLine): LineSplitter => {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let line = 1
  let start = 0
  const isTooLong = (): boolean => heldBytes > (line === 1 ? DOCUMENT_LIMIT : LINE_LIMIT)
  const hold = (piece: Uint8Array): void => {
    heldBytes += piece.length
    if (isTooLong()) held = []
    else held.push(piece)
  }
  const give = (): void => {
    visit(isTooLong() ? null : textOf(held), line, start)
    held = []
    start += heldBytes + 1
    heldBytes = 0
    line++
  }
  return {
    push: chunk => {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
      let from = 0
      for (let to = bytes.indexOf(NEWLINE); to >= 0; to = bytes.indexOf(NEWLINE, from)) {
        if (heldBytes === 0 && to - from <= LINE_LIMIT) {
          visit(bytes.toString('utf8', from, to), line, start)
          start += to - from + 1
          line++
        } else {
          hold(bytes.subarray(from, to))
          give()
        }
        from = to + 1
      }
      if (from < bytes.length) hold(bytes.subarray(from))
    },
    end: () => {
      if (heldBytes > 0) give()
    },
  }
}

const textOf = (pieces: readonly Uint8Array[]): string => {
  const [first] = pieces
  const bytes = pieces.length === 1 && first ? first : Buffer.concat(pieces)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
}
