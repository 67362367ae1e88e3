import { InputError, problems } from '../errors/index.ts'

interface Limits {
  /** Bytes of the longest piece accepted. */
  readonly piece: number
  /** Most work for all pieces together, in units of `cost`. */
  readonly work: number
  /** Work for one piece, as a function of its bytes. */
  readonly cost: (bytes: number) => number
}

// Shorter pieces are merged as fast as they are found.
const LONG_PIECE = 48

/**
 * Rejects a text whose unbroken runs would take a tokenizer too long to merge.
 *
 * @param pieces - splits the text as the tokenizer does, or into longer pieces
 * @throws {InputError} TEXT_TOO_HARD
 */
export const refuseLongRuns = (text: string, pieces: RegExp, { piece: longest, work: most, cost }: Limits): void => {
  let work = 0
  for (const piece of piecesOf(text, pieces)) {
    // A character has at most three bytes per UTF-16 unit.
    if (piece.length * 3 <= LONG_PIECE) continue
    const bytes = new TextEncoder().encode(piece).length
    work += cost(bytes)
    if (bytes > longest) throw new InputError([problems.textTooHard(`an unbroken run of ${piece.length} characters`)])
    if (work > most) throw new InputError([problems.textTooHard('too many unbroken runs of letters')])
  }
}

/** @throws {InputError} TEXT_TOO_HARD if a run is so long that matching it overflows the stack */
function* piecesOf(text: string, pieces: RegExp): Iterable<string> {
  const found = text.matchAll(pieces)
  for (;;) {
    let next: IteratorResult<RegExpExecArray>
    try {
      next = found.next()
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw new InputError([problems.textTooHard('an unbroken run of millions of characters')])
    }
    if (next.done) return
    yield next.value[0]
  }
}
