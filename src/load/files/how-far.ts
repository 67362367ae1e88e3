import type { Io } from '../../io.ts'

/** Called while sources are read: bytes so far, those of all sources if they are known, and what was found in them. */
export type HowFar = (bytes: number, all: number | null, found: number) => void

/**
 * Counts the bytes of sources while they are read, packed as they lie there.
 *
 * @param tell - left out: nobody asks
 * @returns a function for each piece that was read
 */
export const openHowFar = (
  paths: readonly string[],
  { size }: Pick<Io, 'size'>,
  tell: HowFar | undefined,
): ((bytes: number, found: number) => void) => {
  if (!tell) return () => {}
  const sizes = paths.map(size)
  const known = sizes.flatMap(one => one ?? [])
  const all = known.length === sizes.length ? known.reduce((sum, one) => sum + one, 0) : null
  let done = 0
  return (bytes, found) => {
    done += bytes
    tell(done, all, found)
  }
}
