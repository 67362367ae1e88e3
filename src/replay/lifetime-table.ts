import { NEVER, stampTable } from './stamp-table.ts'

/** Ids with the moment of their last use, of which those older than a lifetime are forgotten. Times never go back. */
export interface LifetimeTable {
  /** Whether an id is alive: t − stamp ≤ lifetime. */
  isAlive(high: number, low: number): boolean
  /** Stamps an id with the moment. @returns whether it was alive */
  touch(high: number, low: number): boolean
  /** Goes on to a moment, ms. */
  moveTo(at: number): void
}

/**
 * Two tables take turns, so that memory is that of two lifetimes: an id is looked up in the current one, else in the
 * previous one. When a lifetime has passed since the current one was begun, whatever is still in the previous one is
 * dead, and the two swap. Exact: every answer goes by the stamp itself.
 *
 * @param lifetime - ms, or Infinity
 */
export const lifetimeTable = (lifetime: number): LifetimeTable => {
  let current = stampTable()
  let previous = stampTable()
  let begun = 0
  let now = 0
  const wasAlive = (stamp: number): boolean => stamp !== NEVER && now - stamp <= lifetime
  const inPrevious = (high: number, low: number): boolean => previous.size > 0 && wasAlive(previous.get(high, low))
  return {
    isAlive: (high, low) => {
      const stamp = current.get(high, low)
      return stamp === NEVER ? inPrevious(high, low) : wasAlive(stamp)
    },
    touch: (high, low) => {
      const stamp = current.put(high, low, now)
      return stamp === NEVER ? inPrevious(high, low) : wasAlive(stamp)
    },
    moveTo: at => {
      now = at
      if (current.size === 0) begun = at
      if (at - begun <= lifetime) return
      const dead = previous
      previous = current
      dead.clear()
      current = dead
      begun = at
    },
  }
}
