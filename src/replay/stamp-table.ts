/** A stamp that no entry has: it is older than any time. */
export const NEVER = Number.NEGATIVE_INFINITY

const FIRST_ROOM = 1024

/**
 * Times by 64-bit id, in typed arrays with open addressing: exact, and without an object for each entry. Linear probing,
 * at most half full. A class, since functions of several closures are not compiled into their callers.
 */
export class StampTable {
  size = 0
  #highs = new Uint32Array(FIRST_ROOM)
  #lows = new Uint32Array(FIRST_ROOM)
  #stamps = new Float64Array(FIRST_ROOM).fill(NEVER)

  /** The stamp of an id, `NEVER` if there is none. */
  get(high: number, low: number): number {
    return this.#stamps[this.#slotOf(high, low)] ?? NEVER
  }

  /** Stamps an id. @returns the stamp that it had, `NEVER` if none */
  put(high: number, low: number, stamp: number): number {
    let slot = this.#slotOf(high, low)
    const before = this.#stamps[slot] ?? NEVER
    if (before === NEVER) {
      this.size++
      if (this.size * 2 > this.#stamps.length) {
        this.#grow()
        slot = this.#slotOf(high, low)
      }
      this.#highs[slot] = high
      this.#lows[slot] = low
    }
    this.#stamps[slot] = stamp
    return before
  }

  clear(): void {
    this.#stamps.fill(NEVER)
    this.size = 0
  }

  /** Where an id is, or would be. */
  #slotOf(high: number, low: number): number {
    const [highs, lows, stamps] = [this.#highs, this.#lows, this.#stamps]
    const mask = stamps.length - 1
    let slot = hashOf(high, low) & mask
    while (stamps[slot] !== NEVER && (lows[slot] !== low || highs[slot] !== high)) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [highs, lows, stamps] = [this.#highs, this.#lows, this.#stamps]
    const room = stamps.length * 2
    this.#highs = new Uint32Array(room)
    this.#lows = new Uint32Array(room)
    this.#stamps = new Float64Array(room).fill(NEVER)
    for (let i = 0; i < stamps.length; i++) {
      const stamp = stamps[i] ?? NEVER
      if (stamp === NEVER) continue
      const slot = this.#slotOf(highs[i] ?? 0, lows[i] ?? 0)
      this.#highs[slot] = highs[i] ?? 0
      this.#lows[slot] = lows[i] ?? 0
      this.#stamps[slot] = stamp
    }
  }
}

/** Spreads ids that follow one another, and ids that differ in one half alone, over the table. */
export const hashOf = (high: number, low: number): number => {
  let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
