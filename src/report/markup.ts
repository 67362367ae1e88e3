/**
 * Text from users' files, which may be those of a stranger's pull request: what makes it safe to print.
 * Nothing of it may become markup, a link, a mention, a line of its own or a command to whoever reads the log.
 */

// Controls, lone surrogates, and what makes text run the other way, so that it reads as something else.
const UNSEEN = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/** On one line, with nothing in it that cannot be seen. */
const visible = (text: string): string => text.replace(/\s+/gu, ' ').replace(UNSEEN, '\uFFFD')

/**
 * For a terminal or a log, on one line. GitHub's runner takes a log line that begins with `::name::`, or that has
 * `##[name]` in it, for a command, so these are set apart.
 */
export const oneLine = (text: string): string =>
  visible(text)
    .replace(/:(?=:)/g, ': ')
    .replace(/#(?=#\[)/g, '# ')

/** Text that Markdown must not read as markup, and that calls nobody. */
export const plain = (text: string): string =>
  visible(text)
    .replace(/[\\`*_[\]<>|#~&]/g, character => `\\${character}`)
    // GitHub looks for mentions after all escapes are gone; what breaks one up has no width.
    .replace(/@/g, '@\u200B')

// A name as long as this is told from another by its ends.
const LONGEST = 72

/**
 * A code span, in which GitHub finds no markup, HTML, link, mention or issue number, whatever it holds.
 * Long text gives up its middle: a comment has room for so much.
 */
export const code = (text: string, longest = LONGEST): string => {
  const shown = shortened(visible(text).trim(), longest)
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
