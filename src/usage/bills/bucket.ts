import { BadRecord, NO_SPAN } from '../reading/bad-record.ts'
import type { Counts } from '../reading/counts.ts'
import { instantOf } from '../reading/instants.ts'
import type { UsageRecord } from '../record.ts'

/** Start and end of a bucket, ms since 1970. */
export interface Span {
  readonly at: number
  readonly end: number
}

/** @throws {BadRecord} */
export const spanOf = (start: unknown, end: unknown): Span => {
  const [at, until] = [instantOf(start), instantOf(end)]
  if (at === null || until === null || until <= at) throw new BadRecord(NO_SPAN)
  return { at, end: until }
}

const HOUR_MS = 3_600_000

/** A cell that has a day, or a day and an hour. @throws {BadRecord} */
export const daySpan = (cell: unknown): Span => {
  const at = instantOf(cell)
  if (at === null) throw new BadRecord('its day is missing')
  return { at, end: at + (/\d\d:\d\d/.test(String(cell)) ? HOUR_MS : 24 * HOUR_MS) }
}

const NOTHING: Counts = {
  ...{ input: 0, cache_read: null, cache_write: null, cache_write_1h: null },
  ...{ output: 0, reasoning: null },
}

/** A record that has money alone. `usd`: exact; `null`: in another currency. */
export const moneyRecord = (span: Span, usd: string | null, keys: UsageRecord['keys']): UsageRecord => ({
  ...{ ...span, model: null, ...NOTHING, requests: null },
  ...{ service: null, batch: false, id: null, stated_usd: usd, keys },
})

/** Most prompt tokens of the usual window, and of the long one. */
const [USUAL, LONG] = [200_000, 1_000_000]

/** The prompt tokens that a context window stands for: `0-200k`, `≤ 200k`, `200k-1M`, `> 200k`; `null`: not told. */
export const promptOf = (window: string | null): { from: number; to: number | null } | null => {
  if (window === null) return null
  if (/^(?:0-|≤|<=|<)\s*200k$/i.test(window)) return { from: 0, to: USUAL }
  if (/^200k-1m$/i.test(window)) return { from: USUAL + 1, to: LONG }
  return /^(?:>|≥|>=)\s*200k$/i.test(window) ? { from: USUAL + 1, to: null } : null
}
