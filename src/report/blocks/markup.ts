import { printable } from '../../model/printable.ts'
import { type Marked, partsOf, type Text } from './block.ts'

/**
 * Text in Markdown, which may be that of a stranger's pull request: nothing of it may become markup, a link, a mention
 * or a reference on GitHub, which finds these after all escapes are gone, but not in code.
 */

// Mentions and addresses, links, numbers of issues.
const CALLS = /@|:\/\/|www\.|#\d|GH-\d/i

/** A word that calls or links to something stands in a code span, its punctuation apart; others have markup escaped. */
const word = (text: string): string =>
  CALLS.test(text)
    ? text.replace(/^(["'(]{0,3})(.*?)([.,;:!?)"']{0,3})$/s, '$1`$2`$3')
    : text.replace(/[*_[\]#~&]|<(?=[a-z/!?])|\$(?!\d)/gi, character => `\\${character}`)

/** Words with all markup in them escaped; blanks at their ends stay. */
const escaped = (text: string): string =>
  printable(text)
    // What ends a code span, or a cell in spite of one, is between words.
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

/** Part by part; a blank keeps two code spans apart, which would else be one. */
const setParts = (text: Text, setCode: SetCode): string =>
  partsOf(text)
    .map(part => setPart(part, setCode))
    .reduce((line, part) => (line.endsWith('`') && part.startsWith('`') ? `${line} ${part}` : line + part), '')
    .trim()

/** Text in a cell of a table. */
export const cell = (text: Text): string => setParts(text, codeCell)

/** Text that may begin a line: it is no quotation, list, line across the page or underline of a heading either. */
export const plain = (text: Text): string =>
  setParts(text, code)
    .replace(/^(?=>|[-+](\s|$)|-[-\s]*$|=+\s*$)/, '\\')
    .replace(/^(\d+)(?=[.)](\s|$))/, '$1\\')

// A name as long as this is told from another by its ends.
const LONGEST = 72

/**
 * A code span, in which GitHub finds no markup, HTML, link, mention or issue number, whatever it holds.
 * Long text gives up its middle: a comment has room for so much.
 */
export const code = (text: string, longest = LONGEST): string => {
  const shown = shortened(printable(text).trim(), longest)
  if (shown === '') return ''
  const runs = shown.match(/`+/g) ?? []
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map(run => run.length)))
  const pad = /^`|`$/.test(shown) ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/** A code span in a table, where a bar ends the cell unless it is escaped, even in code. */
export const codeCell = (text: string, longest = LONGEST): string =>
  // Readers differ on an escaped backslash before a bar: a blank keeps the two apart.
  code(text, longest)
    .replace(/\\(?=\|)/g, '\\ ')
    .replaceAll('|', '\\|')

const shortened = (text: string, longest: number): string => {
  const characters = [...text]
  if (characters.length <= longest) return text
  const half = (longest - 1) / 2
  return [...characters.slice(0, Math.ceil(half)), '…', ...characters.slice(-Math.floor(half))].join('')
}
