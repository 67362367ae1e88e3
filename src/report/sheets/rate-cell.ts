import type { Rate } from '../../model/book/book.ts'
import { formatRate } from '../figures/format.ts'

/** A rate in a table: every digit, `-` if not offered, `?` if unknown. */
export const rateCell = (rate: Rate | undefined): string => {
  if (rate === undefined || rate === 'not_offered') return '-'
  return rate === null ? '?' : formatRate(rate)
}
