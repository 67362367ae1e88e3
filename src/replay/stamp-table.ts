/** A stamp that no entry has: it is older than any time. */
export const NEVER = Number.NEGATIVE_INFINITY

const FIRST_ROOM = 1024
/** Bytes of an entry: two halves of an id, then its stamp, side by side, as memory is what takes the time. */
const ENTRY = 16

/**
 * Times by 64-bit id, in one buffer with open addressing: exact, and without an object for each entry. Linear probing,
 * at most half full. A class, since functions of several closures are not compiled into their callers.
 */
export class StampTable {
  size = 0
  private mask = FIRST_ROOM - 1
  /** At 4 · slot the high half of an id, behind it the low one. */
  private halves = new Uint32Array(new ArrayBuffer(FIRST_ROOM * ENTRY))
  /** At 2 · slot + 1 the stamp. */
  private stamps = new Float64Array(this.halves.buffer).fill(NEVER)

  /** The stamp of an id, `NEVER` if there is none. */
  get(high: number, low: number): number {
    return this.stamps[2 * this.slotOf(high, low) + 1] ?? NEVER
  }

  /** Stamps an id. @returns the stamp that it had, `NEVER` if none */
  put(high: number, low: number, stamp: number): number {
    const slot = this.slotOf(high, low)
    const before = this.stamps[2 * slot + 1] ?? NEVER
    if (before !== NEVER) {
      this.stamps[2 * slot + 1] = stamp
      return before
    }
    this.size++
    if (this.size * 2 > this.mask) this.grow()
    this.fill(this.slotOf(high, low), high, low, stamp)
    return NEVER
  }

  clear(): void {
    this.stamps.fill(NEVER)
    this.size = 0
  }

  /** Where an id is, or would be. */
  private slotOf(high: number, low: number): number {
    const { mask, halves, stamps } = this
    let slot = hashOf(high, low) & mask
    while (stamps[2 * slot + 1] !== NEVER && (halves[4 * slot + 1] !== low || halves[4 * slot] !== high)) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private fill(slot: number, high: number, low: number, stamp: number): void {
    this.halves[4 * slot] = high
    this.halves[4 * slot + 1] = low
    this.stamps[2 * slot + 1] = stamp
  }

  private grow(): void {
    const { halves, stamps, mask } = this
    this.mask = 2 * mask + 1
    this.halves = new Uint32Array(new ArrayBuffer((this.mask + 1) * ENTRY))
    this.stamps = new Float64Array(this.halves.buffer).fill(NEVER)
    for (let slot = 0; slot <= mask; slot++) {
      const stamp = stamps[2 * slot + 1] ?? NEVER
      if (stamp === NEVER) continue
      const [high, low] = [halves[4 * slot] ?? 0, halves[4 * slot + 1] ?? 0]
      this.fill(this.slotOf(high, low), high, low, stamp)
    }
  }
}

/**
 * Spreads ids over a table, eight that follow one another side by side: a prompt's blocks are often numbered in a row,
 * and then lie in one line of the processor's cache.
 */
export const hashOf = (high: number, low: number): number => {
  let hash = Math.imul(low >>> 3, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  hash ^= hash >>> 13
  return ((hash << 3) | (low & 7)) >>> 0
}
