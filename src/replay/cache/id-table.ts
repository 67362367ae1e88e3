import type { Blocks } from './blocks.ts'

const FIRST_ROOM = 1024
/** Slots up to which a table grows fourfold, since growing takes longer than empty slots do harm; then it doubles. */
const FOURFOLD = 2 ** 24
/** Ids of a part, as a power of 2. */
const PART_BITS = 16
const IN_PART = 2 ** PART_BITS - 1

/**
 * 64-bit ids, numbered from 1 in the order in which they are added: a list of them, and slots with open addressing, at
 * most three quarters full. Exact, and 13 to 30 bytes an id. The list grows in parts, since a whole one would stand twice
 * in memory while it grows.
 *
 * Ids that were added one after another are often looked for one after another, as those of a conversation are. So an id
 * is first taken to be the one behind the last, which is next to it in memory, and most look-ups end there.
 */
export class IdTable {
  size = 0
  /** The number behind that of the id that was looked for last. */
  private guess = 1
  private mask: number
  /** An id's number, and above the bits of the mask those of its hash; 0: the slot is empty. */
  private slots: Uint32Array
  /** Two halves of each id. */
  private readonly parts: Uint32Array[] = [new Uint32Array(2 * (IN_PART + 1))]

  /** @param expected - ids for which there is room from the start */
  constructor(expected = 0) {
    let room = FIRST_ROOM
    while (expected * 4 > room * 3) room *= 2
    this.mask = room - 1
    this.slots = new Uint32Array(room)
  }

  /** The number of an id, 0 if it is not there. */
  find(high: number, low: number): number {
    const { guess } = this
    const number = this.isAt(guess, high, low) ? guess : this.numberIn(high, low)
    if (number !== 0) this.guess = number + 1
    return number
  }

  /** Adds an id that is not there. @returns its number */
  add(high: number, low: number): number {
    this.makeRoomFor(1)
    return this.findOrAdd(high, low)
  }

  /** The `numbers` of some ids up to the first that is not there. @returns how many that is */
  findRun({ high, low }: Blocks, count: number, numbers: Uint32Array): number {
    let known = 0
    for (; known < count; known++) {
      const number = this.find(high[known] ?? 0, low[known] ?? 0)
      if (number === 0) break
      numbers[known] = number
    }
    return known
  }

  /** The `numbers` of ids from one on, each added if it is not there: it is then above the size before. */
  findOrAddFrom(from: number, { high, low }: Blocks, count: number, numbers: Uint32Array): void {
    this.makeRoomFor(count - from)
    // Most are new, and each at another place of memory: read beforehand, they are fetched at once, not in turn.
    const { mask, slots } = this
    for (let i = from; i < count; i++) numbers[i] = slots[hashOf(high[i] ?? 0, low[i] ?? 0) & mask] ?? 0
    for (let i = from; i < count; i++) numbers[i] = this.findOrAdd(high[i] ?? 0, low[i] ?? 0)
  }

  /** The halves of the id of a number. */
  high(number: number): number {
    return this.parts[number >>> PART_BITS]?.[2 * (number & IN_PART)] ?? 0
  }

  low(number: number): number {
    return this.parts[number >>> PART_BITS]?.[2 * (number & IN_PART) + 1] ?? 0
  }

  clear(): void {
    this.slots.fill(0)
    this.size = 0
  }

  private isAt(number: number, high: number, low: number): boolean {
    if (number > this.size) return false
    const part = this.parts[number >>> PART_BITS] ?? none
    const at = 2 * (number & IN_PART)
    return part[at + 1] === low && part[at] === high
  }

  private numberIn(high: number, low: number): number {
    const { mask, slots } = this
    const hash = hashOf(high, low)
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const value = slots[slot] ?? 0
      if (value === 0) return 0
      if (((value ^ hash) & ~mask) === 0 && this.isAt(value & mask, high, low)) return value & mask
    }
  }

  /** There must be room. */
  private findOrAdd(high: number, low: number): number {
    const { mask, slots } = this
    const hash = hashOf(high, low)
    let slot = hash & mask
    for (let value = slots[slot] ?? 0; value !== 0; value = slots[slot] ?? 0) {
      if (((value ^ hash) & ~mask) === 0 && this.isAt(value & mask, high, low)) {
        this.guess = (value & mask) + 1
        return value & mask
      }
      slot = (slot + 1) & mask
    }
    const number = ++this.size
    slots[slot] = (hash & ~mask) | number
    const index = number >>> PART_BITS
    if (index === this.parts.length) this.parts.push(new Uint32Array(2 * (IN_PART + 1)))
    const part = this.parts[index] ?? none
    const at = 2 * (number & IN_PART)
    part[at] = high
    part[at + 1] = low
    this.guess = number + 1
    return number
  }

  private makeRoomFor(more: number): void {
    let room = this.slots.length
    while ((this.size + more) * 4 > room * 3) room *= room < FOURFOLD ? 4 : 2
    if (room > this.slots.length) this.growTo(room)
  }

  private growTo(room: number): void {
    const mask = room - 1
    const slots = new Uint32Array(room)
    for (let number = 1; number <= this.size; number++) {
      const part = this.parts[number >>> PART_BITS] ?? none
      const at = 2 * (number & IN_PART)
      const hash = hashOf(part[at] ?? 0, part[at + 1] ?? 0)
      let slot = hash & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = (hash & ~mask) | number
    }
    this.mask = mask
    this.slots = slots
  }
}

const none = new Uint32Array(0)

/**
 * Spreads ids over a table, eight that follow one another side by side: a prompt's blocks are often numbered in a row,
 * and then lie in one line of the processor's cache.
 */
export const hashOf = (high: number, low: number): number => {
  let hash = Math.imul(low >>> 3, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  hash ^= hash >>> 13
  return (hash << 3) | (low & 7)
}
