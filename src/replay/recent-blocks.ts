import { hashOf } from './stamp-table.ts'

const NONE = -1
const FIRST_ROOM = 1024

/** A set of 64-bit ids in the order of their last use: a list linked by numbers, which a table of these numbers finds. */
export class RecentBlocks {
  // Entry 0 is the list's anchor: behind it the most recent, before it the least recent.
  private highs = new Uint32Array(FIRST_ROOM)
  private lows = new Uint32Array(FIRST_ROOM)
  private before = new Int32Array(FIRST_ROOM)
  private after = new Int32Array(FIRST_ROOM)
  private slots = new Int32Array(FIRST_ROOM * 2).fill(NONE)
  private used = 1
  private size = 0
  private free = NONE

  has(high: number, low: number): boolean {
    return this.slots[this.slotOf(high, low)] !== NONE
  }

  /** Makes an id the most recently used; adds it if needed. */
  touch(high: number, low: number): void {
    const known = this.slots[this.slotOf(high, low)] ?? NONE
    if (known !== NONE) this.unlink(known)
    this.linkFirst(known === NONE ? this.add(high, low) : known)
  }

  /** Drops the least recently used until so many are left. */
  cutTo(most: number): void {
    while (this.size > most) {
      const last = this.before[0] ?? 0
      this.empty(this.slotOf(this.highs[last] ?? 0, this.lows[last] ?? 0))
      this.unlink(last)
      this.after[last] = this.free
      this.free = last
      this.size--
    }
  }

  private slotOf(high: number, low: number): number {
    const mask = this.slots.length - 1
    let slot = hashOf(high, low) & mask
    for (;;) {
      const entry = this.slots[slot] ?? NONE
      if (entry === NONE || (this.lows[entry] === low && this.highs[entry] === high)) return slot
      slot = (slot + 1) & mask
    }
  }

  private grow(): void {
    const room = this.highs.length * 2
    const copy = <A extends Uint32Array | Int32Array>(to: A, from: A): A => {
      to.set(from)
      return to
    }
    this.highs = copy(new Uint32Array(room), this.highs)
    this.lows = copy(new Uint32Array(room), this.lows)
    this.before = copy(new Int32Array(room), this.before)
    this.after = copy(new Int32Array(room), this.after)
    this.slots = new Int32Array(room * 2).fill(NONE)
    for (let entry = this.after[0] ?? 0; entry !== 0; entry = this.after[entry] ?? 0) {
      this.slots[this.slotOf(this.highs[entry] ?? 0, this.lows[entry] ?? 0)] = entry
    }
  }

  private unlink(entry: number): void {
    const [left, right] = [this.before[entry] ?? 0, this.after[entry] ?? 0]
    this.after[left] = right
    this.before[right] = left
  }

  private linkFirst(entry: number): void {
    const first = this.after[0] ?? 0
    this.before[entry] = 0
    this.after[entry] = first
    this.before[first] = entry
    this.after[0] = entry
  }

  /** Empties a slot and moves back what stood behind it only because it was taken. */
  private empty(slot: number): void {
    const mask = this.slots.length - 1
    let hole = slot
    for (let next = (hole + 1) & mask; this.slots[next] !== NONE; next = (next + 1) & mask) {
      const entry = this.slots[next] ?? NONE
      const home = hashOf(this.highs[entry] ?? 0, this.lows[entry] ?? 0) & mask
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        this.slots[hole] = entry
        hole = next
      }
    }
    this.slots[hole] = NONE
  }

  private add(high: number, low: number): number {
    if (this.free === NONE && this.used === this.highs.length) this.grow()
    const entry = this.free === NONE ? this.used++ : this.free
    if (entry === this.free) this.free = this.after[entry] ?? NONE
    this.highs[entry] = high
    this.lows[entry] = low
    this.slots[this.slotOf(high, low)] = entry
    this.size++
    return entry
  }
}
