import { NEVER, StampTable } from './stamp-table.ts'

/**
 * Ids with the moment of their last use, of which those older than a lifetime are forgotten. Times never go back.
 *
 * Two tables take turns, so that memory is that of two lifetimes: an id is looked up in the current one, else in the
 * previous one. When a lifetime has passed since the current one was begun, whatever is still in the previous one is
 * dead, and the two swap. Exact: every answer goes by the stamp itself.
 */
export class LifetimeTable {
  private readonly lifetime: number
  private current = new StampTable()
  private previous = new StampTable()
  private begun = 0
  private now = 0

  /** @param lifetime - ms, or Infinity */
  constructor(lifetime: number) {
    this.lifetime = lifetime
  }

  /** Whether an id is alive: t − stamp ≤ lifetime. */
  isAlive(high: number, low: number): boolean {
    const stamp = this.current.get(high, low)
    return stamp === NEVER ? this.inPrevious(high, low) : this.now - stamp <= this.lifetime
  }

  /** Stamps an id with the moment. @returns whether it was alive */
  touch(high: number, low: number): boolean {
    const stamp = this.current.put(high, low, this.now)
    return stamp === NEVER ? this.inPrevious(high, low) : this.now - stamp <= this.lifetime
  }

  /** Goes on to a moment, ms. */
  moveTo(at: number): void {
    this.now = at
    if (this.current.size === 0) this.begun = at
    if (at - this.begun <= this.lifetime) return
    const dead = this.previous
    this.previous = this.current
    dead.clear()
    this.current = dead
    this.begun = at
  }

  private inPrevious(high: number, low: number): boolean {
    // What no entry has is older than any lifetime, but for an endless one.
    if (this.previous.size === 0) return false
    return this.now - this.previous.get(high, low) <= this.lifetime
  }
}
