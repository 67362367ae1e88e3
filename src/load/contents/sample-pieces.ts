import type { ContentNote } from '../../model/scenario/counted.ts'
import { placeAfter, START, type TextPlace } from '../source/text-place.ts'
import { cutDataUris, type LeftOutData, leftOutNote, MOST_NAMED, toLeftOut } from './data-uris.ts'
import { sentOf } from './front-matter.ts'

/** A text that comes in pieces, as it is sent. */
export interface SamplePieces {
  /** What is sent of the text so far, and was not returned before. */
  add(text: string): string
  /** The rest. */
  end(): string
  /** Characters that wait for what follows them: they may be in a data URI. */
  waiting(): number
  /** What was left out. */
  left(): { readonly frontMatter: boolean; readonly notes: readonly ContentNote[] }
}

/** Neither a data URI nor what follows front matter has any of these. */
const SPACE = /[ \t\r\n]/

/** Cuts the data URIs out of pieces of a text, and remembers what a warning says about them. */
const openCut = (file: string) => {
  let place: TextPlace = START
  let count = 0
  const named: LeftOutData[] = []
  let at = file
  return {
    /** Passes over a piece that is not sent. */
    pass: (raw: string): void => {
      place = placeAfter(place, raw)
    },
    cut: (raw: string): string => {
      const { text, found, at: first } = cutDataUris(raw)
      if (count === 0) {
        place = placeAfter(place, first < 0 ? raw : raw.slice(0, first))
        if (first >= 0) at = `${file}:${place.line}:${place.column}`
      }
      count += found.length
      if (named.length < MOST_NAMED) named.push(...found.slice(0, MOST_NAMED - named.length).map(toLeftOut))
      return text
    },
    notes: (): ContentNote[] => (count === 0 ? [] : [leftOutNote(file, { named, count }, at)]),
  }
}

/**
 * Takes front matter and data URIs out of a text that comes in pieces, as `sampleOf` does from a whole text.
 *
 * @param head - characters that front matter must end within
 */
export const samplePieces = (file: string, head: number): SamplePieces => {
  const { pass, cut, notes } = openCut(file)
  let [begun, blank, frontMatter] = [false, false, false]
  let waiting = ''
  /** Takes the front matter off the beginning; a fence is complete only with the end of its line. */
  const begin = (isLast: boolean): void => {
    begun = true
    const end = isLast ? waiting.length : waiting.lastIndexOf('\n') + 1
    const sent = sentOf(file, waiting.slice(0, end))
    frontMatter = sent.length < end
    blank = frontMatter && sent === ''
    pass(waiting.slice(0, end - sent.length))
    waiting = sent + waiting.slice(end)
  }
  const settle = (isLast: boolean): string => {
    if (!begun) {
      if (waiting.length < head && !isLast) return ''
      begin(isLast)
    }
    if (blank) {
      const sent = waiting.trimStart()
      pass(waiting.slice(0, waiting.length - sent.length))
      waiting = sent
      blank = sent === ''
    }
    const end = isLast ? waiting.length : lastSpace(waiting)
    const settled = cut(waiting.slice(0, end))
    waiting = waiting.slice(end)
    return settled
  }
  return {
    add: text => {
      const looked = waiting.length
      waiting += text
      // Without a space in the new piece there is nothing new to settle.
      return begun && looked > 0 && !SPACE.test(text) ? '' : settle(false)
    },
    end: () => settle(true),
    waiting: () => waiting.length,
    left: () => ({ frontMatter, notes: notes() }),
  }
}

/** Where the last space of a text begins; 0: it has none. */
const lastSpace = (text: string): number => {
  for (let i = text.length - 1; i > 0; i--) if (SPACE.test(text[i] ?? '')) return i
  return 0
}
