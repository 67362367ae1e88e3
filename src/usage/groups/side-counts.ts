import { METERS } from '../../model/meters.ts'
import type { UsageRecord } from '../record.ts'

/** What a report says of records beside their sums. */
export interface SideCounts {
  /** Buckets across a limit of the time that was asked for, by whether their start made them count. */
  readonly cut: { readonly counted: Cut; readonly left: Cut }
  /** Searches on the web, which have no price here. */
  readonly searches: number
  /** Tokens of sound, which have the rates of text here. */
  readonly audio: number
}

export interface Cut {
  readonly buckets: number
  readonly tokens: bigint
}

export interface SideCounter {
  add(record: UsageRecord, isOutside: boolean): void
  /** Takes buckets that an engine has counted. */
  addCut(cut: SideCounts['cut']): void
  counts(): SideCounts
}

export const NO_CUT: Cut = { buckets: 0, tokens: 0n }

const plus = (a: Cut, b: Cut): Cut => ({ buckets: a.buckets + b.buckets, tokens: a.tokens + b.tokens })

const cutOf = (record: UsageRecord): Cut => ({
  buckets: 1,
  tokens: METERS.reduce((sum, { key }) => sum + BigInt(record[key] ?? 0), 0n),
})

/** @param limits - first instant and the first that no longer counts, milliseconds since 1970; `null`: no limit */
export const sideCounter = (limits: readonly (number | null)[]): SideCounter => {
  let [counted, left, searches, audio] = [NO_CUT, NO_CUT, 0, 0]
  const isCut = ({ at, end }: UsageRecord): boolean =>
    at !== null && end !== null && limits.some(limit => limit !== null && at < limit && limit < end)
  return {
    add: (record, isOutside) => {
      if (!isOutside) {
        searches += record.web_searches ?? 0
        audio += record.audio ?? 0
      }
      if (record.end === null || !isCut(record)) return
      if (isOutside) left = plus(left, cutOf(record))
      else counted = plus(counted, cutOf(record))
    },
    addCut: cut => {
      counted = plus(counted, cut.counted)
      left = plus(left, cut.left)
    },
    counts: () => ({ cut: { counted, left }, searches, audio }),
  }
}
