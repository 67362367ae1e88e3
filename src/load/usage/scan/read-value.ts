import { type Found, hashed, type Name } from './names.ts'
import { readNumber } from './numbers.ts'
import { byteAt } from './page.ts'
import { MOST_DEPTH, next, skipValue, skipWord } from './skip.ts'
import { endOfText, textBetween, textIn } from './texts.ts'

/** What is told of an object while it is read, to know the next one like it. */
export interface Watch {
  /** A value that is no object with wanted keys of its own. `name`: `null`: it is not wanted. */
  value(name: Name | null, from: number, to: number): void
  /** An object begins, as the value of a key, or as the line. */
  object(name: Name | null, fields: Record<string, unknown>): void
  /** The object ends that began last. */
  end(): void
}

/** A place that no value ends at: JSON.parse must decide. */
export const UNSURE = -1

/** Reads a value into `found.value`: whole, or with the wanted keys alone. @returns the place behind it */
export const readValue = (found: Found, at: number, depth: number, isWhole: boolean): number => {
  switch (byteAt(at)) {
    case 34:
      return readText(found, at)
    case 123:
      return readObject(found, at, depth, { key: null, isWhole, watch: null })
    case 91:
      return readArray(found, at, depth + 1, isWhole)
    case 116:
    case 102:
    case 110:
      return readWord(found, at)
    default:
      return readNumber(found, at)
  }
}

const readText = (found: Found, at: number): number => {
  const end = endOfText(at + 1)
  if (end < 0) return UNSURE
  found.value = textIn(at + 1, end)
  return end + 1
}

const readWord = (found: Found, at: number): number => {
  const first = byteAt(at)
  found.value = first === 110 ? null : first === 116
  return skipWord(at)
}

const readArray = (found: Found, at: number, depth: number, isWhole: boolean): number => {
  if (depth > MOST_DEPTH) return UNSURE
  const list: unknown[] = []
  let i = next(at + 1)
  for (let isFirst = byteAt(i) !== 93; isFirst || byteAt(i) === 44; isFirst = false) {
    i = readValue(found, isFirst ? i : next(i + 1), depth, isWhole)
    if (i < 0) return UNSURE
    list.push(found.value)
    i = next(i)
  }
  found.value = list
  return byteAt(i) === 93 ? i + 1 : UNSURE
}

/** The value of a key. */
const readMember = (found: Found, name: Name | null, at: number, depth: number, watch: Watch | null): number => {
  if (name !== null && byteAt(at) === 123) {
    return readObject(found, at, depth, { key: name, isWhole: name.want === 'whole', watch })
  }
  const end = name === null ? skipValue(at, depth) : readValue(found, at, depth, name.want === 'whole')
  watch?.value(name, at, end)
  return end
}

/** What is told where an object is read. */
interface Around {
  /** That it is the value of; `null`: it is a line, or in a list. */
  readonly key: Name | null
  readonly isWhole: boolean
  readonly watch: Watch | null
}

/** Reads an object. */
export const readObject = (found: Found, at: number, outer: number, { key, isWhole, watch }: Around): number => {
  const depth = outer + 1
  if (depth > MOST_DEPTH) return UNSURE
  const fields: Record<string, unknown> = {}
  watch?.object(key, fields)
  let i = next(at + 1)
  for (let isFirst = byteAt(i) !== 125; isFirst || byteAt(i) === 44; isFirst = false) {
    if (!isFirst) i = next(i + 1)
    if (byteAt(i) !== 34) return UNSURE
    const start = i + 1
    let hash = 0
    for (let byte = byteAt(++i); byte !== 34; byte = byteAt(++i)) {
      if (byte < 32 || byte === 92) return UNSURE
      hash = hashed(hash, byte)
    }
    const name = isWhole ? nameBetween(start, i) : found.names.find(start, i, hash)
    if (name?.name === '__proto__') return UNSURE
    i = next(i + 1)
    if (byteAt(i) !== 58) return UNSURE
    i = readMember(found, name, next(i + 1), depth, watch)
    if (i < 0) return UNSURE
    if (name !== null) fields[name.name] = found.value
    i = next(i)
  }
  watch?.end()
  found.value = fields
  return byteAt(i) === 125 ? i + 1 : UNSURE
}

const nameBetween = (from: number, to: number): Name => ({
  name: textBetween(from, to),
  want: 'whole',
})
