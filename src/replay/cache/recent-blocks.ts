import type { Blocks } from './blocks.ts'
import { IdTable } from './id-table.ts'

const FIRST_ROOM = 1024

/**
 * A set of 64-bit ids in the order of their last use: a queue of uses from the oldest on, and for each id the place of its
 * last one. A use that is not its id's last is passed over, and left out when the queue is full. So uses are written in a
 * row, where a linked list would touch neighbours all over memory.
 */
export class RecentBlocks {
  private size = 0
  private ids = new IdTable()
  /** The place in the queue of each id's last use, by the id's number; 0: it was dropped. */
  private places = new Uint32Array(FIRST_ROOM)
  /** Numbers of ids, from place 1 on. */
  private queue = new Uint32Array(FIRST_ROOM)
  private start = 1
  private end = 1
  /** Of the ids that were looked up last, and how many of them were known. */
  private numbers = new Uint32Array(64)
  private known = 0

  /** Looks up a request's blocks. @returns how many, from the first on, are there */
  find(blocks: Blocks, count: number): number {
    if (this.end + count > this.queue.length) this.leaveOutPassed(count)
    if (count > this.numbers.length) this.numbers = new Uint32Array(2 * count)
    const { numbers, places } = this
    this.known = this.ids.findRun(blocks, count, numbers)
    let hits = 0
    while (hits < this.known && places[numbers[hits] ?? 0] !== 0) hits++
    return hits
  }

  /** Makes the first blocks of the request that was looked up last the most recently used, from the last to the first. */
  use(blocks: Blocks, count: number): void {
    const { numbers, ids } = this
    if (count > this.known) ids.findOrAddFrom(this.known, blocks, count, numbers)
    this.makePlaces()
    for (let i = count - 1; i >= 0; i--) {
      const number = numbers[i] ?? 0
      if (this.places[number] === 0) this.size++
      this.places[number] = this.end
      this.queue[this.end++] = number
    }
  }

  /** Drops the least recently used until so many are left. */
  cutTo(most: number): void {
    for (; this.size > most; this.start++) {
      const number = this.queue[this.start] ?? 0
      if (this.places[number] !== this.start) continue
      this.places[number] = 0
      this.size--
    }
  }

  /** Gives every id a place. */
  private makePlaces(): void {
    if (this.ids.size < this.places.length) return
    const places = new Uint32Array(2 * this.ids.size)
    places.set(this.places)
    this.places = places
  }

  /** Makes room for more uses: the queue is then at least three times as long as what is left. */
  private leaveOutPassed(more: number): void {
    if (this.ids.size > 2 * this.size) this.renumber()
    const { queue, places, size } = this
    const to = new Uint32Array(Math.max(FIRST_ROOM, 3 * size + more + 1))
    let left = 0
    // From the oldest on, so that no place given anew is met again.
    for (let place = this.start; place < this.end; place++) {
      const number = queue[place] ?? 0
      if (places[number] !== place) continue
      to[++left] = number
      places[number] = left
    }
    this.queue = to
    this.start = 1
    this.end = size + 1
  }

  /**
   * Forgets the ids that were dropped, and numbers the others from the last used on: so a request's blocks, of which the
   * first is used last, stand in their order.
   */
  private renumber(): void {
    const { ids, queue, places, size } = this
    // As many may come as there are, before it is done again.
    this.ids = new IdTable(2 * size)
    this.places = new Uint32Array(Math.max(FIRST_ROOM, 2 * size))
    for (let place = this.end - 1; place >= this.start; place--) {
      const number = queue[place] ?? 0
      queue[place] = 0
      if (places[number] !== place) continue
      const renumbered = this.ids.add(ids.high(number), ids.low(number))
      this.places[renumbered] = place
      queue[place] = renumbered
    }
  }
}
