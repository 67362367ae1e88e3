import { hashed, type Name } from './names.ts'
import { readNumber } from './numbers.ts'
import { MOST_DEPTH, next, skipValue, skipWord } from './skip.ts'
import { endOfText, type Page, shortText, textBetween } from './texts.ts'

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

/** Reads a value into `page.value`: whole, or with the wanted keys alone. @returns the place behind it */
export const readValue = (page: Page, at: number, depth: number, isWhole: boolean): number => {
  switch (page.all[at]) {
    case 34:
      return readText(page, at)
    case 123:
      return readObject(page, at, depth, { key: null, isWhole, watch: null })
    case 91:
      return readArray(page, at, depth + 1, isWhole)
    case 116:
    case 102:
    case 110:
      return readWord(page, at)
    default:
      return readNumber(page, at)
  }
}

const readText = (page: Page, at: number): number => {
  const text = shortText(page, at + 1)
  if (text === null) return readAnyText(page, at)
  page.value = text
  return at + text.length + 2
}

const readAnyText = (page: Page, at: number): number => {
  const end = endOfText(page, at + 1)
  if (end < 0) return UNSURE
  const found = textBetween(page, at + 1, end)
  page.value = found.includes('\\') ? JSON.parse(`"${found}"`) : found
  return end + 1
}

const readWord = (page: Page, at: number): number => {
  const first = page.all[at]
  page.value = first === 110 ? null : first === 116
  return skipWord(page.all, at)
}

const readArray = (page: Page, at: number, depth: number, isWhole: boolean): number => {
  if (depth > MOST_DEPTH) return UNSURE
  const list: unknown[] = []
  let i = next(page.all, at + 1)
  for (let isFirst = page.all[i] !== 93; isFirst || page.all[i] === 44; isFirst = false) {
    i = readValue(page, isFirst ? i : next(page.all, i + 1), depth, isWhole)
    if (i < 0) return UNSURE
    list.push(page.value)
    i = next(page.all, i)
  }
  page.value = list
  return page.all[i] === 93 ? i + 1 : UNSURE
}

/** The value of a key. */
const readMember = (page: Page, name: Name | null, at: number, depth: number, watch: Watch | null): number => {
  if (name !== null && page.all[at] === 123) {
    return readObject(page, at, depth, { key: name, isWhole: name.want === 'whole', watch })
  }
  const end = name === null ? skipValue(page, at, depth) : readValue(page, at, depth, name.want === 'whole')
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
export const readObject = (page: Page, at: number, outer: number, { key, isWhole, watch }: Around): number => {
  const depth = outer + 1
  if (depth > MOST_DEPTH) return UNSURE
  const { all } = page
  const fields: Record<string, unknown> = {}
  watch?.object(key, fields)
  let i = next(all, at + 1)
  for (let isFirst = all[i] !== 125; isFirst || all[i] === 44; isFirst = false) {
    if (!isFirst) i = next(all, i + 1)
    if (all[i] !== 34) return UNSURE
    const start = i + 1
    let hash = 0
    for (let byte = all[++i] as number; byte !== 34; byte = all[++i] as number) {
      if (byte < 32 || byte === 92) return UNSURE
      hash = hashed(hash, byte)
    }
    const name = isWhole ? nameBetween(page, start, i) : page.names.find(all, start, i, hash)
    if (name?.name === '__proto__') return UNSURE
    i = next(all, i + 1)
    if (all[i] !== 58) return UNSURE
    i = readMember(page, name, next(all, i + 1), depth, watch)
    if (i < 0) return UNSURE
    if (name !== null) fields[name.name] = page.value
    i = next(all, i)
  }
  watch?.end()
  page.value = fields
  return all[i] === 125 ? i + 1 : UNSURE
}

const nameBetween = (page: Page, from: number, to: number): Name => ({
  name: textBetween(page, from, to),
  want: 'whole',
})
