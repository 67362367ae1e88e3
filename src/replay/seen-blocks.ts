import { IdTable } from './id-table.ts'
import type { Blocks } from './trace.ts'

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

  /** Adds a request's first blocks. */
  add(blocks: Blocks, count: number): Seen {
    if (count > this.numbers.length) this.numbers = new Uint32Array(2 * count)
    const { ids, numbers } = this
    const before = ids.size
    const common = ids.findOrAddAll(blocks, count, numbers)
    let last = count
    while (last > common && (numbers[last - 1] ?? 0) > before) last--
    return { common, last }
  }
}
