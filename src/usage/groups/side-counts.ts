import { METERS } from '../../model/meters.ts'
import type { UsageRecord } from '../record.ts'

/** What a report says of records beside their sums. */
export interface SideCounts {
  /** Buckets across a limit of the time that was asked for, by whether their start made them count. */
  readonly cut: { readonly counted: Cut; readonly left: Cut }
  /** Searches on the web, which have no price here. */
  readonly searches: number
}

export interface Cut {
  readonly buckets: number
  readonly tokens: bigint
}

export interface SideCounter {
  add(record: UsageRecord, isOutside: boolean): void
  counts(): SideCounts
}

const NONE: Cut = { buckets: 0, tokens: 0n }

const plus = ({ buckets, tokens }: Cut, record: UsageRecord): Cut => ({
  buckets: buckets + 1,
  tokens: METERS.reduce((sum, { key }) => sum + BigInt(record[key] ?? 0), tokens),
})

/** @param limits - first instant and the first that no longer counts, milliseconds since 1970; `null`: no limit */
export const sideCounter = (limits: readonly (number | null)[]): SideCounter => {
  let [counted, left, searches] = [NONE, NONE, 0]
  const isCut = ({ at, end }: UsageRecord): boolean =>
    at !== null && end !== null && limits.some(limit => limit !== null && at < limit && limit < end)
  return {
    add: (record, isOutside) => {
      if (!isOutside) searches += record.web_searches ?? 0
      if (record.end === null || !isCut(record)) return
      if (isOutside) left = plus(left, record)
      else counted = plus(counted, record)
    },
    counts: () => ({ cut: { counted, left }, searches }),
  }
}
