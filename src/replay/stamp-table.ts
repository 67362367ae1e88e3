/** A stamp that no entry has: it is older than any time. */
export const NEVER = Number.NEGATIVE_INFINITY

/**
 * Times by 64-bit id, in typed arrays with open addressing: exact, and without an object for each entry. Linear probing,
 * at most half full.
 */
export interface StampTable {
  /** The stamp of an id, `NEVER` if there is none. */
  get(high: number, low: number): number
  /** Stamps an id. @returns the stamp that it had, `NEVER` if none */
  put(high: number, low: number, stamp: number): number
  readonly size: number
  clear(): void
}

const FIRST_ROOM = 1024

export const stampTable = (): StampTable => {
  let highs = new Uint32Array(FIRST_ROOM)
  let lows = new Uint32Array(FIRST_ROOM)
  let stamps = new Float64Array(FIRST_ROOM).fill(NEVER)
  let size = 0

  /** Where an id is, or would be. */
  const slotOf = (high: number, low: number): number => {
    const mask = stamps.length - 1
    let slot = hashOf(high, low) & mask
    while (stamps[slot] !== NEVER && (lows[slot] !== low || highs[slot] !== high)) slot = (slot + 1) & mask
    return slot
  }

  const grow = (): void => {
    const [oldHighs, oldLows, oldStamps] = [highs, lows, stamps]
    const room = oldStamps.length * 2
    highs = new Uint32Array(room)
    lows = new Uint32Array(room)
    stamps = new Float64Array(room).fill(NEVER)
    for (let i = 0; i < oldStamps.length; i++) {
      const stamp = oldStamps[i] ?? NEVER
      if (stamp === NEVER) continue
      const slot = slotOf(oldHighs[i] ?? 0, oldLows[i] ?? 0)
      highs[slot] = oldHighs[i] ?? 0
      lows[slot] = oldLows[i] ?? 0
      stamps[slot] = stamp
    }
  }

  return {
    get: (high, low) => stamps[slotOf(high, low)] ?? NEVER,
    put: (high, low, stamp) => {
      let slot = slotOf(high, low)
      const before = stamps[slot] ?? NEVER
      if (before === NEVER) {
        size++
        if (size * 2 > stamps.length) {
          grow()
          slot = slotOf(high, low)
        }
        highs[slot] = high
        lows[slot] = low
      }
      stamps[slot] = stamp
      return before
    },
    get size() {
      return size
    },
    clear: () => {
      stamps.fill(NEVER)
      size = 0
    },
  }
}

/** Spreads ids that follow one another, and ids that differ in one half alone, over the table. */
export const hashOf = (high: number, low: number): number => {
  let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
