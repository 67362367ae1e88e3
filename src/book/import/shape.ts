/** Reads of untyped JSON. */

export type Fields = Readonly<Record<string, unknown>>

/** A mapping; `null` for anything else. */
export const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null

/** A mapping's own value; `undefined` where there is none. */
export const inside = (value: unknown, key: string): unknown => {
  const fields = fieldsOf(value)
  return fields && Object.hasOwn(fields, key) ? fields[key] : undefined
}

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The mappings of a list. */
export const mappingsOf = (value: unknown): readonly Fields[] =>
  listOf(value).flatMap(one => {
    const fields = fieldsOf(one)
    return fields ? [fields] : []
  })

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** A count of tokens; `null` for anything but a whole number above 0. */
export const countOf = (value: unknown): number | null =>
  Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : null

/** A day, YYYY-MM-DD, at the start of a text. */
export const dayOf = (value: unknown): string | null => /^\d{4}-\d{2}-\d{2}/.exec(textOf(value) ?? '')?.[0] ?? null

/** Whether a value is a number, or digits, other than 0. */
export const isCharged = (value: unknown): boolean =>
  (typeof value === 'number' || typeof value === 'string') && Number(value) !== 0 && !Number.isNaN(Number(value))

/** Whether a second rate is stated and differs from the first; 0 states nothing. */
export const differs = (second: unknown, first: unknown): boolean =>
  isCharged(second) && Number(second) !== Number(first)
