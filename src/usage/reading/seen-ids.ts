import { hashText } from './id-hash.ts'
import { idTable } from './id-table.ts'

/** Tells at once whether an id came before. */
export interface SeenIds {
  /** Remembers an id. @returns whether it is new */
  add(id: string): boolean
}

export const seenIds = (): SeenIds => {
  const table = idTable()
  const hash = new Int32Array(2)
  return {
    add: id => {
      hashText(id, hash, 0)
      return table.add(hash[0] as number, hash[1] as number)
    },
  }
}

/** Of ids that are told apart from those of other sources: a number of its own. */
export type IdScope = number

let scopes = 0

export const idScope = (): IdScope => Math.imul(++scopes, 0x9e3779b1)
