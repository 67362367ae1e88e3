import { type Cell, valueIn } from './cell.ts'

/** Tells whether an id came before. */
export interface SeenIds {
  /** Remembers an id. @returns whether it is new */
  add(id: string): boolean
  /** Remembers the id in a cell, if it has one. @returns whether it is new, or there is none */
  addIn(cell: Cell | null): boolean
}

/**
 * Remembers ids as 64-bit hashes: 16 to 32 bytes an id however long it is, without the limit of 2^24 that a Set has.
 * Among 10 million ids the chance that any two are taken for one is 3 in a million.
 */
export const seenIds = (): SeenIds => {
  // Two halves of a hash, side by side; both 0 marks a free place.
  let halves = new Uint32Array(2048)
  let count = 0
  const put = (high: number, low: number): boolean => {
    const mask = halves.length - 1
    for (let at = (low << 1) & mask; ; at = (at + 2) & mask) {
      const h = halves[at] as number
      const l = halves[at + 1] as number
      if (h === high && l === low) return false
      if (h === 0 && l === 0) {
        halves[at] = high
        halves[at + 1] = low
        return true
      }
    }
  }
  const grow = (): void => {
    const old = halves
    // In larger steps at first, as each moves everything.
    halves = new Uint32Array(old.length * (old.length < LARGE ? 4 : 2))
    for (let i = 0; i < old.length; i += 2) {
      const [h, l] = [old[i] as number, old[i + 1] as number]
      if (h !== 0 || l !== 0) put(h, l)
    }
  }
  const remember = ({ high, low }: Hash): boolean => {
    const isNew = put(high, high === 0 && low === 0 ? 1 : low)
    if (isNew && ++count * 4 > halves.length) grow()
    return isNew
  }
  const add = (id: string): boolean => remember(hashOf(id))
  return {
    add,
    addIn: cell => {
      if (cell === null || cell.kind !== 'text') return true
      const hash =
        cell.isDecoded || cell.source === null ? null : hashIn(cell.source.bytes(), cell.from + 1, cell.to - 1)
      return hash === null ? add(valueIn(cell) as string) : remember(hash)
    },
  }
}

/** Of 32-bit words. */
const LARGE = 2 ** 21

interface Hash {
  high: number
  low: number
}

const begin = (): Hash => ({ high: 0xdeadbeef, low: 0x41c6ce57 })

const [TIMES_HIGH, TIMES_LOW] = [2654435761, 1597334677]

/** cyrb53, of two units at a time. */
const hashOf = (id: string): Hash => {
  let { high, low } = begin()
  for (let i = 0; i < id.length; i += 2) {
    const units = id.charCodeAt(i) | (i + 1 < id.length ? id.charCodeAt(i + 1) << 16 : 0)
    high = Math.imul(high ^ units, TIMES_HIGH)
    low = Math.imul(low ^ units, TIMES_LOW)
  }
  return finished(high, low)
}

/** The same of a text's bytes; `null`: they are not its units, as it has escapes or is no ASCII. */
const hashIn = (bytes: Uint8Array, from: number, to: number): Hash | null => {
  let { high, low } = begin()
  for (let i = from; i < to; i += 2) {
    const byte = bytes[i] as number
    const next = i + 1 < to ? (bytes[i + 1] as number) : 0
    if (byte === BACKSLASH || next === BACKSLASH || (byte | next) > 127) return null
    const units = byte | (next << 16)
    high = Math.imul(high ^ units, TIMES_HIGH)
    low = Math.imul(low ^ units, TIMES_LOW)
  }
  return finished(high, low)
}

const BACKSLASH = 92

const finished = (h: number, l: number): Hash => {
  const high = mixed(h, l)
  return { high, low: mixed(l, high) }
}

/** The last step: every bit of both halves reaches every bit of the result. */
const mixed = (one: number, other: number): number => {
  const a = Math.imul(one ^ (one >>> 16), 2246822507)
  const b = Math.imul(other ^ (other >>> 13), 3266489909)
  return (a ^ (a >>> 13) ^ b ^ (b >>> 16)) >>> 0
}
