/** Bytes of a line: those of a chunk from a place to a newline behind it. */
export interface LineBytes {
  readonly chunk: Buffer
  readonly from: number
  readonly to: number
}

/** Called for each line. `bytes`: valid until the next line; `null`: it is longer than the limit. */
export type VisitBytes = (bytes: LineBytes | null, line: number, byte: number) => void

/**
 * Takes a line that it knows without its end.
 *
 * @param from - where the line begins in the chunk, which has its end
 * @returns the place of its newline; -1: it is not known
 */
export type TakeKnown = (chunk: Buffer, from: number, line: number, byte: number) => number

/** Called for each line. `text`: without its end; `null`: it is longer than the limit. */
export type VisitLine = (text: string | null, line: number, byte: number) => void

export interface LineSplitter {
  /** @param chunk - may be overwritten afterwards */
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
 *
 * @param visit - called for each line that `known` has not taken
 */
export const splitBytes = (visit: VisitBytes, known: TakeKnown = () => -1): LineSplitter => {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let line = 1
  let start = 0
  const isTooLong = (bytes: number): boolean => bytes > (line === 1 ? DOCUMENT_LIMIT : LINE_LIMIT)
  const hold = (piece: Uint8Array): void => {
    heldBytes += piece.length
    if (isTooLong(heldBytes)) held = []
    else held.push(piece)
  }
  const give = (): void => {
    const chunk = isTooLong(heldBytes) ? null : Buffer.concat([...held, END])
    if (chunk === null) visit(null, line, start)
    else if (known(chunk, 0, line, start) < 0) visit({ chunk, from: 0, to: heldBytes }, line, start)
    start += heldBytes + 1
    line++
    ;[held, heldBytes] = [[], 0]
  }
  /** @returns the place of the newline */
  const take = (chunk: Buffer, from: number): number => {
    const end = heldBytes === 0 ? known(chunk, from, line, start) : -1
    const to = end < 0 ? chunk.indexOf(NEWLINE, from) : end
    if (heldBytes > 0 || to - from > LINE_LIMIT) {
      hold(chunk.subarray(from, to))
      give()
      return to
    }
    if (end < 0) visit({ chunk, from, to }, line, start)
    start += to - from + 1
    line++
    return to
  }
  return {
    push: given => {
      const chunk = Buffer.from(given.buffer, given.byteOffset, given.length)
      const last = chunk.lastIndexOf(NEWLINE)
      let from = 0
      while (from <= last) from = take(chunk, from) + 1
      // Copied, as the chunk is the caller's.
      if (from < chunk.length) hold(Buffer.from(chunk.subarray(from)))
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
