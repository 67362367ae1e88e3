import { StampTable } from './stamp-table.ts'

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
    const number = this.current.find(high, low)
    return number === 0 ? this.inPrevious(high, low) : this.isFresh(this.current.stampOf(number))
  }

  /** Stamps an id with the moment if it is alive. @returns whether it is */
  renew(high: number, low: number): boolean {
    const { current, now } = this
    const number = current.find(high, low)
    if (number === 0) {
      if (!this.inPrevious(high, low)) return false
      current.add(high, low, now)
      return true
    }
    if (!this.isFresh(current.stampOf(number))) return false
    current.restamp(number, now)
    return true
  }

  /** Stamps an id with the moment, alive or not. */
  touch(high: number, low: number): void {
    const { current, now } = this
    const number = current.find(high, low)
    if (number === 0) current.add(high, low, now)
    else current.restamp(number, now)
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
    const number = this.previous.find(high, low)
    return number !== 0 && this.isFresh(this.previous.stampOf(number))
  }

  private isFresh(stamp: number): boolean {
    return this.now - stamp <= this.lifetime
  }
}
