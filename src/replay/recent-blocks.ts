import { hashOf } from './stamp-table.ts'

/** A set of 64-bit ids in the order of their last use. */
export interface RecentBlocks {
  has(high: number, low: number): boolean
  /** Makes an id the most recently used; adds it if needed. */
  touch(high: number, low: number): void
  /** Drops the least recently used until so many are left. */
  cutTo(most: number): void
}

const NONE = -1
const FIRST_ROOM = 1024

/** Entries in a list that is linked by their numbers, found by a table of these numbers. */
export const recentBlocks = (): RecentBlocks => {
  // Entry 0 is the list's anchor: behind it the most recent, before it the least recent.
  let highs = new Uint32Array(FIRST_ROOM)
  let lows = new Uint32Array(FIRST_ROOM)
  let before = new Int32Array(FIRST_ROOM)
  let after = new Int32Array(FIRST_ROOM)
  let slots = new Int32Array(FIRST_ROOM * 2).fill(NONE)
  let used = 1
  let size = 0
  let free = NONE

  const slotOf = (high: number, low: number): number => {
    const mask = slots.length - 1
    let slot = hashOf(high, low) & mask
    for (;;) {
      const entry = slots[slot] ?? NONE
      if (entry === NONE || (lows[entry] === low && highs[entry] === high)) return slot
      slot = (slot + 1) & mask
    }
  }

  const grow = (): void => {
    const room = highs.length * 2
    const copy = <A extends Uint32Array | Int32Array>(to: A, from: A): A => {
      to.set(from)
      return to
    }
    highs = copy(new Uint32Array(room), highs)
    lows = copy(new Uint32Array(room), lows)
    before = copy(new Int32Array(room), before)
    after = copy(new Int32Array(room), after)
    slots = new Int32Array(room * 2).fill(NONE)
    for (let entry = after[0] ?? 0; entry !== 0; entry = after[entry] ?? 0) {
      slots[slotOf(highs[entry] ?? 0, lows[entry] ?? 0)] = entry
    }
  }

  const unlink = (entry: number): void => {
    const [left, right] = [before[entry] ?? 0, after[entry] ?? 0]
    after[left] = right
    before[right] = left
  }

  const linkFirst = (entry: number): void => {
    const first = after[0] ?? 0
    before[entry] = 0
    after[entry] = first
    before[first] = entry
    after[0] = entry
  }

  /** Empties a slot and moves back what stood behind it only because it was taken. */
  const empty = (slot: number): void => {
    const mask = slots.length - 1
    let hole = slot
    for (let next = (hole + 1) & mask; slots[next] !== NONE; next = (next + 1) & mask) {
      const entry = slots[next] ?? NONE
      const home = hashOf(highs[entry] ?? 0, lows[entry] ?? 0) & mask
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        slots[hole] = entry
        hole = next
      }
    }
    slots[hole] = NONE
  }

  const add = (high: number, low: number): number => {
    if (free === NONE && used === highs.length) grow()
    const entry = free === NONE ? used++ : free
    if (entry === free) free = after[entry] ?? NONE
    highs[entry] = high
    lows[entry] = low
    slots[slotOf(high, low)] = entry
    size++
    return entry
  }

  return {
    has: (high, low) => slots[slotOf(high, low)] !== NONE,
    touch: (high, low) => {
      const known = slots[slotOf(high, low)] ?? NONE
      if (known !== NONE) unlink(known)
      linkFirst(known === NONE ? add(high, low) : known)
    },
    cutTo: most => {
      while (size > most) {
        const last = before[0] ?? 0
        empty(slotOf(highs[last] ?? 0, lows[last] ?? 0))
        unlink(last)
        after[last] = free
        free = last
        size--
      }
    },
  }
}
