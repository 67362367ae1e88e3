/** Hashes of ids that have been seen. */
export interface IdTable {
  /** Remembers the two words of a hash. @returns whether it is new */
  add(high: number, low: number): boolean
  /**
   * Looks where the low words of some hashes lead, so that the memory there is at hand when they are added: one look
   * waits for it, but many at once wait hardly longer.
   */
  touch(lows: Int32Array, count: number): void
}

/**
 * Takes 11 to 43 bytes an id however long it is, without the limit of 2^24 that a Set has. Among 10 million ids the
 * chance that any two are taken for one is 3 in a million.
 */
export const idTable = (): IdTable => {
  // Two halves of a hash, side by side; both 0 marks a free place.
  let halves = new Int32Array(2048)
  let count = 0
  const found = new Int32Array(1)
  const put = (high: number, low: number): boolean => {
    const mask = halves.length - 1
    for (let at = (low << 1) & mask; ; at = (at + 2) & mask) {
      const h = halves[at] as number
      const l = halves[at + 1] as number
      if (h === high && l === low) return false
      if (h === 0 && l === 0) {
        halves[at] = high
        halves[at + 1] = low
        return true
      }
    }
  }
  const grow = (): void => {
    const old = halves
    // In larger steps at first, as each moves everything.
    halves = new Int32Array(old.length * (old.length < LARGE ? 4 : 2))
    for (let i = 0; i < old.length; i += 2) {
      const [h, l] = [old[i] as number, old[i + 1] as number]
      if (h !== 0 || l !== 0) put(h, l)
    }
  }
  return {
    add: (high, low) => {
      const isNew = put(high, high === 0 && low === 0 ? 1 : low)
      if (isNew && ++count * 8 > halves.length * 3) grow()
      return isNew
    },
    touch: (lows, lowCount) => {
      const mask = halves.length - 1
      let all = 0
      for (let i = 0; i < lowCount; i++) all ^= halves[((lows[i] as number) << 1) & mask] as number
      // Kept, as a compiler leaves out what nobody needs.
      found[0] = all
    },
  }
}

/** Of 32-bit words. */
const LARGE = 2 ** 21
