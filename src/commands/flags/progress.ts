import type { Io } from '../../io.ts'

const PATIENCE_MS = 1000
const STEP_MS = 100

/**
 * Shows the progress of a long run on one line of stderr: only on a terminal, only after a second, cleared at the end.
 *
 * @returns `tell`: reports the number done and the total; `clear`: removes the line
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
