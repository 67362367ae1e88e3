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

/** Reads one unit of a file. @returns what is wrong with it; `null`: it was read, but for what `note` was told */
export type UnitReader = (unit: Buffer, emit: (request: TraceRequest) => void, note: Note) => string | null

/** Counts a part of a unit that cannot be read. @param fix - what to do, where that is not the same for all */
export type Note = (what: string, fix?: string) => void

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
  /**
   * What a request repeats, where that follows from those before it: fills in its scope and its blocks. Called with all
   * requests of a run in the order of time.
   *
   * @param block - tokens
   */
  link?(block: number): (request: TraceRequest) => void
}

/** A count of tokens: a whole number of at least 0. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

/** 9999-12-31T23:59:59.999Z, ms since 1970. */
const LAST = 253_402_300_799_999

/** A time of a trace, ms: from 0 on, in a year that has four digits. */
export const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= LAST

/** Why a time is none, with its unit. @example whyNoTime('timestamp', 'milliseconds') */
export const whyNoTime = (key: string, unit: string): string =>
  `${key} is not a number of ${unit} from 0 to the end of the year 9999`

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
