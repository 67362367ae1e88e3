import type { Io } from '../../io.ts'

const PATIENCE_MS = 1000
const STEP_MS = 100

/**
 * A line on stderr that says how far a long run is: only on a terminal, only after a second, and gone at the end.
 *
 * @returns `tell`: that many of so many are done; `clear`: takes the line away
 */
export const showProgress = (
  { stderr, elapsed }: Io,
  { quiet = false }: { readonly quiet?: boolean },
): { tell: (done: number, all: number) => void; clear: () => void } => {
  const start = elapsed()
  let last = start + PATIENCE_MS - STEP_MS
  let shown = false
  return {
    tell: (done, all) => {
      if (quiet || !stderr.isTTY || elapsed() - last < STEP_MS) return
      last = elapsed()
      shown = true
      stderr.write(`\r${done} of ${all} scenarios\x1b[K`)
    },
    clear: () => {
      if (shown) stderr.write('\r\x1b[K')
    },
  }
}
