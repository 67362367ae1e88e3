/** A number as it is written: `1e3`, `1.0` and `0.10` are other tokens than 1000, 1 and 0.1. */
export class WrittenNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** JSON data whose keys keep their order, and whose numbers keep their text. */
export type Json = string | boolean | null | WrittenNumber | readonly Json[] | JsonObject

export type JsonObject = ReadonlyMap<string, Json>

/** Whether the value is an object, not a list. */
export const isObject = (value: Json | undefined): value is JsonObject => value instanceof Map

interface Style {
  readonly comma: string
  readonly colon: string
  readonly number: (text: string) => string
}

const write = (value: Json, style: Style): string => {
  if (value instanceof WrittenNumber) return style.number(value.text)
  if (isObject(value)) {
    const pairs = [...value].map(([key, inner]) => `${JSON.stringify(key)}${style.colon}${write(inner, style)}`)
    return `{${pairs.join(style.comma)}}`
  }
  if (Array.isArray(value)) return `[${value.map((item: Json) => write(item, style)).join(style.comma)}]`
  return JSON.stringify(value)
}

/** JSON without spaces, its numbers as they were written. */
export const compact = (value: Json): string => write(value, { comma: ',', colon: ':', number: text => text })

/**
 * JSON as Python's json.dumps spaces it: a space after every comma and colon, non-ASCII letters unescaped.
 *
 * @param number - a number's text; default: as it was written
 */
export const spaced = (value: Json, number = (text: string): string => text): string =>
  write(value, { comma: ', ', colon: ': ', number })

/**
 * A number as Python writes it after reading it.
 *
 * @example pythonNumber('1e3') // '1000.0'
 * @example pythonNumber('0.10') // '0.1'
 */
export const pythonNumber = (text: string): string => {
  if (/^-?\d+$/.test(text)) return text === '-0' ? '0' : text
  const value = Number(text)
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  // Both languages write the shortest digits that mean the same number, but Python has an exponent below 1e-4 and from 1e16 on.
  const [written = '', exponent = '0'] = value.toExponential().split('e')
  const size = Number(exponent)
  if (size < -4 || size >= 16) {
    return `${written}e${size < 0 ? '-' : '+'}${String(Math.abs(size)).padStart(2, '0')}`
  }
  const sign = text.startsWith('-') ? '-' : ''
  const digits = written.replace(/\D/g, '')
  const plain = size < 0 ? `0.${'0'.repeat(-size - 1)}${digits}` : String(Math.abs(value))
  return `${sign}${plain}${plain.includes('.') ? '' : '.0'}`
}
