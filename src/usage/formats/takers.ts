import { guard } from '../reading/bad-record.ts'
import type { Fields } from '../reading/fields.ts'
import type { Shape, Taker } from '../reading/format.ts'
import type { ShapeTally } from './tally.ts'

/** A way of writing, and the format that has it. */
export interface Known {
  readonly name: string
  readonly shape: Shape
}

interface Opened {
  readonly taker: Taker
  readonly tally: ShapeTally
}

interface Opening extends Known, Opened {
  /** What took the value after the last that this one took. */
  next: Opening | null
}

type Find = (value: Fields, form: Shape['form']) => Known | undefined

/** The takers of one file, one a shape: what followed the one before is tried first, then it, then the others. */
export const openTakers = (find: Find, open: (known: Known) => Opened) => {
  const known: Opening[] = []
  let last: Opening | null = null
  const isOf = ({ shape }: Known, value: Fields, form: Shape['form']): boolean =>
    shape.form === form && shape.recognises(value)
  const knownOf = (value: Fields, form: Shape['form']): Opening | null => {
    const likely = last?.next ?? null
    if (likely && isOf(likely, value, form)) return likely
    if (last && last !== likely && isOf(last, value, form)) return last
    return known.find(one => one !== last && one !== likely && isOf(one, value, form)) ?? null
  }
  const newOf = (value: Fields, form: Shape['form']): Opening | null => {
    const found = find(value, form)
    if (!found) return null
    const same = known.find(({ shape }) => shape === found.shape)
    if (same) return same
    const one = { ...found, ...open(found), next: null }
    known.push(one)
    return one
  }
  return {
    taking: (value: Fields, form: Shape['form']): (Known & Opened) | null => {
      const one = knownOf(value, form) ?? newOf(value, form)
      if (one && last) last.next = one
      last = one ?? last
      return one
    },
    /** Called after the last value of the file. @param flush - gives the records that wait */
    end: (bad: (why: string) => void, flush: () => void): void => {
      for (const { taker } of known) guard(() => taker.end?.(), bad)
      flush()
      for (const { tally } of known) tally.end()
    },
  }
}
