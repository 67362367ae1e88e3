import type { Throughput } from '../../../model/book/clusters.ts'
import type { MeasuredRow } from '../../../model/scenario/self-host.ts'
import type { LookupContext } from './lookup.ts'

/** A short description of a measured row. */
export const rowInWords = (row: Throughput): MeasuredRow => {
  const { id, of, hardware, engine, input_tokens, output_tokens, concurrency, rate, date, source, grade } = row
  const lengths = input_tokens === null ? '' : `, ${input_tokens}/${output_tokens ?? '-'} tokens`
  const users = concurrency === undefined ? '' : `, ${concurrency} at a time`
  const perGpu = rate?.kind === 'joint' && rate.per === 'gpu' ? rate.total : null
  return {
    id,
    what: `${of} on ${hardware}, ${engine}${lengths}${users}`,
    tokens_per_second_per_gpu: perGpu,
    date,
    source,
    grade,
  }
}

/** The measured row nearest to a stated capacity: same weights and GPU first, then the closest mix. */
export const nearestRow = (around: LookupContext): MeasuredRow | null => {
  const row = findNearest(around)
  return row && rowInWords(row)
}

/** The id of a row measured with the cluster's own weights, on its own GPU if it names one; `null` if there is none. */
export const ownRow = (around: LookupContext): string | null => {
  const { weights, gpu } = around
  const row = findNearest(around)
  return row && weights?.id === row.model && (gpu === null || gpu.id === row.gpu) ? row.id : null
}

const findNearest = ({ load, weights, gpu, clusters }: LookupContext): Throughput | null => {
  const share =
    load.prompt !== null && load.output !== null && load.prompt + load.output > 0
      ? load.output / (load.prompt + load.output)
      : null
  const far = ({ model, gpu: on, rate, ttft_ms }: Throughput): readonly number[] => {
    if (rate?.kind !== 'joint' || rate.per !== 'gpu') return [9]
    const own = Number(rate.output) / (Number(rate.input) + Number(rate.output))
    return [
      weights === null || model === weights.id ? 0 : 1,
      gpu === null || on === gpu.id ? 0 : 1,
      // A first token after several seconds means batch capacity.
      ttft_ms !== undefined && Number(ttft_ms) > 5000 ? 1 : 0,
      share === null ? 0 : Math.abs(own - share),
      -Number(rate.total),
    ]
  }
  const usable = clusters.throughput.filter(({ rate }) => rate?.kind === 'joint' && rate.per === 'gpu')
  const [best] = usable.toSorted((a, b) => compare(far(a), far(b)))
  return best ?? null
}

const compare = (a: readonly number[], b: readonly number[]): number => {
  for (const [i, one] of a.entries()) if (one !== b[i]) return one - (b[i] ?? 0)
  return 0
}
