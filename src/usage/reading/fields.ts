/** A JSON object, or a CSV row by its columns. */
export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether an object has a key, whatever its value. */
export const hasKey = (fields: Fields, key: string): boolean => key in fields

const NONE: Fields = Object.freeze({})

/** The object at a key; an empty one if there is none. */
export const fieldsAt = (fields: Fields, key: string): Fields => {
  const value = fields[key]
  return isFields(value) ? value : NONE
}

/** The text at the first of the keys that has one; `null`: none, or empty. */
export const textAt = (fields: Fields, ...keys: readonly string[]): string | null => {
  for (let i = 0; i < keys.length; i++) {
    const value = fields[keys[i] ?? '']
    if (typeof value === 'string' && value !== '') return value
  }
  return null
}

/** The objects in the list at a key. */
export const listAt = (fields: Fields, key: string): readonly Fields[] => {
  const value = fields[key]
  return Array.isArray(value) ? value.filter(isFields) : []
}

/** Whether a row has all these columns. */
export const hasAll = (fields: Fields, ...keys: readonly string[]): boolean => {
  for (let i = 0; i < keys.length; i++) {
    if (!((keys[i] ?? '') in fields)) return false
  }
  return true
}

/** A cell that holds JSON; `null`: it is empty or holds none. */
export const jsonIn = (cell: unknown): unknown => {
  if (typeof cell !== 'string' || cell === '') return null
  try {
    return JSON.parse(cell)
  } catch {
    return null
  }
}
