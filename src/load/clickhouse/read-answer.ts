/** A row of an answer, every value as text. */
export type Row = readonly (string | null)[]

/** The format that answers are asked for in: it ends in the number of rows, so that one that is cut short is no JSON. */
export const FORMAT = 'JSONCompact'

/** Reads a whole answer; `null`: it is none, or part of one, or has an error in its middle. */
export const readAnswer = (text: string): Row[] | null => {
  const answer = parsed(text)
  if (!isTable(answer) || answer.rows !== answer.data.length) return null
  const rows: Row[] = []
  for (const row of answer.data) {
    if (!Array.isArray(row) || row.length !== answer.meta.length) return null
    rows.push(row.map(textOf))
  }
  return rows
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

interface Table {
  readonly meta: readonly unknown[]
  readonly data: readonly unknown[]
  readonly rows: number
}

const isTable = (value: unknown): value is Table => {
  if (typeof value !== 'object' || value === null) return false
  const { meta, data, rows } = value as Partial<Record<keyof Table, unknown>>
  return Array.isArray(meta) && Array.isArray(data) && typeof rows === 'number'
}

/** A number as JSON is exact up to 2^53; what may be larger is asked for as text. */
const textOf = (value: unknown): string | null => {
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return `${value}`
  throw new Error(`a query of ours was answered by ${JSON.stringify(value)}, which is no text`)
}
