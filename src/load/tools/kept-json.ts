import { type Json, WrittenNumber } from '../../tokens/index.ts'
import { childrenAt, parseJson } from '../source/json-text.ts'
import type { Place } from '../source/places.ts'

/**
 * A parsed text as JSON whose numbers keep their text and whose keys keep their order.
 *
 * @param data - what the text was parsed to; if it is YAML, numbers are those of the data
 */
export const keepJson = (text: string, data: unknown): Json => {
  const start = text.search(/[{[]/)
  return parseJson(text) ? readAt(text, { key: null, value: [start, text.length] }) : fromData(data)
}

const readAt = (text: string, { value: [from, to] }: Place): Json => {
  const mark = text[from]
  if (mark === '{' || mark === '[') {
    const children = [...childrenAt(text, from)].map(([key, place]) => [key, readAt(text, place)] as const)
    return mark === '{' ? new Map(children) : children.map(([, value]) => value)
  }
  const written = text.slice(from, to)
  return /^[-\d]/.test(written) ? new WrittenNumber(written) : (JSON.parse(written) as Json)
}

const fromData = (data: unknown): Json => {
  if (typeof data === 'number') return new WrittenNumber(JSON.stringify(data))
  if (Array.isArray(data)) return data.map(fromData)
  if (typeof data !== 'object' || data === null) return data as Json
  return new Map(Object.entries(data).map(([key, value]) => [key, fromData(value)]))
}
