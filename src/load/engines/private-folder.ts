import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A folder of this run alone. */
export interface PrivateFolder {
  readonly path: string
  /** Removes it with all that is in it. */
  remove(): void
}

/**
 * Makes a folder for what does not fit in memory. It goes with the run, also where a signal ends that.
 *
 * @param stop - called before a signal ends the run: whoever writes into the folder must end
 */
export const privateFolder = (stop: () => void): PrivateFolder => {
  const path = mkdtempSync(join(tmpdir(), 'dsprice-'))
  const end = (signal: NodeJS.Signals): void => {
    stop()
    remove()
    // Without us as a listener the signal does what it usually does.
    process.kill(process.pid, signal)
  }
  const remove = (): void => {
    for (const signal of SIGNALS) process.off(signal, end)
    rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  }
  for (const signal of SIGNALS) process.on(signal, end)
  return { path, remove }
}
