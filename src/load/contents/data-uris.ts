import type { ContentNote } from '../../model/scenario/counted.ts'
import { placesIn } from '../source/places.ts'

/** Data URIs in base64: pictures and other files that stand inside a text. They are never counted as text. */

/** What a data URI begins with. All repetitions are bounded, so that a text of beginnings takes no longer than others. */
const BEGINNING = /data:([\w.+-]{1,100}\/[\w.+-]{1,100})?(?:;[\w.+-]{1,50}=[^;,\s"]{0,100}){0,8};base64,/gi
/** Ends a payload. It is searched for, as a repetition of tens of millions is more than a pattern's stack holds. */
const NO_PAYLOAD = /[^\w+/%-]/g
const DATA = 'data'

/** Where a payload ends; it ends where the next URI begins. */
const payloadEnd = (text: string, start: number): number => {
  NO_PAYLOAD.lastIndex = start
  const end = NO_PAYLOAD.exec(text)?.index ?? text.length
  const isNext = text[end] === ':' && text.slice(end - DATA.length, end).toLowerCase() === DATA
  return isNext ? Math.max(start, end - DATA.length) : end
}

/** The data URIs of a text, in order, with where each begins and ends. */
function* dataUrisIn(text: string): Generator<DataUri & { readonly index: number; readonly end: number }> {
  for (const { index, 0: beginning, 1: kind = 'text/plain' } of text.matchAll(BEGINNING)) {
    const start = index + beginning.length
    const payload = payloadEnd(text, start)
    if (payload === start) continue
    const end = payload + (/^={1,2}/.exec(text.slice(payload, payload + 2))?.[0].length ?? 0)
    yield { kind, base64: text.slice(start, end), index, end }
  }
}

/** A data URI: the kind that it states, and its payload. */
export interface DataUri {
  readonly kind: string
  readonly base64: string
}

/** The data URI that a text is; `null`: it is another text. */
export const dataUriOf = (text: string): DataUri | null => {
  const [found] = text.slice(0, DATA.length).toLowerCase() === DATA ? dataUrisIn(text) : []
  return found?.index === 0 ? { kind: found.kind, base64: found.base64 } : null
}

/** Bytes of a payload, without decoding it. */
const bytesIn = ({ base64 }: DataUri): number => Math.floor((base64.replace(/[=%].*$/, '').length * 3) / 4)

/** What a warning says about a data URI. */
export interface LeftOutData {
  readonly kind: string
  readonly bytes: number
}

export const toLeftOut = (one: DataUri): LeftOutData => ({ kind: one.kind, bytes: bytesIn(one) })

/** URIs named in a warning; the others are only counted. */
export const MOST_NAMED = 3

/** A text without its data URIs; `at`: where the first one begins. */
export const cutDataUris = (
  text: string,
): { readonly text: string; readonly found: readonly DataUri[]; readonly at: number } => {
  const rest: string[] = []
  const found: DataUri[] = []
  let [end, at] = [0, -1]
  for (const one of dataUrisIn(text)) {
    if (at < 0) at = one.index
    rest.push(text.slice(end, one.index))
    end = one.end
    found.push({ kind: one.kind, base64: one.base64 })
  }
  return { text: found.length === 0 ? text : [...rest, text.slice(end)].join(''), found, at }
}

/**
 * A text of a file without its data URIs, and the warning about them.
 *
 * @param file - as the user named it
 * @param before - what stands before the text in its file; `null`: its lines are not those of the file
 */
export const withoutDataUris = (
  file: string,
  text: string,
  before: string | null = '',
): { readonly text: string; readonly notes: readonly ContentNote[] } => {
  const { text: own, found, at: first } = cutDataUris(text)
  if (found.length === 0) return { text, notes: [] }
  const at = before === null ? file : placesIn(file, before + text, false)(before.length + first, 1).at
  return { text: own, notes: [dataUriNote(file, found, at)] }
}

/** The warning about data URIs that are left out of a text. */
export const dataUriNote = (file: string, found: readonly DataUri[], at: string = file): ContentNote =>
  leftOutNote(file, { named: found.slice(0, MOST_NAMED).map(toLeftOut), count: found.length }, at)

/** The same of all that were found, and the first of them. */
export const leftOutNote = (
  file: string,
  { named, count }: { readonly named: readonly LeftOutData[]; readonly count: number },
  at: string,
): ContentNote => {
  const told = named.map(({ kind, bytes }) => `${kind} of ${bytes} bytes`)
  const more = count > named.length ? ` and ${count - named.length} more` : ''
  return {
    code: 'DATA_URI_LEFT_OUT',
    what: `data inside ${JSON.stringify(file)} is not text and not counted: ${told.join(', ')}${more}`,
    fix: 'give a picture as {image: {width: …, height: …}}, or in a file of {messages: …}; remove what is not sent',
    at,
  }
}
