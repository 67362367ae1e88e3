/** A pair's rank and its place fit into a double: ranks have up to 26 bits, places 27. */
const PLACES = 2 ** 27

/** Pairs in order of rank, then of place: a heap of four children a node, in one typed array. */
export class RankQueue {
  private heap: Float64Array
  private size = 0

  /** @param capacity - pairs that it has room for at first */
  constructor(capacity: number) {
    this.heap = new Float64Array(capacity)
  }

  push(rank: number, place: number): void {
    if (this.size === this.heap.length) {
      const grown = new Float64Array(this.size * 2)
      grown.set(this.heap)
      this.heap = grown
    }
    this.rise(this.size++, rank * PLACES + place)
  }

  /** Removes the lowest pair. @returns rank · 2²⁷ + place; -1: there is none */
  pop(): number {
    if (this.size === 0) return -1
    const lowest = this.heap[0] ?? -1
    const last = this.heap[--this.size] ?? 0
    if (this.size > 0) this.sink(last)
    return lowest
  }

  private rise(from: number, key: number): void {
    const { heap } = this
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 2
      const above = heap[parent] ?? 0
      if (above <= key) break
      heap[at] = above
      at = parent
    }
    heap[at] = key
  }

  private sink(key: number): void {
    const { heap, size } = this
    let at = 0
    for (;;) {
      const first = at * 4 + 1
      if (first >= size) break
      let least = first
      let lowest = heap[first] ?? 0
      for (let child = first + 1; child < first + 4 && child < size; child++) {
        const value = heap[child] ?? 0
        if (value < lowest) {
          lowest = value
          least = child
        }
      }
      if (lowest >= key) break
      heap[at] = lowest
      at = least
    }
    heap[at] = key
  }
}

export const rankIn = (key: number): number => Math.floor(key / PLACES)
export const placeIn = (key: number): number => key % PLACES
