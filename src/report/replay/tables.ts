import type { Replay } from '../../model/result/replay.ts'
import { left, right, strong, type Table, type Text } from '../blocks/block.ts'
import { columnDecimals, formatCount, formatMeasure, formatShare, formatTimes, formatUsd } from '../figures/format.ts'
import { againstNone, rowLabel } from './in-words.ts'

/** A row for each policy, and the two ends: no cache, and all of the prompt from it. */
export const policyTable = ({ rows, trace }: Replay): Table | null => {
  const [first] = rows
  if (!first || (trace.ids === 'none' && !first.at_least)) return null
  const costs = rows.flatMap(({ at_least: own }) => (own ? [own.total, own.no_cache] : []))
  const decimals = columnDecimals(costs)
  const money = (cost: string | null | undefined): string =>
    cost == null ? '?' : `${mark}${formatUsd(cost, decimals)}`
  const mark = first.costs ? '' : '≥ '
  const hasWrites = rows.some(({ written_tokens }) => written_tokens > 0)
  const hasCosts = costs.length > 0
  const line = (cells: readonly Text[], [written, cost, saved]: readonly [string, Text, string]): Text[] => [
    ...cells,
    ...(hasWrites ? [written] : []),
    ...(hasCosts ? [cost, saved] : []),
  ]
  const simulated = trace.ids === 'none' ? [] : rows
  return {
    kind: 'table',
    columns: [
      left('Cache', { wraps: true, hangs: 4 }),
      right('Hits'),
      right('Cached tokens', { drop: 1 }),
      ...(hasWrites ? [right('Written', { drop: 2 })] : []),
      ...(hasCosts ? [right('USD'), right('Against none')] : []),
    ],
    rows: [
      ...simulated.map((row, i) =>
        line(
          [rowLabel(row), row.hit_share === null ? '' : formatShare(row.hit_share), formatCount(row.cached_tokens)],
          [
            formatCount(row.written_tokens),
            i === 0 ? strong(money(row.at_least?.total)) : money(row.at_least?.total),
            againstNone(row),
          ],
        ),
      ),
      ...(first.at_least
        ? [
            line(['no cache', '0.0%', '0'], ['0', money(first.at_least.no_cache), '']),
            line(
              ['every prompt token cached (a bound)', '100.0%', formatCount(first.input_tokens)],
              ['0', money(first.at_least.all_cached), ''],
            ),
          ]
        : []),
    ],
    marked: 0,
  }
}

const RATES = [
  { key: 'requests_per_s', label: 'requests' },
  { key: 'input_tokens_per_s', label: 'tokens in' },
  { key: 'output_tokens_per_s', label: 'tokens out' },
] as const

/** How the requests came in. */
export const loadTable = (load: NonNullable<Replay['load']>): Table => ({
  kind: 'table',
  columns: [
    left('A second'),
    ...['mean', 'p50', 'p95', 'p99', 'peak'].map(title => right(title)),
    right('peak ÷ mean', { drop: 1 }),
  ],
  rows: RATES.map(({ key, label }) => {
    const { mean, p50, p95, p99, peak, peak_to_mean } = load[key]
    return [
      label,
      ...[mean, p50, p95, p99, peak].map(formatMeasure),
      peak_to_mean === null ? '' : formatTimes(String(peak_to_mean)),
    ]
  }),
})
