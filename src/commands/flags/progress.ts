import type { Io } from '../../io.ts'

const PATIENCE_MS = 1000
const STEP_MS = 100

/**
 * Shows the progress of a long run on one line of stderr: only on a terminal, only after a second, cleared at the end.
 *
 * @param inWords - what the line says of what is done and of all of it; `null`: not known
 * @returns `tell`: reports the number done and the total; `clear`: removes the line
 */
export const showProgress = (
  { stderr, elapsed }: Io,
  { quiet = false }: { readonly quiet?: boolean },
  inWords: (done: number, all: number | null) => string = (done, all) => `${done} of ${all} scenarios`,
): { tell: (done: number, all: number | null) => void; clear: () => void } => {
  const start = elapsed()
  let last = start + PATIENCE_MS - STEP_MS
  let shown = false
  return {
    tell: (done, all) => {
      if (quiet || !stderr.isTTY || elapsed() - last < STEP_MS) return
      last = elapsed()
      shown = true
      stderr.write(`\r${inWords(done, all)}\x1b[K`)
    },
    clear: () => {
      if (shown) stderr.write('\r\x1b[K')
    },
  }
}
