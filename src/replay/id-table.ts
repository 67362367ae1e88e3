const FIRST_ROOM = 1024
/** Ids of a part, as a power of 2. */
const PART_BITS = 16
const IN_PART = 2 ** PART_BITS - 1

/**
 * 64-bit ids, numbered from 1 in the order in which they are added: a list of them, and slots with open addressing, at
 * most three quarters full. Exact, and 13 to 19 bytes an id. The list grows in parts, since a whole one would stand twice
 * in memory while it grows.
 *
 * Ids that were added one after another are often looked for one after another, as those of a conversation are. So a
 * caller guesses that an id is the one behind the last, which is next to it in memory, and most look-ups end there.
 */
export class IdTable {
  size = 0
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

  /** The number of an id, 0 if it is not there. @param guess - a number that it may have */
  find(high: number, low: number, guess: number): number {
    if (guess > 0 && guess <= this.size && this.isAt(guess, high, low)) return guess
    return (this.slots[this.slotOf(high, low)] ?? 0) & this.mask
  }

  /** Adds an id that is not there. @returns its number */
  add(high: number, low: number): number {
    const number = ++this.size
    if (number * 4 > this.slots.length * 3) this.grow()
    const index = number >>> PART_BITS
    if (index === this.parts.length) this.parts.push(new Uint32Array(2 * (IN_PART + 1)))
    const part = this.parts[index] ?? none
    const at = 2 * (number & IN_PART)
    part[at] = high
    part[at + 1] = low
    this.place(number, high, low)
    return number
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
    const part = this.parts[number >>> PART_BITS] ?? none
    const at = 2 * (number & IN_PART)
    return part[at + 1] === low && part[at] === high
  }

  /** Where an id is, or would be. */
  private slotOf(high: number, low: number): number {
    const { mask, slots } = this
    const hash = hashOf(high, low)
    let slot = hash & mask
    for (let value = slots[slot] ?? 0; value !== 0; value = slots[slot] ?? 0) {
      if (((value ^ hash) & ~mask) === 0 && this.isAt(value & mask, high, low)) break
      slot = (slot + 1) & mask
    }
    return slot
  }

  /** Puts a number into the first slot that is empty for its id. */
  private place(number: number, high: number, low: number): void {
    const { mask, slots } = this
    const hash = hashOf(high, low)
    let slot = hash & mask
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = (hash & ~mask) | number
  }

  private grow(): void {
    this.mask = 2 * this.mask + 1
    this.slots = new Uint32Array(this.mask + 1)
    for (let number = 1; number < this.size; number++) this.place(number, this.high(number), this.low(number))
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
