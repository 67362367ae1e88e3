/** Bytes of a line: those of a chunk from a place to a newline behind it. */
export interface LineBytes {
  readonly chunk: Buffer
  readonly from: number
  readonly to: number
}

/** Called for each line. `bytes`: valid until the next line; `null`: it is longer than the limit. */
export type VisitBytes = (bytes: LineBytes | null, line: number, byte: number) => void

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
const END = Uint8Array.of(NEWLINE)

/**
 * Splits bytes into lines, however they are cut into chunks. Holds one line at most; of a line beyond the limit nothing
 * is held.
 */
export const splitBytes = (visit: VisitBytes): LineSplitter => {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let line = 1
  let start = 0
  const bytes: { chunk: Buffer; from: number; to: number } = { chunk: Buffer.alloc(0), from: 0, to: 0 }
  const isTooLong = (): boolean => heldBytes > (line === 1 ? DOCUMENT_LIMIT : LINE_LIMIT)
  const hold = (piece: Uint8Array): void => {
    heldBytes += piece.length
    if (isTooLong()) held = []
    else held.push(piece)
  }
  const give = (): void => {
    Object.assign(bytes, { chunk: Buffer.concat([...held, END]), from: 0, to: heldBytes })
    visit(isTooLong() ? null : bytes, line, start)
    held = []
    start += heldBytes + 1
    heldBytes = 0
    line++
  }
  return {
    push: given => {
      const chunk = Buffer.from(given.buffer, given.byteOffset, given.length)
      bytes.chunk = chunk
      let from = 0
      for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
        if (heldBytes === 0 && to - from <= LINE_LIMIT) {
          bytes.from = from
          bytes.to = to
          visit(bytes, line, start)
          start += to - from + 1
          line++
        } else {
          hold(chunk.subarray(from, to))
          give()
          bytes.chunk = chunk
        }
        from = to + 1
      }
      if (from < chunk.length) hold(chunk.subarray(from))
    },
    end: () => {
      if (heldBytes > 0) give()
    },
  }
}

/** Splits bytes into lines of UTF-8 text. */
export const splitLines = (visit: VisitLine): LineSplitter =>
  splitBytes((bytes, line, byte) => visit(bytes && textOf(bytes), line, byte))

export const textOf = ({ chunk, from, to }: LineBytes): string => chunk.toString('utf8', from, to)
