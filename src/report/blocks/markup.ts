import { printable } from '../../model/printable.ts'
import { type Marked, type Text, textParts } from './block.ts'

/**
 * Text in Markdown that may come from a stranger's pull request: none of it may become markup, a link, a mention or a
 * reference on GitHub, which looks for these after escapes are resolved, but not in code.
 */

// Mentions, addresses, links and issue numbers.
const CALLS = /@|:\/\/|www\.|#\d|GH-\d/i

/** A word with a mention or link is put in a code span, without its punctuation; other words have markup escaped. */
const word = (text: string): string =>
  CALLS.test(text)
    ? text.replace(/^(["'(]{0,3})(.*?)([.,;:!?)"']{0,3})$/s, '$1`$2`$3')
    : text.replace(/[*_[\]#~&]|<(?=[a-z/!?])|\$(?!\d)/gi, character => `\\${character}`)

/** Text with all markup escaped; spaces at its ends are kept. */
const escaped = (text: string): string =>
  printable(text)
    // Characters that end a code span, or a table cell despite one, stay outside the words.
    .replace(/[^\s`|\\]+|[`|\\]/g, piece => (/[`|\\]/.test(piece) ? `\\${piece}` : word(piece)))

type SetCode = (text: string, longest?: number) => string

// Sentences may be longer than names.
const LONGEST_QUOTE = 200

const setPart = (part: string | Marked, setCode: SetCode): string => {
  if (typeof part === 'string') return escaped(part)
  switch (part.as) {
    case 'name':
      return setCode(part.text)
    case 'quote':
      return setCode(part.text, LONGEST_QUOTE)
    case 'strong':
      return `**${escaped(part.text)}**`
    case 'dim':
    case 'good':
    case 'warn':
    case 'bad':
      return escaped(part.text)
    default:
      return part.as satisfies never
  }
}

/** Sets each part; a space separates two adjacent code spans, which would otherwise merge. */
const setParts = (text: Text, setCode: SetCode): string =>
  textParts(text)
    .map(part => setPart(part, setCode))
    .reduce((line, part) => (line.endsWith('`') && part.startsWith('`') ? `${line} ${part}` : line + part), '')
    .trim()

/** Text in a table cell. */
export const cell = (text: Text): string => setParts(text, codeCell)

/** Text that may begin a line, escaped so that it is no quotation, list, rule or heading underline. */
export const plain = (text: Text): string =>
  setParts(text, code)
    .replace(/^(?=>|[-+](\s|$)|-[-\s]*$|=+\s*$)/, '\\')
    .replace(/^(\d+)(?=[.)](\s|$))/, '$1\\')

// Names this long are told apart by their ends.
const LONGEST = 72

/**
 * A code span, in which GitHub finds no markup, HTML, link, mention or issue number, whatever the text. Long text is
 * shortened in the middle, since a comment has limited room.
 */
export const code = (text: string, longest = LONGEST): string => {
  const shown = shortened(printable(text).trim(), longest)
  if (shown === '') return ''
  const runs = shown.match(/`+/g) ?? []
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map(run => run.length)))
  const pad = /^`|`$/.test(shown) ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/** A code span in a table, where an unescaped bar ends the cell even in code. */
export const codeCell = (text: string, longest = LONGEST): string =>
  // Parsers differ on an escaped backslash before a bar, so a space separates the two.
  code(text, longest)
    .replace(/\\(?=\|)/g, '\\ ')
    .replaceAll('|', '\\|')

const shortened = (text: string, longest: number): string => {
  const characters = [...text]
  if (characters.length <= longest) return text
  const half = (longest - 1) / 2
  return [...characters.slice(0, Math.ceil(half)), '…', ...characters.slice(-Math.floor(half))].join('')
}
