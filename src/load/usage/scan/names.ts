import { buffer, byteAt } from './page.ts'

/** A wanted key, and what is wanted of an object there: its own wanted keys, or all. */
export interface Name {
  readonly name: string
  readonly want: 'inside' | 'whole'
}

interface Known extends Name {
  readonly bytes: Uint8Array
  readonly hash: number
}

/** Hash of the bytes of a name so far. */
export const hashed = (hash: number, byte: number): number => (Math.imul(hash, 31) + byte) | 0

export interface Names {
  /** The name that these bytes are, compared byte by byte; `null`: it is not wanted. */
  find(from: number, to: number, hash: number): Name | null
}

/** What is wanted of lines. */
export interface Wanted {
  readonly inside: readonly string[]
  readonly whole: readonly string[]
  /** How other wanted keys begin. */
  readonly beginnings: readonly string[]
}

/** Which keys are wanted, and the value that was read last. */
export interface Found {
  readonly names: Names
  value: unknown
}

/** Names by their hash, with open addressing. */
export const namesOf = ({ inside, whole, beginnings }: Wanted): Names => {
  const size = 2 ** Math.ceil(Math.log2(8 * (inside.length + whole.length)))
  const places: (Known | null)[] = Array.from({ length: size }, () => null)
  const mask = size - 1
  for (const name of new Set([...inside, ...whole])) {
    const bytes = Buffer.from(name)
    const hash = bytes.reduce(hashed, 0)
    let at = hash & mask
    while (places[at]) at = (at + 1) & mask
    places[at] = { name, bytes, hash, want: whole.includes(name) ? 'whole' : 'inside' }
  }
  const begins = beginnings.map(beginning => Buffer.from(beginning))
  const other = (from: number, to: number): Name | null => {
    for (const begin of begins) {
      if (!isSame(begin, from, Math.min(to, from + begin.length))) continue
      return { name: buffer.toString('utf8', from, to), want: 'inside' }
    }
    return null
  }
  return {
    find: (from, to, hash) => {
      for (let at = hash & mask; ; at = (at + 1) & mask) {
        const found = places[at] as Known | null
        if (found === null) return other(from, to)
        if (found.hash === hash && isSame(found.bytes, from, to)) return found
      }
    },
  }
}

const isSame = (bytes: Uint8Array, from: number, to: number): boolean => {
  if (bytes.length !== to - from) return false
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== byteAt(from + i)) return false
  return true
}
