import type { Blocks } from './blocks.ts'
import { IdTable } from './id-table.ts'

/** Which of a request's blocks earlier ones had. */
export interface Seen {
  /** The first so many. */
  readonly common: number
  /** Up to the last one that was there. */
  readonly last: number
}

/** Every block that ever came. */
export class SeenBlocks {
  private readonly ids = new IdTable()
  private numbers = new Uint32Array(64)

  /** How many of a request's first blocks are there. */
  find(blocks: Blocks, count: number): number {
    if (count > this.numbers.length) this.numbers = new Uint32Array(2 * count)
    return this.ids.findRun(blocks, count, this.numbers)
  }

  /** Adds a request's first blocks. @param common - how many are known to be there */
  add(blocks: Blocks, count: number, common = this.find(blocks, count)): Seen {
    const { ids, numbers } = this
    const before = ids.size
    ids.findOrAddFrom(common, blocks, count, numbers)
    let last = count
    while (last > common && (numbers[last - 1] ?? 0) > before) last--
    return { common, last }
  }
}
