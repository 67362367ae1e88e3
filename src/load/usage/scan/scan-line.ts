import { type Line, lineAlone } from '../../../usage/formats/line.ts'
import type { Fields } from '../../../usage/reading/fields.ts'
import { knownShapes } from './known-shapes.ts'
import type { Found, Names } from './names.ts'
import { byteAt } from './page.ts'
import { readObject } from './read-value.ts'
import { learner } from './shapes.ts'
import { next } from './skip.ts'

/** Reads lines that are on the page. */
export interface LineScanner {
  /**
   * Reads a line of a structure that is known.
   *
   * @param from - place of its first byte
   * @returns the place of the newline behind it, which must be there; -1: its structure is not known
   */
  known(from: number): number
  /** The line of a known structure that was read last. */
  line(): Line
  /**
   * A line of any other structure, by its wanted keys alone; `null`: JSON.parse must decide, as it is no object, is
   * malformed, or is written in a way that is rare.
   *
   * @param from - place of its first byte
   * @param to - place of the newline behind it, which must be there
   */
  scan(from: number, to: number): Line | null
}

/** @param names - of the wanted keys */
export const lineScanner = (names: Names): LineScanner => {
  const found: Found = { names, value: null }
  const watch = learner(found)
  const shapes = knownShapes()
  return {
    known: shapes.match,
    line: shapes.matched,
    scan: (from, to) => {
      const start = next(from)
      if (byteAt(start) !== 123) return null
      const learns = shapes.wantsMore()
      if (learns !== null) watch.begin(from, learns === 'deep')
      const end = readObject(found, start, 0, { key: null, isWhole: false, watch: learns === null ? null : watch })
      if (end < 0 || next(end) !== to) return null
      const fields = found.value as Fields
      if (learns !== null && !watch.isTwice()) shapes.keep(watch.learnt(to))
      return lineAlone(fields)
    },
  }
}
