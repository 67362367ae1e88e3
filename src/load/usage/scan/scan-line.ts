import { type Line, lineAlone } from '../../../usage/formats/line.ts'
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
   * Reads a line of a structure that is known.
   *
   * @param from - place of its first byte in the chunk, which has its end
   * @returns the place of the newline behind it; -1: its structure is not known
   */
  known(chunk: Buffer, from: number): number
  /** The line of a known structure that was read last. */
  line(): Line
  /**
   * A line of any other structure, by its wanted keys alone; `null`: JSON.parse must decide, as it is no object, is
   * malformed, or is written in a way that is rare.
   *
   * @param from - place of its first byte in the chunk
   * @param to - place of the newline behind it, which must be there
   */
  scan(chunk: Buffer, from: number, to: number): Line | null
}

/** @param names - of the wanted keys */
export const lineScanner = (names: Names): LineScanner => {
  const page = newPage(names)
  const watch = learner(page)
  const shapes = knownShapes(page)

  const unknown = (from: number, to: number): Line | null => {
    const start = next(page.all, from)
    if (page.all[start] !== 123) return null
    const learns = shapes.wantsMore()
    if (learns !== null) watch.begin(from, learns === 'deep')
    const end = readObject(page, start, 0, { key: null, isWhole: false, watch: learns === null ? null : watch })
    if (end < 0 || next(page.all, end) !== to) return null
    const fields = page.value as Fields
    if (learns !== null && !watch.isTwice()) shapes.keep(watch.learnt(to))
    return lineAlone(fields)
  }

  return {
    known: (chunk, from) => {
      turnTo(page, chunk)
      const to = shapes.match(from + chunk.byteOffset)
      return to < 0 ? -1 : to - chunk.byteOffset
    },
    line: shapes.matched,
    scan: (chunk, from, to) => {
      turnTo(page, chunk)
      return unknown(from + chunk.byteOffset, to + chunk.byteOffset)
    },
  }
}
