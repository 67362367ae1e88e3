// A file may contain thousands of names.
const MOST_NAMED = 40

/** Names separated by commas, and how many more there are. */
export const list = (names: readonly string[]): string => {
  const more = names.length - MOST_NAMED
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more` : names.join(', ')
}
/** A name from a file or the user, quoted and escaped. */
export const quoted = (text: string): string => JSON.stringify(text)

/** Advice for a path with Windows separators: / works everywhere, whereas \ is an escape character in patterns. */
export const withSlashes = (path: string): string | undefined =>
  /[^\\/]\\[\w*?{.]/.test(path)
    ? `check the path, and write / between folders rather than \\: ${path.replaceAll('\\', '/')}`
    : undefined

/** A path or a name quoted for a shell if needed. @example typed('my bot.yaml') // with quotes: 'my bot.yaml' */
export const typed = (path: string): string => {
  const safe = path.startsWith('-') ? `./${path}` : path
  return /^[\w./,=:@+-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`
}
