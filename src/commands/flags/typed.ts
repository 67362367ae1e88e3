/** A path quoted for a shell if needed. @example typed('my bot.yaml') // with quotes: 'my bot.yaml' */
export const typed = (path: string): string => {
  const safe = path.startsWith('-') ? `./${path}` : path
  return /^[\w./,=:@+-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`
}
