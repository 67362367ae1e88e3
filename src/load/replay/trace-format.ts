import type { IdsOf, TraceRequest } from '../../replay/trace.ts'

/** What a reader needs besides its file. */
export interface ReaderTerms {
  /** Tokens of a block, where the format leaves that open. */
  readonly block: number
  /** Tells files apart. */
  readonly file: string
  /** Tokens of a text in order; `null`: no tokenizer is at hand. */
  readonly encode: ((text: string) => readonly number[]) | null
}

/** Reads one unit of a file. @returns what is wrong with it; `null`: it was read */
export type UnitReader = (unit: Buffer, emit: (request: TraceRequest) => void) => string | null

/** One kind of trace. */
export interface TraceFormat {
  readonly name: string
  readonly about: string
  /** Whether a file is of this kind. @param head - its first line, or as much as was read of it */
  matches(head: string): boolean
  /** Whether a unit is a line or the whole file. */
  readonly unit: 'line' | 'file'
  readonly ids: IdsOf
  /** Whether ids hold within a conversation only. */
  readonly local: boolean
  /** Tokens of a block; `null`: the caller decides. */
  readonly block: number | null
  /** What a reader should know of how the file was read. */
  readonly notes: readonly string[]
  /** Whether texts must be tokenized. */
  readonly needsText?: true
  open(terms: ReaderTerms): UnitReader
}

/** A count of tokens: a whole number of at least 0. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

/** A JSON object; `null` if a text is none. */
export const objectOf = (text: string): Readonly<Record<string, unknown>> | null => {
  try {
    const data: unknown = JSON.parse(text)
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
