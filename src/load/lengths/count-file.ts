import { InputError, problems } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import type { ContentNote } from '../../model/scenario/counted.ts'
import { type Count, type Counter, lastCut } from '../../tokens/index.ts'
import { samplePieces } from '../contents/sample-pieces.ts'
import { textPieces } from '../files/read-text.ts'

/** The tokens of a text file, and what is said about it. */
export interface CountedFile extends Count {
  readonly file: string
  /** Unicode code points. */
  readonly characters: number
  readonly frontMatter: boolean
  readonly notes: readonly ContentNote[]
}

/** How a file is read and counted; sizes are for tests to make smaller. */
export interface Counting {
  readonly counter: Counter
  /** Told the bytes read so far, and those of the whole if they are known. */
  readonly tell?: (done: number, all: number | null) => void
  /** Bytes that are read at once. */
  readonly piece?: number
  /** Characters that are counted at once. */
  readonly chunk?: number
  /** Characters without a place to cut them that are still counted. */
  readonly uncut?: number
}

/**
 * Counts a text file of any size, piece by piece. Pieces end only where that changes no token, so an exact count is
 * that of the whole text; an estimate is the sum of those of its pieces.
 *
 * @throws {InputError} as `textPieces` does; TEXT_TOO_HARD for a text that can be cut nowhere
 */
export const countFile = (
  file: string,
  io: Pick<Io, 'pieces'>,
  { counter, tell = () => {}, piece = 2 ** 20, chunk = 2 ** 22, uncut = 2 ** 25 }: Counting,
): CountedFile => {
  const sample = samplePieces(file, chunk)
  const sum = { tokens: 0, low: 0, high: 0, characters: 0 }
  const add = (text: string): void => {
    const { tokens, low, high } = counter.count(text)
    sum.tokens += tokens
    sum.low += low
    sum.high += high
    sum.characters += charactersIn(text)
  }
  const tooHard = (): InputError => new InputError([problems.textTooHard(file === '-' ? 'stdin' : file, uncut)])
  let text = ''
  let enough = chunk
  for (const next of textPieces(file, io, { size: piece, tell })) {
    text += sample.add(next)
    if (text.length >= enough) {
      const cut = lastCut(text)
      if (cut > 0) add(text.slice(0, cut))
      else if (text.length > uncut) throw tooHard()
      text = text.slice(cut)
      // Where there is no place to cut, the next search waits for as much again.
      enough = text.length + chunk
    }
    if (sample.waiting() > uncut) throw tooHard()
  }
  add(text + sample.end())
  return { file, ...sum, ...sample.left() }
}

/** Unicode code points of a text. */
export const charactersIn = (text: string): number => {
  let pairs = 0
  for (const _ of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) pairs += 1
  return text.length - pairs
}
