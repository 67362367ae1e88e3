import type { Name } from './names.ts'
import { hasPiece, type Pieces, packPieces } from './pieces.ts'
import { readAgain, type Watch } from './read-value.ts'
import { skipValue } from './skip.ts'
import type { Page } from './texts.ts'

/** A value among the bytes that do not change from line to line. */
interface Slot {
  /** `null`: it is not wanted. */
  readonly name: Name | null
  /** The object that it is in. */
  readonly fields: Record<string, unknown>
}

/** What lines of one writer have in common: everything but the values, wherever objects have the same keys in order. */
export interface Shape {
  readonly slots: readonly Slot[]
  /** What stands before each slot, and behind the last. */
  readonly pieces: Pieces
  /** The object of the line that was read last, and the values of its slots. */
  readonly line: Record<string, unknown>
  readonly values: unknown[]
}

/** Learns a shape from a line while it is read. */
export interface Learner extends Watch {
  begin(at: number): void
  /** Whether an object of the line has a key twice: then it is no shape. */
  isTwice(): boolean
  /** @param to - the newline behind the line */
  learnt(to: number): Shape
}

export const learner = (page: Page): Learner => {
  let pieces: Uint8Array[] = []
  let slots: Slot[] = []
  let open: Record<string, unknown>[] = []
  let line: Record<string, unknown> = {}
  let behind = 0
  let isTwice = false
  const keepTo = (to: number): void => {
    pieces.push(page.all.slice(behind, to))
  }
  const heed = (name: Name | null): void => {
    if (name && Object.hasOwn(open.at(-1) ?? {}, name.name)) isTwice = true
  }
  return {
    begin: at => {
      ;[pieces, slots, open, behind, isTwice] = [[], [], [], at, false]
    },
    value: (name, from, to) => {
      heed(name)
      keepTo(from)
      slots.push({ name, fields: open.at(-1) ?? line })
      behind = to
    },
    object: (name, fields) => {
      heed(name)
      if (open.length === 0) line = fields
      open.push(fields)
    },
    end: () => {
      open.pop()
    },
    isTwice: () => isTwice,
    learnt: to => {
      keepTo(to)
      const values = slots.map(({ name, fields }) => name && fields[name.name])
      return { slots, pieces: packPieces(pieces), line, values }
    },
  }
}

/**
 * Reads a line of a known shape. What is outside its values is the same, byte for byte, as in a line that has been
 * read, and each value is checked: so the line is well formed.
 *
 * @returns the shape's own object, with the values of this line; `null`: it is of another shape, or malformed
 */
export const matchShape = (
  { slots, pieces, line, values }: Shape,
  { page, room }: { readonly page: Page; readonly room: unknown[] },
  from: number,
  to: number,
): Record<string, unknown> | null => {
  const { words, all } = page
  let i = from
  for (let s = 0; s < slots.length; s++) {
    if (!hasPiece(pieces, s, words, i)) return null
    i += pieces.lengths[s] as number
    const { name } = slots[s] as Slot
    if (name === null) i = skipValue(page, i, 0)
    // An object with keys of its own makes another shape.
    else if (all[i] === 123) return null
    else {
      i = readAgain(page, i, values[s], name.want === 'whole')
      room[s] = page.value
    }
    if (i < 0) return null
  }
  if (!hasPiece(pieces, slots.length, words, i) || i + (pieces.lengths[slots.length] as number) !== to) return null
  for (let s = 0; s < slots.length; s++) {
    const { name, fields } = slots[s] as Slot
    if (name === null || room[s] === values[s]) continue
    values[s] = room[s]
    fields[name.name] = room[s]
  }
  return line
}
