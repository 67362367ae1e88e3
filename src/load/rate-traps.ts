import type { Clusters } from '../model/clusters.ts'
import { exact } from '../model/money.ts'

/** Published figures that are read for what they are not. */

// DeepSeek's published 73.7k input tokens a second of a node: 342 of 608 billion of them were cache hits.
const WITH_HITS: Readonly<Record<string, string>> = { '73700': '32243.75' }

/** The uncached rate of a published one that counts cache hits; `null` for any other. */
export const countsHits = (prefill: string): string | null => WITH_HITS[prefill] ?? null

/** A published row whose two phases make just this total: nodes of two kinds, added up. */
export const addedPhases = (total: string, { throughput }: Clusters): { id: string; phases: string } | null => {
  for (const { id, rate } of throughput) {
    if (rate?.kind !== 'phases') continue
    for (const prefill of values(rate.prefill)) {
      for (const decode of values(rate.decode)) {
        if (exact(prefill).plus(exact(decode)).eq(exact(total))) return { id, phases: `${prefill} + ${decode}` }
      }
    }
  }
  return null
}

const values = (measured: string | readonly { readonly rate: string }[]): readonly string[] =>
  typeof measured === 'string' ? [measured] : measured.map(({ rate }) => rate)
