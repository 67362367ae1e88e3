import { type Cell, type Kind, setKind, valueIn } from '../../../usage/reading/cell.ts'
import { type Form, formOf, matchForm, valuesIn } from './form.ts'
import { havePlace } from './pieces.ts'

/** Reads lines of a form, and learns which of their values never change: these are compared, not read. */
export interface Folding {
  /** As `matchForm` of the form. */
  match(from: number): number
}

/** Lines after which the values that have not changed are folded: each time one changes after all, twice as many. */
const FIRST_WAIT = 64
const MOST_WAIT = 2 ** 20
/** In that time values are compared so often. */
const LOOKS = 4

/** A cell whose value is folded. */
interface Kept {
  readonly cell: Cell
  readonly kind: Kind
  readonly value: unknown
}

export const foldingOf = (form: Form): Folding => {
  let folded: Form | null = null
  let kept: readonly Kept[] = []
  let wait = FIRST_WAIT
  let lines = 0
  /** The values that have been seen; `null`: one has changed. */
  let seen: readonly (Uint8Array | null)[] | null = null

  const beginAgain = (): void => {
    wait = Math.min(wait * 2, MOST_WAIT)
    ;[folded, kept, lines, seen] = [null, [], 0, null]
  }
  const look = (from: number): void => {
    const values = valuesIn(form, from)
    seen = seen === null ? values : seen.map((value, s) => (value && isEqual(value, values[s]) ? value : null))
    if (lines < wait) return
    const made = seen.every(value => value === null) ? null : fold(form, seen)
    if (made === null || !havePlace(made.pieces)) {
      beginAgain()
      return
    }
    folded = made
    kept = form.places.flatMap((cell, s) => (cell && seen?.[s] ? [keep(cell)] : []))
  }
  return {
    match: from => {
      if (folded !== null) {
        const to = matchForm(folded, from)
        if (to >= 0) return to
      }
      const to = matchForm(form, from)
      if (to < 0) {
        // The line may have been read in part.
        for (const { cell, kind, value } of kept) {
          setKind(cell, kind)
          Object.assign(cell, { value, ...NOWHERE })
        }
        return -1
      }
      if (folded !== null) beginAgain()
      lines++
      if (lines % (wait / LOOKS) === 0) look(from)
      return to
    },
  }
}

/** Of a value that is no longer read. */
const NOWHERE = { isDecoded: true, from: 0, to: 0 }

const keep = (cell: Cell): Kept => {
  const value = valueIn(cell)
  Object.assign(cell, NOWHERE)
  return { cell, kind: cell.kind, value }
}

const isEqual = (a: Uint8Array, b: Uint8Array | undefined): boolean => b !== undefined && Buffer.compare(a, b) === 0

/** A form with some of its values among the bytes that do not change. */
const fold = ({ pieces: { bytes }, places }: Form, values: readonly (Uint8Array | null)[]): Form => {
  const joined: Uint8Array[][] = [[bytes[0] ?? new Uint8Array()]]
  const left: (Cell | null)[] = []
  for (const [s, place] of places.entries()) {
    const [value, behind] = [values[s] ?? null, bytes[s + 1] ?? new Uint8Array()]
    if (value === null) {
      left.push(place)
      joined.push([behind])
    } else joined.at(-1)?.push(value, behind)
  }
  return formOf(
    joined.map(parts => new Uint8Array(Buffer.concat(parts))),
    left,
  )
}
