import type { Clusters } from '../../../model/book/clusters.ts'
import { entryOf } from '../../../model/entry-of.ts'
import { exact } from '../../../model/number/money.ts'

/** Published figures that are often misread. */

// DeepSeek's published 73.7k input tokens/s per node: 342 of 608 billion of them were cache hits.
const WITH_HITS: Readonly<Record<string, string>> = { '73700': '32243.75' }

/** The uncached rate behind a published rate that counts cache hits; `null` for any other rate. */
export const countsHits = (prefill: string): string | null => entryOf(WITH_HITS, prefill) ?? null

interface AddedPhases {
  readonly id: string
  readonly phases: string
  /** Prompt length of the prefill rate, if the row has several. */
  readonly prompt_tokens?: number | undefined
}

/** A published row whose two phases add up to this total: rates of two kinds of node, wrongly added. */
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
