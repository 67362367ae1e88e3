import { type Blocks, emptyBlocks, makeRoom } from './blocks.ts'
import { hashOf } from './id-table.ts'

const FIRST_ROOM = 1024

/**
 * Numbers prefixes: each block under the prefix before it, and the first one under the request's root. So plain content
 * ids become prefix ids, and ids of different conversations or models never meet. Exact: keys are compared whole.
 */
export class PrefixIds {
  private parents = new Uint32Array(FIRST_ROOM)
  private highs = new Uint32Array(FIRST_ROOM)
  private lows = new Uint32Array(FIRST_ROOM)
  /** The prefix's number; 0: the slot is empty. */
  private numbers = new Uint32Array(FIRST_ROOM)
  private used = 0
  private last = 0
  private readonly roots = new Map<string, number>()
  private readonly result = emptyBlocks()

  /** @returns the prefix numbers, in the low halves; overwritten by the next call */
  number(root: string, { high, low, count }: Blocks): Blocks {
    makeRoom(this.result, count)
    let parent = this.rootOf(root)
    for (let i = 0; i < count; i++) {
      parent = this.numberOf(parent, high[i] ?? 0, low[i] ?? 0)
      this.result.low[i] = parent
    }
    this.result.count = count
    return this.result
  }

  private slotOf(parent: number, high: number, low: number): number {
    const mask = this.numbers.length - 1
    let slot = hashOf(Math.imul(parent, 0xc2b2ae35) ^ high, low) & mask
    while (
      this.numbers[slot] !== 0 &&
      (this.lows[slot] !== low || this.highs[slot] !== high || this.parents[slot] !== parent)
    ) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private grow(): void {
    const { parents, highs, lows, numbers } = this
    const room = this.numbers.length * 2
    this.parents = new Uint32Array(room)
    this.highs = new Uint32Array(room)
    this.lows = new Uint32Array(room)
    this.numbers = new Uint32Array(room)
    for (let i = 0; i < numbers.length; i++) {
      if (numbers[i] !== 0) this.place(parents[i] ?? 0, highs[i] ?? 0, lows[i] ?? 0, numbers[i] ?? 0)
    }
  }

  private place(parent: number, high: number, low: number, number: number): void {
    const slot = this.slotOf(parent, high, low)
    this.parents[slot] = parent
    this.highs[slot] = high
    this.lows[slot] = low
    this.numbers[slot] = number
  }

  private numberOf(parent: number, high: number, low: number): number {
    const known = this.numbers[this.slotOf(parent, high, low)] ?? 0
    if (known !== 0) return known
    if (++this.used * 2 > this.numbers.length) this.grow()
    this.place(parent, high, low, ++this.last)
    return this.last
  }

  private rootOf(name: string): number {
    const known = this.roots.get(name)
    if (known !== undefined) return known
    this.roots.set(name, ++this.last)
    return this.last
  }
}
