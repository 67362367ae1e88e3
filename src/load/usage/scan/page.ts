/**
 * The bytes that are being read: one page for the whole process, so that compiled code knows where its bytes lie and
 * how many there are, and need not ask at each of them. A line on it is read before anything else is put there.
 */

/** Bytes for lines. */
export const LINES = 2 ** 18
/** Bytes behind them, for what lines have in common. */
export const KEPT = 2 ** 18
/** So that eight bytes can be read wherever one can. */
const SPARE = 8

/** Bytes of the page, to be moved, to be read one or several at a time, and as text. */
export const all = new Uint8Array(LINES + KEPT + SPARE)
export const view = new DataView(all.buffer)
export const buffer = Buffer.from(all.buffer)

/** Through the view, as that takes no more than one comparison; an element of an array takes four. */
export const byteAt = (at: number): number => view.getUint8(at)

const NEWLINE = 10

/** Puts a line on the page, with its end. @returns whether there is room */
export const putLine = (line: Uint8Array, at: number): boolean => {
  if (at + line.length >= LINES) return false
  all.set(line, at)
  all[at + line.length] = NEWLINE
  return true
}
