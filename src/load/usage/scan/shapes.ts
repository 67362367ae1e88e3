import { type Line, newPlans } from '../../../usage/formats/line.ts'
import { type Cell, fixedCell, type Kinds, valueIn } from '../../../usage/reading/cell.ts'
import type { Fields } from '../../../usage/reading/fields.ts'
import { type Folding, foldingOf } from './folding.ts'
import { formOf } from './form.ts'
import type { Found, Name } from './names.ts'
import { all } from './page.ts'
import { sourceOf } from './read-cell.ts'
import type { Watch } from './read-value.ts'
import { bytesBetween } from './texts.ts'

/** What lines of one writer have in common: everything but the values, wherever objects have the same keys in order. */
export interface Shape extends Line, Folding {}

/** A value among the bytes that do not change from line to line. */
interface Slot {
  readonly name: Name
  /** The object that it is in. */
  readonly fields: Record<string, unknown>
  readonly cell: Cell
}

/** Learns a shape from a line while it is read. */
export interface Learner extends Watch {
  /** @param isDeep - whether values that are not wanted must have the same keys too */
  begin(at: number, isDeep: boolean): void
  /** Whether an object of the line has a key twice: then it is no shape. */
  isTwice(): boolean
  /** @param to - the newline behind the line */
  learnt(to: number): Shape
}

export const learner = (found: Found): Learner => {
  const [inside, whole] = [sourceOf(found, false), sourceOf(found, true)]
  let pieces: Uint8Array[] = []
  let slots: (Slot | null)[] = []
  let open: Record<string, unknown>[] = []
  let line: Record<string, unknown> = {}
  let kinds: Kinds = { areSame: false }
  let behind = 0
  let isTwice = false
  let goesDeep = false
  const keepTo = (to: number): void => {
    pieces.push(all.slice(behind, to))
  }
  const heed = (name: Name | null): void => {
    if (name && Object.hasOwn(open.at(-1) ?? {}, name.name)) isTwice = true
  }
  const cellOf = ({ name, want }: Name): Cell => ({
    ...{ key: name, kind: 'null', value: null, isDecoded: true, isIdle: false, from: 0, to: 0 },
    source: want === 'whole' ? whole : inside,
    kinds,
  })
  return {
    begin: (at, isDeep) => {
      ;[pieces, slots, open, behind, isTwice, goesDeep] = [[], [], [], at, false, isDeep]
      kinds = { areSame: false }
    },
    value: (name, from, to) => {
      heed(name)
      for (const [first, end] of name === null && goesDeep ? leavesIn(from, to) : [[from, to] as const]) {
        keepTo(first)
        slots.push(name && { name, fields: open.at(-1) ?? line, cell: cellOf(name) })
        behind = end
      }
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
      return shapeOf(line, { slots, pieces, kinds })
    },
  }
}

/** A text, with a colon behind it if it is a key; a number or a word. */
const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|[^\s,:{}[\]"]+/g

/** Most values inside one that is not wanted, and most bytes of it. */
const MOST_LEAVES = 16
const MOST_BYTES = 2 ** 16

/** Where the values inside a value begin and end, which is well formed; of one that has many, the whole. */
const leavesIn = (from: number, to: number): (readonly [from: number, to: number])[] => {
  if (to - from > MOST_BYTES) return [[from, to]]
  const leaves: (readonly [number, number])[] = []
  for (const { 0: token, index, 2: colon } of bytesBetween(from, to).matchAll(TOKENS)) {
    if (leaves.length === MOST_LEAVES) return [[from, to]]
    if (colon === undefined) leaves.push([from + index, from + index + token.length])
  }
  return leaves
}

interface Parts {
  readonly slots: readonly (Slot | null)[]
  readonly pieces: readonly Uint8Array[]
  readonly kinds: Kinds
}

const shapeOf = (line: Record<string, unknown>, { slots, pieces, kinds }: Parts): Shape => {
  const wanted = slots.filter(slot => slot !== null)
  const cells = new Map<Fields, Map<string, Cell>>()
  for (const { fields, name, cell } of wanted) {
    const known = cells.get(fields) ?? new Map<string, Cell>()
    cells.set(fields, known.set(name.name, cell))
  }
  return {
    ...foldingOf(
      formOf(
        pieces,
        slots.map(slot => (slot === null ? null : slot.cell)),
      ),
    ),
    cells: wanted.map(({ cell }) => cell),
    at: (fields, key) => cells.get(fields)?.get(key) ?? (key in fields ? fixedCell(key, fields[key]) : null),
    fields: () => {
      for (const { fields, name, cell } of wanted) fields[name.name] = valueIn(cell)
      return line
    },
    plans: newPlans(kinds),
  }
}
