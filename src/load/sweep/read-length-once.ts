import { readLength } from '../lengths/read-length.ts'

/**
 * A reader of lengths that reads each once: cells that do not vary a text share it, so that it is counted once. Paths
 * that a search skipped are told the first time alone.
 */
export const readLengthOnce = (): typeof readLength => {
  const known = new Map<string, ReturnType<typeof readLength>>()
  return (written, path, around) => {
    if (typeof written === 'number') return readLength(written, path, around)
    const key = JSON.stringify([path, written])
    const reading = known.get(key) ?? readLength(written, path, around)
    known.set(key, reading)
    return reading
  }
}
