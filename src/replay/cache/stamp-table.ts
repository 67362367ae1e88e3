import { IdTable } from './id-table.ts'

const FIRST_ROOM = 1024

/** 64-bit ids with a time each. */
export class StampTable {
  private readonly ids = new IdTable()
  private stamps = new Float64Array(FIRST_ROOM)

  get size(): number {
    return this.ids.size
  }

  /** The number of an id, 0 if it is not there. */
  find(high: number, low: number): number {
    return this.ids.find(high, low)
  }

  /** Adds an id that is not there. */
  add(high: number, low: number, stamp: number): void {
    const number = this.ids.add(high, low)
    if (number === this.stamps.length) {
      const stamps = new Float64Array(2 * number)
      stamps.set(this.stamps)
      this.stamps = stamps
    }
    this.stamps[number] = stamp
  }

  stampOf(number: number): number {
    return this.stamps[number] ?? 0
  }

  restamp(number: number, stamp: number): void {
    this.stamps[number] = stamp
  }

  clear(): void {
    this.ids.clear()
  }
}
