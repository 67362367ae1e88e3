import { isRange, type Printed } from '../../model/number/range.ts'
import type { BreakEvenFound } from '../../model/result/self-hosted.ts'
import { viewLabel } from '../../model/views.ts'
import { names, right, type Table } from '../blocks/block.ts'
import { amount, figures } from '../figures/amounts.ts'
import { columnDecimals, formatShare, formatTokens, formatUse, useSpan } from '../figures/format.ts'

/** Wording about a break-even curve that all formats share. */

/** Every second point of the curve: 10%, 20% … 100%. @param day - `a day`, as volumes are counted */
export const curveTable = ({ points, view }: BreakEvenFound, day: string): Table => {
  const shown = points.filter((_, i) => i % 2 === 1)
  const decimals = columnDecimals(
    figures(shown.flatMap(point => [point.self_hosted_usd_per_1m, point.hosted_usd_per_1m])),
  )
  return {
    kind: 'table',
    columns: [
      right('utilisation'),
      right(`tokens ${day}`),
      right('self-hosted / 1M'),
      right(`${viewLabel(view)} / 1M`),
      right(`self-hosted ${day}`, { drop: 1 }),
      right(`${viewLabel(view)} ${day}`, { drop: 2 }),
    ],
    rows: shown.map(point => [
      formatShare(point.utilisation),
      volume(point.tokens_per_day),
      amount(point.self_hosted_usd_per_1m, decimals),
      amount(point.hosted_usd_per_1m, decimals),
      amount(point.self_hosted_usd_per_day, 2),
      amount(point.hosted_usd_per_day, 2),
    ]),
  }
}

const volume = (tokens: Printed<number | string>): string =>
  isRange(tokens) ? `${formatTokens(tokens.low)}-${formatTokens(tokens.high)}` : formatTokens(tokens)

const LEVERS = [
  { key: 'hosted_price', label: 'hosted price' },
  { key: 'gpu_price', label: 'GPU price' },
  { key: 'capacity', label: 'capacity' },
] as const

/** How break-even moves with each input: one row per multiple. */
export const leversTable = (found: BreakEvenFound): Table => ({
  kind: 'table',
  columns: [names('Break-even use if one were'), ...LEVERS.map(({ label }) => right(label))],
  rows: found.hosted_price.map(({ factor }, i) => [
    `× ${factor}`,
    ...LEVERS.map(({ key }) => {
      const moved = found[key][i]
      return moved ? useOf(moved.break_even) : ''
    }),
  ]),
})

const useOf = ({ low, high }: BreakEvenFound['capacity'][number]['break_even']): string => {
  if (low.utilisation !== null && high.utilisation !== null) return useSpan(low.utilisation, high.utilisation)
  const one = (end: typeof low): string => (end.utilisation === null ? end.kind : formatUse(end.utilisation))
  return one(low) === one(high) ? one(low) : `${one(low)} at best, ${one(high)} at worst`
}
