/**
 * Text from files, names and paths, which may be those of a stranger's pull request: what makes it safe to print. Values
 * are made printable where they enter a report or a message, and `guarded` looks at every text again as it leaves.
 */

const JOINED = ['Arab', 'Syrc', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Mymr']
const LETTER = String.raw`(?=[\p{L}\p{M}])[${JOINED.map(script => `\\p{sc=${script}}`).join('')}]`

/** What joins the parts of an emoji, or letters of a script that is joined, where it has that work to do. */
const AT_WORK = [
  String.raw`(?<=\p{ExtPict}\uFE0F?|\p{EMod})\u200D(?=\p{ExtPict})`,
  String.raw`(?<=\p{ExtPict})\uFE0F`,
  String.raw`(?<=[\d#*])\uFE0F(?=\u20E3)`,
  `(?<=${LETTER})[\\u200C\\u200D](?=${LETTER})`,
].join('|')

/**
 * What cannot be seen, or makes what can be seen read as something else: controls, lone surrogates, line separators;
 * what Unicode lets a reader ignore, which is all bidirectional marks, characters without width, variation selectors
 * and tags; marks of annotation, and what is no character.
 */
const HIDDEN = String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{DI}\p{NChar}\uFFF9-\uFFFB]`

// Made for the first text that is not plainly clear, as it takes 4 ms.
let hidden: RegExp | undefined
const CLEAR = /^[\n\x20-\x7E\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205F\u20A0-\u20CF\u2190-\u2BFF]*$/

/** Puts something in the place of each hidden character; `mark` is told where in the text it stands. */
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

/** GitHub's runner takes `##[name]` for a command wherever it stands in a line of the log: its second `#` is marked. */
const setApart = (text: string, mark: (character: string) => string): string =>
  text.includes('##[') ? text.replace(/(?<=#)#(?=\[)/g, mark) : text

/**
 * A value on one line, in which all can be seen and nothing is a command to a terminal or to a runner that reads the
 * log: what is hidden becomes `\u{1b}`. What is printable already stays as it is.
 *
 * @example printable('bot\n\u202Etxt') // bot\u{a}\u{202e}txt
 */
export const printable = (text: string): string =>
  PRINTABLE.test(text) ? text : setApart(replaceHidden(text, braced), braced).replaceAll('\n', braced)

// Nearly every text of a document, at a glance.
const PRINTABLE = /^[\x20-\x22\x24-\x7E\u00A0-\u00AC\u00AE-\u02FF]*$/

/** The same document with every text in it printable, keys too; YAML's block texts lose the line break at their end. */
export const printableIn = <T>(document: T): T => inner(document) as T

const inner = (value: unknown): unknown => {
  if (typeof value === 'string') return printable(value.endsWith('\n') ? value.slice(0, -1) : value)
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? innerList(value) : innerObject(value)
}

/** The list itself, unless a text in it changes. */
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

/** Bold, faint, red, green and their ends. */
const COLOURS = ['[1m', '[2m', '[22m', '[31m', '[32m', '[39m']

/** A line of progress that is written over, and its end. */
const isProgress = (text: string): boolean =>
  text.length < 80 && /^[\d a-z]*$/.test(text.replace(/^\r/, '').replace('\u001b[K', ''))

export interface Guard {
  /** Lets our own colours pass. */
  readonly colours?: boolean
  /** Lets annotations pass: the commands that GitHub's runner is meant to read. */
  readonly annotations?: boolean
}

/**
 * The last look at a text of several lines as it leaves. Of what a terminal or a runner would obey only its line breaks
 * and tabs pass and, where they may, our own colours and annotations. A runner obeys a line that begins with `::`,
 * blanks apart, or has `##[` in it.
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
 * JSON that is as safe to print, and the same value to whoever parses it.
 *
 * @param indent - blanks a level; left out: all on one line
 */
export const jsonText = (value: unknown, indent?: number): string => {
  const json = JSON.stringify(value, null, indent)
  const marked = replaceHidden(json, character => (character === '\n' ? '\n' : character.split('').map(unit).join('')))
  return setApart(marked, unit)
}

/** Whether a text needs quotes in YAML to be safe to print: in quotes `yamlText` can escape it. */
export const needsQuotes = (text: string): boolean => printable(text) !== text || /^\s*::/.test(text)

/** YAML that is as safe to print, and the same value to whoever parses it, where `needsQuotes` was heeded. */
export const yamlText = (yaml: string): string => {
  const mark = (character: string): string => (character.length > 1 ? `\\U${hex(character, 8)}` : unit(character))
  return setApart(
    replaceHidden(yaml, character => (character === '\n' ? '\n' : mark(character))),
    unit,
  )
}
