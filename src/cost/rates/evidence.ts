import type { Book, Price } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import { parseInstant } from '../../model/instant.ts'
import { ageDays } from '../time/age-days.ts'

/** The book's parts that date the evidence of its rows. */
export type Evidence = Pick<Book, 'sources' | 'reviewed'>

/**
 * Day of the newest evidence of a row: `seen`, else the day on which its source was read, else the book's review.
 */
export const evidenceDay = (row: Price, { sources, reviewed }: Evidence): string => {
  const { seen, source } = row
  if (seen !== undefined) return seen
  const read = entryOf(sources, source)?.retrieved ?? null
  return read !== null && parseInstant(read) !== undefined ? read.slice(0, 10) : reviewed
}

/** Whole days from a row's newest evidence to a moment; `null` for a closed row, which no longer changes. */
export const rowAge = (row: Price, evidence: Evidence, at: string): number | null =>
  row.to == null || row.cut ? ageDays(evidenceDay(row, evidence), at) : null

/** Whether a row's promotion may have ended: its announcement promises the rates only until an earlier moment. */
export const mayHaveEnded = ({ until_at_least }: Price, at: string): boolean =>
  until_at_least !== undefined &&
  (parseInstant(at) ?? Number.NaN) >= (parseInstant(until_at_least) ?? Number.POSITIVE_INFINITY)
