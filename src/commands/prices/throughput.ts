import type { Io } from '../../io.ts'
import { readClusters } from '../../load/book/clusters.ts'
import type { Throughput } from '../../model/book/clusters.ts'
import { plural } from '../../model/plural.ts'
import { formatCount, formatQuantity } from '../../report/format.ts'
import type { Sheet } from '../../report/sheet.ts'

// Of so few rows each can have its source below the table.
const FEW = 6

/** `dsprice prices throughput`: measured serving rates, those that `throughput: {ref: …}` takes; tokens per second. */
export const throughputSheet = (io: Io, filter?: string): Sheet => {
  const { version, throughput } = readClusters(io)
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
      // To be copied: never shortened.
      { title: 'ref' },
      { title: 'measured', wraps: true },
      { title: 'tokens', drop: 3 },
      { title: 'at a time', align: 'right', drop: 4 },
      { title: 'tokens a second', wraps: true },
      { title: 'engine', drop: 1 },
      { title: 'date', drop: 2 },
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
      `${usable.length} of ${plural(found.length, 'row')} can be named in a scenario, as throughput: {ref: …}. Input and output together where no phase is named.`,
      ...(found.length > FEW ? ['--json has the source and the caveats of each.'] : found.flatMap(notesOf)),
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

/** What a phase does by the length of its prompts. */
const lengths = (rate: Throughput['rate']): string[] =>
  rate?.kind !== 'phases'
    ? []
    : (['prefill', 'decode'] as const).flatMap(phase => {
        const measured = rate[phase]
        if (typeof measured === 'string') return []
        const each = measured.map(one => `${formatQuantity(one.rate)} at ${formatCount(one.prompt_tokens)} tokens`)
        return [`${phase} ${each.join(', ')}`]
      })

/** A rate in words: of several prompt lengths, from the longest to the shortest. */
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
