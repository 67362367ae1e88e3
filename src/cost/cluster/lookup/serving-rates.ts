import { at, problems } from '../../../errors/index.ts'
import { exact } from '../../../model/number/money.ts'
import { parseMix, type WrittenSelfHost } from '../../../model/scenario/self-host-schema.ts'
import { rateByRoofline } from './by-roofline.ts'
import type { Found, LookupContext, Speed } from './lookup.ts'
import { measuredRow } from './measured-row.ts'
import { addedPhases, countsHits } from './rate-traps.ts'

/** Serving rates as the scenario gives them, measured or stated; else from a roofline. */
export const findSpeed = (written: WrittenSelfHost, around: LookupContext): Found<Speed> => {
  const { capacity, throughput, nodes, gpus_per_node } = written
  if (capacity !== undefined && throughput !== undefined) return { problem: at(['capacity'], problems.twoSpeeds()) }
  if (capacity !== undefined) {
    if (nodes === undefined) return { problem: at(['capacity'], problems.needsNodes('capacity')) }
    return { found: { rates: { kind: 'stated', tokens_per_day: capacity }, row: null, notes: [] } }
  }
  if (throughput === undefined) return rateByRoofline(written, around)
  const { ref, total, mix: written_mix, per = 'gpu', prefill, decode, cached_prefill = prefill } = throughput
  if (ref !== undefined)
    return measuredRow({ ref, prompt_tokens: throughput.prompt_tokens }, { gpus_per_node, ...around })
  if (total !== undefined) {
    const mix = parseMix(written_mix ?? '')
    if (!mix) throw new Error('the schema takes no mix that cannot be read')
    const added = addedPhases(total, around.clusters)
    if (added) return { problem: at(['throughput', 'total'], problems.addedPhases(added)) }
    const perNode = exact(total)
      .times(per === 'gpu' ? gpus_per_node : 1)
      .toFixed()
    return { found: { rates: { kind: 'joint', total: perNode, ...mix }, row: null, notes: [] } }
  }
  if (prefill === undefined || decode === undefined || cached_prefill === undefined) {
    throw new Error('the schema takes no throughput without its rates')
  }
  const hits = countsHits(prefill)
  if (hits) return { problem: at(['throughput', 'prefill'], problems.countsHits(prefill, hits)) }
  return { found: { rates: { kind: 'phases', prefill, decode, cached_prefill }, row: null, notes: [] } }
}
