import type { Io } from '../../io.ts'
import { plural } from '../../model/plural.ts'
import { formatCount } from '../../report/figures/format.ts'

const PATIENCE_MS = 1000
const STEP_MS = 100

const MEGABYTE = 1e6

/** What the line says of bytes that were read, and of all of them. */
export const megabytesInWords = (done: number, all: number | null): string => {
  const read = Math.floor(done / MEGABYTE)
  return all === null ? `${read} megabytes` : `${read} of ${Math.ceil(all / MEGABYTE)} megabytes`
}

/** The same with the share, and what was found so far. @param noun - of one */
export const readInWords =
  (noun: string) =>
  (done: number, all: number | null, found: number): string => {
    const share = all === null || all === 0 ? '' : `, ${Math.floor((Math.min(done, all) / all) * 100)}%`
    return `${megabytesInWords(done, all)} read${share}, ${plural(formatCount(found), noun)}`
  }

/**
 * Shows the progress of a long run on one line of stderr: only on a terminal, only after a second, cleared at the end.
 *
 * @param inWords - what the line says of what is done, of all of it (`null`: not known) and of what was found in it
 * @returns `tell`: reports the number done, the total and what was found; `clear`: removes the line
 */
export const showProgress = (
  { stderr, elapsed }: Io,
  { quiet = false }: { readonly quiet?: boolean },
  inWords: (done: number, all: number | null, found: number) => string = (done, all) => `${done} of ${all} scenarios`,
): { tell: (done: number, all: number | null, found?: number) => void; clear: () => void } => {
  const start = elapsed()
  let last = start + PATIENCE_MS - STEP_MS
  let shown = false
  return {
    tell: (done, all, found = 0) => {
      if (quiet || !stderr.isTTY || elapsed() - last < STEP_MS) return
      last = elapsed()
      shown = true
      stderr.write(`\r${inWords(done, all, found)}\x1b[K`)
    },
    clear: () => {
      if (shown) stderr.write('\r\x1b[K')
    },
  }
}
