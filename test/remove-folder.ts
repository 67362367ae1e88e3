import { existsSync, rmSync } from 'node:fs'

const PATIENCE_MS = 30_000

const pause = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/**
 * Removes a folder that programs were started in. One that is just ending may still put a file there, after the folder
 * was listed and before it is gone: it is then listed anew. `maxRetries` of rmSync only tries the last step again.
 */
export const removeFolder = (folder: string): void => {
  const end = Date.now() + PATIENCE_MS
  while (existsSync(folder)) {
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY' || Date.now() > end) throw error
      pause(20)
    }
  }
}
