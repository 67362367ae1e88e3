import type { Price } from '../../model/book/book.ts'

const listed = new WeakMap<Price, Price>()

/** Records that a row is a part of another, or that other at a discount, and returns it. */
export const madeFrom = (under: Price, row: Price): Price => {
  listed.set(row, listedRow(under))
  return row
}

/** The row that a price file lists, of which layers made this one; itself if no layer changed it. */
export const listedRow = (row: Price): Price => listed.get(row) ?? row
