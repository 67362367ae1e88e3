import { buffer, LINES, putLine } from './scan/page.ts'

/** Bytes of a line: those of a chunk from a place to a newline behind it, or to the chunk's end. */
export interface LineBytes {
  /** The page, or the line alone if it is too long for that. */
  readonly chunk: Buffer
  readonly from: number
  readonly to: number
}

/** Called for each line. `bytes`: valid until the next line; `null`: it is longer than the limit. */
export type VisitBytes = (bytes: LineBytes | null, line: number, byte: number) => void

/**
 * Takes a line that it knows without its end.
 *
 * @param from - where the line begins on the page, which has its end
 * @returns the place of its newline; -1: it is not known
 */
export type TakeKnown = (from: number, line: number, byte: number) => number

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
/** Most bytes that are put on the page at once, behind those of a line that has begun. */
const PIECE = LINES / 4

/** Whether somebody reads the page, of which there is but one. */
let isBusy = false

/** A line of which the end has not come. */
interface Held {
  size(): number
  /** @param limit - beyond which nothing is held */
  add(bytes: Buffer, limit: number): void
  /** What is held, which is held no longer; `null`: it is too long. */
  take(): Buffer | null
}

const heldLine = (): Held => {
  let parts: Buffer[] | null = []
  let size = 0
  return {
    size: () => size,
    add: (bytes, limit) => {
      size += bytes.length
      if (size > limit) parts = null
      // Copied, as they are the caller's.
      else if (bytes.length > 0) parts?.push(Buffer.from(bytes))
    },
    take: () => {
      const whole = parts && Buffer.concat(parts)
      ;[parts, size] = [[], 0]
      return whole
    },
  }
}

/** The line that is next, from 1, and the bytes before it. */
interface Place {
  line: number
  start: number
}

const pass = (place: Place, size: number): void => {
  place.start += size + 1
  place.line++
}

/** Takes the lines on the page. @param last - the place of the last newline */
const takePage = (last: number, place: Place, visit: VisitBytes, take: TakeKnown): void => {
  let from = 0
  while (from <= last) {
    const known = take(from, place.line, place.start)
    const to = known < 0 ? buffer.indexOf(NEWLINE, from) : known
    if (known < 0) visit({ chunk: buffer, from, to }, place.line, place.start)
    pass(place, to - from)
    from = to + 1
  }
}

/**
 * Splits bytes into lines, however they are cut into chunks. Holds one line at most; of a line beyond the limit nothing
 * is held.
 *
 * @param visit - called for each line that `take` has not taken
 */
export const splitBytes = (visit: VisitBytes, take: TakeKnown = () => -1): LineSplitter => {
  const held = heldLine()
  const place: Place = { line: 1, start: 0 }
  const hold = (bytes: Buffer): void => held.add(bytes, place.line === 1 ? DOCUMENT_LIMIT : LINE_LIMIT)
  const takeHeld = (): void => {
    const size = held.size()
    const bytes = held.take()
    if (bytes !== null && putLine(bytes, 0)) takePage(size, place, visit, take)
    else {
      visit(bytes && { chunk: bytes, from: 0, to: size }, place.line, place.start)
      pass(place, size)
    }
  }
  /** Puts bytes on the page behind those that are held, and takes their lines. */
  const push = (piece: Buffer): void => {
    const first = held.size() > LINES - PIECE ? piece.indexOf(NEWLINE) : -1
    const last = piece.lastIndexOf(NEWLINE)
    if (first >= 0) {
      hold(piece.subarray(0, first))
      takeHeld()
    }
    if (last > first) {
      const size = held.size()
      if (size > 0) buffer.set(held.take() ?? [])
      buffer.set(piece.subarray(first + 1, last + 1), size)
      takePage(size + last - first - 1, place, visit, take)
    }
    hold(piece.subarray(last + 1))
  }
  return {
    push: given =>
      alone(() => {
        const chunk = Buffer.from(given.buffer, given.byteOffset, given.length)
        for (let at = 0; at < chunk.length; at += PIECE) push(chunk.subarray(at, at + PIECE))
      }),
    end: () =>
      alone(() => {
        if (held.size() > 0) takeHeld()
      }),
  }
}

const alone = (work: () => void): void => {
  if (isBusy) throw new Error('lines are split while a line is read')
  isBusy = true
  try {
    work()
  } finally {
    isBusy = false
  }
}

/** Splits bytes into lines of UTF-8 text. */
export const splitLines = (visit: VisitLine): LineSplitter =>
  splitBytes((bytes, line, byte) => visit(bytes && textOf(bytes), line, byte))

export const textOf = ({ chunk, from, to }: LineBytes): string => chunk.toString('utf8', from, to)
