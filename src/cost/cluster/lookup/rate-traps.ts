import type { Clusters } from '../../../model/book/clusters.ts'
import { entryOf } from '../../../model/entry-of.ts'
import { exact } from '../../../model/number/money.ts'

/** Published figures that are read for what they are not. */

// DeepSeek's published 73.7k input tokens a second of a node: 342 of 608 billion of them were cache hits.
const WITH_HITS: Readonly<Record<string, string>> = { '73700': '32243.75' }

/** The uncached rate of a published one that counts cache hits; `null` for any other. */
export const countsHits = (prefill: string): string | null => entryOf(WITH_HITS, prefill) ?? null

interface AddedPhases {
  readonly id: string
  readonly phases: string
  /** Of a row with several lengths, that of the prefill rate. */
  readonly prompt_tokens?: number | undefined
}

/** A published row whose two phases make just this total: nodes of two kinds, added up. */
export const addedPhases = (total: string, { throughput }: Clusters): AddedPhases | null => {
  for (const { id, rate } of throughput) {
    if (rate?.kind !== 'phases') continue
    for (const { rate: prefill, prompt_tokens } of listRates(rate.prefill)) {
      for (const { rate: decode } of listRates(rate.decode)) {
        const isSum = exact(prefill).plus(exact(decode)).eq(exact(total))
        if (isSum) return { id, phases: `${prefill} + ${decode}`, prompt_tokens }
      }
    }
  }
  return null
}

interface MeasuredRate {
  readonly rate: string
  readonly prompt_tokens?: number
}

const listRates = (measured: string | readonly MeasuredRate[]): readonly MeasuredRate[] =>
  typeof measured === 'string' ? [{ rate: measured }] : measured
