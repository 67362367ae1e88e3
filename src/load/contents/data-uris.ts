import type { ContentNote } from '../../model/scenario/counted.ts'
import { placesIn } from '../source/places.ts'

/** Data URIs in base64: pictures and other files that stand inside a text. They are never counted as text. */

/**
 * All repetitions but the payload's are bounded, so that a text of beginnings takes no longer than any other; a payload
 * ends where the next URI begins.
 */
const DATA_URI =
  /data:([\w.+-]{1,100}\/[\w.+-]{1,100})?(?:;[\w.+-]{1,50}=[^;,\s"]{0,100}){0,8};base64,((?:(?!data:)[\w+/%-])+={0,2})/gi

/** A data URI: the kind that it states, and its payload. */
export interface DataUri {
  readonly kind: string
  readonly base64: string
}

/** The data URI that a text is; `null`: it is another text. */
export const dataUriOf = (text: string): DataUri | null => {
  const [found] = text.slice(0, 5).toLowerCase() === 'data:' ? text.matchAll(DATA_URI) : []
  return found?.index === 0 ? toDataUri(found) : null
}

const toDataUri = ([, kind = 'text/plain', base64 = '']: RegExpExecArray): DataUri => ({ kind, base64 })

/** Bytes of a payload, without decoding it. */
const bytesIn = ({ base64 }: DataUri): number => Math.floor((base64.replace(/[=%].*$/, '').length * 3) / 4)

/** URIs named in a warning; the others are only counted. */
const MOST_NAMED = 3

/** A text without its data URIs; `at`: where the first one begins. */
export const cutDataUris = (
  text: string,
): { readonly text: string; readonly found: readonly DataUri[]; readonly at: number } => {
  const rest: string[] = []
  const found: DataUri[] = []
  let [end, at] = [0, -1]
  for (const one of text.matchAll(DATA_URI)) {
    if (at < 0) at = one.index
    rest.push(text.slice(end, one.index))
    end = one.index + one[0].length
    found.push(toDataUri(one))
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
export const dataUriNote = (file: string, found: readonly DataUri[], at: string = file): ContentNote => {
  const named = found.slice(0, MOST_NAMED).map(one => `${one.kind} of ${bytesIn(one)} bytes`)
  const more = found.length > MOST_NAMED ? ` and ${found.length - MOST_NAMED} more` : ''
  return {
    code: 'DATA_URI_LEFT_OUT',
    what: `data inside ${JSON.stringify(file)} is not text and not counted: ${named.join(', ')}${more}`,
    fix: 'give a picture as {image: {width: …, height: …}}, or in a file of {messages: …}; remove what is not sent',
    at,
  }
}
