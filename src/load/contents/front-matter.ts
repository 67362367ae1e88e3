/** A Markdown file begins with a mapping between two fences; anything else that begins with a line is text. */
const MARKDOWN = /\.(?:md|mdx|mdc|markdown|prompt|prompty|qmd)$/i
const KEY = /^(?:[\w.-]+|"[^"\n]*"|'[^'\n]*')[ \t]*:(?:[ \t]|\r?\n|$)/

/**
 * The text of a Markdown file without its front matter, which tools read and do not send.
 *
 * @returns `null`: it has none
 */
export const withoutFrontMatter = (text: string): string | null => {
  if (!/^---[ \t]*\r?\n/.test(text)) return null
  const end = /\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text.slice(3))
  if (!end) return null
  const first = text.slice(text.indexOf('\n') + 1, 3 + end.index).trimStart()
  // A line above a first paragraph, and another one below it, are no front matter.
  if (first !== '' && !first.startsWith('#') && !KEY.test(first)) return null
  return text.slice(3 + end.index + end[0].length).trimStart()
}

/** What is sent of a file: Markdown without its front matter, any other text as it is. */
export const sentOf = (file: string, text: string): string =>
  (MARKDOWN.test(file) ? withoutFrontMatter(text) : null) ?? text
