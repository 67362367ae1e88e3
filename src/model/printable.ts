/**
 * Makes text from files, names and paths safe to print, since it may come from a stranger's pull request. Values are
 * made printable when they enter a report or a message, and `guarded` checks all text again on output.
 */

const JOINED = ['Arab', 'Syrc', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Mymr']
const LETTER = String.raw`(?=[\p{L}\p{M}])[${JOINED.map(script => `\\p{sc=${script}}`).join('')}]`

/** Joiners in an emoji, or between the letters of a joining script, where they have an effect. */
const AT_WORK = [
  String.raw`(?<=\p{ExtPict}\uFE0F?|\p{EMod})\u200D(?=\p{ExtPict})`,
  String.raw`(?<=\p{ExtPict})\uFE0F`,
  String.raw`(?<=[\d#*])\uFE0F(?=\u20E3)`,
  `(?<=${LETTER})[\\u200C\\u200D](?=${LETTER})`,
].join('|')

/**
 * Characters that are invisible or make visible text read differently: controls, lone surrogates, line separators; what
 * Unicode allows a reader to ignore, which includes all bidirectional marks, zero-width characters, variation selectors
 * and tags; annotation marks, and noncharacters.
 */
const HIDDEN = String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{DI}\p{NChar}\uFFF9-\uFFFB]`

// Built for the first text that is not plain ASCII, since it takes 4 ms.
let hidden: RegExp | undefined
const CLEAR = /^[\n\x20-\x7E\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205F\u20A0-\u20CF\u2190-\u2BFF]*$/

/** Replaces each hidden character; `mark` receives it with its position in the text. */
const replaceHidden = (text: string, mark: (character: string, at: number) => string): string => {
  if (CLEAR.test(text)) return text
  hidden ??= new RegExp(`(${AT_WORK})|${HIDDEN}`, 'gu')
  return text.replace(
    hidden,
    (character: string, atWork: string | undefined, at: number) => atWork ?? mark(character, at),
  )
}

const hex = (character: string, digits = 0): string =>
  (character.codePointAt(0) ?? 0).toString(16).padStart(digits, '0')

const braced = (character: string): string => `\\u{${hex(character)}}`

/** GitHub's runner reads `##[name]` as a command anywhere in a log line, so its second `#` is marked. */
const setApart = (text: string, mark: (character: string) => string): string =>
  text.includes('##[') ? text.replace(/(?<=#)#(?=\[)/g, mark) : text

/**
 * A value on one line, fully visible and without commands to a terminal or to a runner that reads the log: a hidden
 * character becomes `\u{1b}`. Printable text is unchanged.
 *
 * @example printable('bot\n\u202Etxt') // bot\u{a}\u{202e}txt
 */
export const printable = (text: string): string =>
  PRINTABLE.test(text) ? text : setApart(replaceHidden(text, braced), braced).replaceAll('\n', braced)

// Fast path for nearly every text of a document.
const PRINTABLE = /^[\x20-\x22\x24-\x7E\u00A0-\u00AC\u00AE-\u02FF]*$/

/** The same document with every text and key made printable; YAML block texts lose their final line break. */
export const printableIn = <T>(document: T): T => inner(document) as T

const inner = (value: unknown): unknown => {
  if (typeof value === 'string') return printable(value.endsWith('\n') ? value.slice(0, -1) : value)
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? innerList(value) : innerObject(value)
}

/** Returns the list itself, unless a text in it changes. */
const innerList = (list: readonly unknown[]): readonly unknown[] => {
  let made: unknown[] | undefined
  for (const [i, one] of list.entries()) {
    const next = inner(one)
    if (next !== one) made ??= [...list]
    if (made) made[i] = next
  }
  return made ?? list
}

const innerObject = (object: object): object => {
  let same = true
  const made: [string, unknown][] = []
  for (const [key, one] of Object.entries(object)) {
    const entry: [string, unknown] = [printable(key), inner(one)]
    same &&= entry[0] === key && entry[1] === one
    made.push(entry)
  }
  return same ? object : Object.fromEntries(made)
}

/** Codes for bold, faint, red, green and yellow, on and off. */
const COLOURS = ['[1m', '[2m', '[22m', '[31m', '[32m', '[33m', '[39m']

/** A progress line that is overwritten, and its end. */
const isProgress = (text: string): boolean =>
  text.length < 80 && /^[\d a-z,%]*$/.test(text.replace(/^\r/, '').replace('\u001b[K', ''))

export interface Guard {
  /** Keeps our own colours. */
  readonly colours?: boolean
  /** Keeps annotations: the commands meant for GitHub's runner. */
  readonly annotations?: boolean
}

/**
 * Final check of multi-line text on output. Of the characters that a terminal or a runner acts on, only line breaks,
 * tabs and, if allowed, our own colours and annotations are kept. A runner acts on a line that begins with `::`, after
 * any spaces, or that contains `##[`.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export const guarded = (text: string, { colours = false, annotations = false }: Guard = {}): string => {
  if (isProgress(text)) return text
  const isOwn = (character: string, at: number): boolean =>
    character === '\n' ||
    character === '\t' ||
    (colours && character === '\u001b' && COLOURS.some(colour => text.startsWith(colour, at + 1)))
  const marked = replaceHidden(text, (character, at) => (isOwn(character, at) ? character : braced(character)))
  const seen = setApart(marked, braced)
  if (!seen.includes('::')) return seen
  const command = annotations ? /^(?!::(?:error|warning|notice) title=)([^\S\n]*):(?=:)/gm : /^([^\S\n]*):(?=:)/gm
  return seen.replace(command, (_, blanks: string) => `${blanks}${braced(':')}`)
}

const unit = (character: string): string => `\\u${hex(character, 4)}`

/**
 * JSON that is safe to print and parses to the same value.
 *
 * @param indent - spaces per level; left out: all on one line
 */
export const jsonText = (value: unknown, indent?: number): string => {
  const json = JSON.stringify(value, null, indent)
  const marked = replaceHidden(json, character => (character === '\n' ? '\n' : character.split('').map(unit).join('')))
  return setApart(marked, unit)
}

/** Whether a text needs quotes in YAML to be safe to print: `yamlText` can escape quoted text. */
export const needsQuotes = (text: string): boolean => printable(text) !== text || /^\s*::/.test(text)

/** YAML that is safe to print and parses to the same value, if texts are quoted according to `needsQuotes`. */
export const yamlText = (yaml: string): string => {
  const mark = (character: string): string => (character.length > 1 ? `\\U${hex(character, 8)}` : unit(character))
  return setApart(
    replaceHidden(yaml, character => (character === '\n' ? '\n' : mark(character))),
    unit,
  )
}
