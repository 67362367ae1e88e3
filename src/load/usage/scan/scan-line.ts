import type { Fields } from '../../../usage/reading/fields.ts'
import type { Names } from './names.ts'
import { valueReader } from './read-value.ts'
import { learner, matchShape, type Shape } from './shapes.ts'
import { next } from './skip.ts'
import { newPage, turnTo } from './texts.ts'

/** Reads the lines of a chunk. */
export interface LineScanner {
  /**
   * The object of a line with the wanted keys alone, which holds until the next line; `null`: JSON.parse must decide, as the line is no object, is
   * malformed, or is written in a way that is rare.
   *
   * @param from - place of its first byte in the chunk
   * @param to - place of the newline behind it, which must be there
   */
  scan(chunk: Buffer, from: number, to: number): Fields | null
}

/** Shapes that are known at once, and after how many lines of no known shape one makes room for another. */
const MOST_SHAPES = 16
const PATIENCE = 64

interface Known {
  readonly shape: Shape
  /** What came after it the last time. */
  next: Known | null
}

/** @param names - of the wanted keys */
export const lineScanner = (names: Names): LineScanner => {
  const page = newPage()
  const reader = valueReader(page, names)
  const watch = learner(page)
  const tools = { page, reader, room: [] }
  const shapes: Known[] = []
  let before: Known = { shape: watch.learnt(0), next: null }
  let missed = 0

  const follow = (known: Known): void => {
    before.next = known
    before = known
  }

  const known = (from: number, to: number): Fields | null => {
    const { next: likely } = before
    const found = likely && matchShape(likely.shape, tools, from, to)
    if (found) {
      before = likely
      return found
    }
    for (const one of shapes) {
      const other = one === likely ? null : matchShape(one.shape, tools, from, to)
      if (!other) continue
      follow(one)
      return other
    }
    return null
  }

  const unknown = (from: number, to: number): Fields | null => {
    const start = next(page.all, from)
    if (page.all[start] !== 123) return null
    const learns = shapes.length < MOST_SHAPES || ++missed % PATIENCE === 0
    if (learns) watch.begin(from)
    const end = reader.object(start, 0, { key: null, isWhole: false, watch: learns ? watch : null })
    if (end < 0 || next(page.all, end) !== to) return null
    const fields = page.value as Fields
    if (learns && !watch.isTwice()) {
      const one = { shape: watch.learnt(to), next: null }
      shapes[shapes.length < MOST_SHAPES ? shapes.length : (missed / PATIENCE) % MOST_SHAPES] = one
      follow(one)
    }
    return fields
  }

  return {
    scan: (chunk, from, to) => {
      turnTo(page, chunk)
      const [first, last] = [from + chunk.byteOffset, to + chunk.byteOffset]
      return known(first, last) ?? unknown(first, last)
    },
  }
}
