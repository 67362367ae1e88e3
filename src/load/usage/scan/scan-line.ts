import type { Fields } from '../../../usage/reading/fields.ts'
import { knownShapes } from './known-shapes.ts'
import type { Names } from './names.ts'
import { readObject } from './read-value.ts'
import { learner } from './shapes.ts'
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

/** @param names - of the wanted keys */
export const lineScanner = (names: Names): LineScanner => {
  const page = newPage(names)
  const watch = learner(page)
  const shapes = knownShapes(page)

  const unknown = (from: number, to: number): Fields | null => {
    const start = next(page.all, from)
    if (page.all[start] !== 123) return null
    const learns = shapes.wantsMore()
    if (learns) watch.begin(from)
    const end = readObject(page, start, 0, { key: null, isWhole: false, watch: learns ? watch : null })
    if (end < 0 || next(page.all, end) !== to) return null
    const fields = page.value as Fields
    if (learns && !watch.isTwice()) shapes.keep(watch.learnt(to))
    return fields
  }

  return {
    scan: (chunk, from, to) => {
      turnTo(page, chunk)
      const [first, last] = [from + chunk.byteOffset, to + chunk.byteOffset]
      return shapes.match(first, last) ?? unknown(first, last)
    },
  }
}
