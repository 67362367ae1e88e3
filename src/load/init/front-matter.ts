/**
 * The text of a Markdown file without its front matter, which tools read and do not send.
 *
 * @returns `null`: it has none
 */
export const withoutFrontMatter = (text: string): string | null => {
  if (!/^---[ \t]*\r?\n/.test(text)) return null
  const end = /\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text.slice(3))
  return end ? text.slice(3 + end.index + end[0].length).trimStart() : null
}
