import type { Clusters, Throughput } from '../../model/book/clusters.ts'
import { plural } from '../../model/plural.ts'
import { left, right } from '../blocks/block.ts'
import type { Sheet } from '../blocks/sheet.ts'
import { formatCount, formatQuantity } from '../figures/format.ts'

// Up to this many rows, each source is listed below the table.
const FEW = 6

/**
 * `dsprice prices throughput`: measured serving rates, including those for `throughput: {ref: …}`; tokens per second.
 */
export const throughputSheet = ({ version, throughput }: Clusters, filter: string | undefined): Sheet => {
  const wanted = filter?.toLowerCase()
  const found = throughput
    .filter(
      ({ id, model, of, gpu, engine }) =>
        wanted === undefined || [id, model, of, gpu, engine].some(name => name.toLowerCase().includes(wanted)),
    )
    .toSorted(byModelAndGpu)
  const usable = found.filter(({ unusable }) => unusable === undefined)
  return {
    title: `Cluster book ${version}: measured throughput, tokens per second`,
    columns: [
      // Meant to be copied, so never shortened.
      left('ref'),
      left('measured', { wraps: true }),
      left('tokens', { drop: 3 }),
      right('at a time', { drop: 4 }),
      left('tokens a second', { wraps: true }),
      left('engine', { drop: 1 }),
      left('date', { drop: 2 }),
    ],
    rows: found.map(row => [
      row.id,
      `${row.of} on ${row.hardware}`,
      row.input_tokens === null ? '' : `${row.input_tokens}/${row.output_tokens ?? '-'}`,
      row.concurrency === undefined ? '' : formatCount(row.concurrency),
      row.unusable === undefined ? rateInWords(row) : `${rateInWords(row)}: not usable`,
      row.engine,
      row.date,
    ]),
    notes: [
      `${usable.length} of ${plural(found.length, 'row')} can be named in a scenario, as throughput: {ref: …}. A rate covers input and output together unless a phase is named.`,
      ...(found.length > FEW ? ['--json lists the source and the caveats of each.'] : found.flatMap(notesOf)),
    ],
    data: { book: version, throughput: found },
  }
}

const notesOf = ({ id, source, caveat, unusable, ttft_ms, concurrency, rate }: Throughput): string[] => [
  `${id}: ${[
    ...(unusable === undefined ? [] : [`not usable, ${unusable}`]),
    ...(concurrency === undefined ? [] : [`${plural(concurrency, 'request')} at a time`]),
    ...(ttft_ms === undefined ? [] : [`the first token after ${formatQuantity(ttft_ms)} ms`]),
    ...lengths(rate),
    ...(caveat === undefined ? [] : [caveat]),
    `source ${source}`,
  ].join('; ')}.`,
]

/** The rate of a phase at each prompt length. */
const lengths = (rate: Throughput['rate']): string[] =>
  rate?.kind !== 'phases'
    ? []
    : (['prefill', 'decode'] as const).flatMap(phase => {
        const measured = rate[phase]
        if (typeof measured === 'string') return []
        const each = measured.map(one => `${formatQuantity(one.rate)} at ${formatCount(one.prompt_tokens)} tokens`)
        return [`${phase} ${each.join(', ')}`]
      })

/** A rate in words; several prompt lengths are listed from the longest to the shortest. */
const rateInWords = ({ rate }: Throughput): string => {
  if (rate === null) return 'not known'
  const of = `a ${rate.per === 'gpu' ? 'GPU' : 'node'}`
  switch (rate.kind) {
    case 'phases':
      return `${byLength(rate.prefill)} prefill, ${byLength(rate.decode)} decode ${of}`
    case 'joint':
      return `${formatQuantity(rate.total)} ${of}`
    case 'output_only':
      return `${formatQuantity(rate.output)} out ${of}`
    case 'one_phase':
      return `${formatQuantity(rate.rate)} ${rate.phase} alone ${of}`
    default:
      return rate satisfies never
  }
}

type Phase = Extract<Throughput['rate'], { kind: 'phases' }>['prefill']

const byLength = (phase: Phase): string =>
  typeof phase === 'string'
    ? formatQuantity(phase)
    : `${formatQuantity(phase.at(-1)?.rate ?? '')}-${formatQuantity(phase[0]?.rate ?? '')}`

const byModelAndGpu = (a: Throughput, b: Throughput): number =>
  a.model.localeCompare(b.model, 'en') || a.gpu.localeCompare(b.gpu, 'en')
