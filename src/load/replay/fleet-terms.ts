import { measuredRow } from '../../cost/cluster/lookup/measured-row.ts'
import { InputError } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { DescribeTerms } from '../../replay/describe.ts'
import type { FleetTerms } from '../../replay/size-nodes.ts'
import { readClusters } from '../book/clusters.ts'

/** A fleet as the call names it: the rates of a node, or a row of the cluster book for nodes of 8 GPUs. */
export interface AskedFleet extends Pick<FleetTerms, 'maxUtilisation' | 'spareNodes'> {
  readonly throughput:
    | FleetTerms['rates']
    | { readonly kind: 'ref'; readonly ref: string; readonly prompt_tokens?: number }
}

const GPUS = 8

/**
 * The rates that a fleet is sized by, once the load is known.
 *
 * @param model - the model served, by its id in the price book
 * @throws {InputError} UNKNOWN_THROUGHPUT and what else `measuredRow` finds
 */
export const fleetFor =
  ({ throughput, ...terms }: AskedFleet, model: string | null, files: Files): NonNullable<DescribeTerms['fleet']> =>
  load => {
    if (throughput.kind !== 'ref') return { ...terms, rates: throughput, row: null, notes: [], warnings: [] }
    const clusters = readClusters(files)
    const weights = clusters.models.find(({ serves }) => model !== null && serves.includes(model)) ?? null
    const mean = (tokens: number): number => Math.round(tokens / load.requests)
    const found = measuredRow(throughput, {
      ...{ clusters, weights, gpu: null, gpus_per_node: GPUS },
      load: {
        ...{ model, run: false, lengthKnown: true },
        prompt: mean(load.input_tokens),
        output: mean(load.output_tokens),
      },
    })
    if ('problem' in found) throw new InputError([found.problem])
    const { rates, row, notes } = found.found
    if (rates.kind !== 'phases' && rates.kind !== 'joint') throw new Error('a measured row has measured rates')
    return {
      ...{ ...terms, rates, row: row?.id ?? throughput.ref },
      notes: notes.flatMap(({ what, fix }) => (fix === undefined ? [`${what}.`] : [])),
      warnings: notes.flatMap(({ code, what, fix }) => (fix === undefined ? [] : [{ code, what, fix, at: null }])),
    }
  }
