// Names of a file's own may be thousands.
const MOST_NAMED = 40

/** Names in a row, and how many more there are. */
export const list = (names: readonly string[]): string => {
  const more = names.length - MOST_NAMED
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more` : names.join(', ')
}
/** A name as a file or a user wrote it, in quotes and with escapes. */
export const quoted = (text: string): string => JSON.stringify(text)

/** Advice for a path as Windows writes it: only / separates folders everywhere, and in a pattern \ does not. */
export const withSlashes = (path: string): string | undefined =>
  /[^\\/]\\[\w*?{.]/.test(path)
    ? `check the path, and write / between folders rather than \\: ${path.replaceAll('\\', '/')}`
    : undefined
