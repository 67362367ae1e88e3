import { hashOf } from './stamp-table.ts'
import { type Blocks, emptyBlocks, makeRoom } from './trace.ts'

/**
 * Numbers prefixes: each block under the prefix before it, and the first one under the request's root. So plain content
 * ids become prefix ids, and ids of different conversations or models never meet. Exact: keys are compared whole.
 */
export interface PrefixIds {
  /** @returns the prefix numbers, in the low halves; overwritten by the next call */
  number(root: string, blocks: Blocks): Blocks
}

const FIRST_ROOM = 1024

export const prefixIds = (): PrefixIds => {
  let parents = new Uint32Array(FIRST_ROOM)
  let highs = new Uint32Array(FIRST_ROOM)
  let lows = new Uint32Array(FIRST_ROOM)
  /** The prefix's number; 0: the slot is empty. */
  let numbers = new Uint32Array(FIRST_ROOM)
  let used = 0
  let last = 0
  const roots = new Map<string, number>()
  const result = emptyBlocks()

  const slotOf = (parent: number, high: number, low: number): number => {
    const mask = numbers.length - 1
    let slot = hashOf(Math.imul(parent, 0xc2b2ae35) ^ high, low) & mask
    while (numbers[slot] !== 0 && (lows[slot] !== low || highs[slot] !== high || parents[slot] !== parent)) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  const grow = (): void => {
    const old = { parents, highs, lows, numbers }
    const room = numbers.length * 2
    parents = new Uint32Array(room)
    highs = new Uint32Array(room)
    lows = new Uint32Array(room)
    numbers = new Uint32Array(room)
    for (let i = 0; i < old.numbers.length; i++) {
      if (old.numbers[i] !== 0) place(old.parents[i] ?? 0, old.highs[i] ?? 0, old.lows[i] ?? 0, old.numbers[i] ?? 0)
    }
  }

  const place = (parent: number, high: number, low: number, number: number): void => {
    const slot = slotOf(parent, high, low)
    parents[slot] = parent
    highs[slot] = high
    lows[slot] = low
    numbers[slot] = number
  }

  const numberOf = (parent: number, high: number, low: number): number => {
    const known = numbers[slotOf(parent, high, low)] ?? 0
    if (known !== 0) return known
    if (++used * 2 > numbers.length) grow()
    place(parent, high, low, ++last)
    return last
  }

  const rootOf = (name: string): number => {
    const known = roots.get(name)
    if (known !== undefined) return known
    roots.set(name, ++last)
    return last
  }

  return {
    number: (root, { high, low, count }) => {
      makeRoom(result, count)
      let parent = rootOf(root)
      for (let i = 0; i < count; i++) {
        parent = numberOf(parent, high[i] ?? 0, low[i] ?? 0)
        result.low[i] = parent
      }
      result.count = count
      return result
    },
  }
}
