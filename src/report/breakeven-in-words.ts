import { exact } from '../model/number/money.ts'
import { highOf, isRange, lowOf, type Printed } from '../model/number/range.ts'
import type { BreakEvenFound } from '../model/result/self-hosted.ts'
import { viewLabel } from '../model/views.ts'
import type { FleetTable } from './fleet-in-words.ts'
import { columnDecimals, formatRatio, formatShare } from './format.ts'
import { amount, figures } from './in-words.ts'
import { formatTokens, formatUse, useSpan } from './self-host-in-words.ts'

/** What every format says of a break-even curve in the same words. */

/** Every second point of the curve: 10 %, 20 % … 100 %. */
export const curveTable = ({ points, view }: BreakEvenFound): FleetTable => {
  const shown = points.filter((_, i) => i % 2 === 1)
  const decimals = columnDecimals(
    figures(shown.flatMap(point => [point.self_hosted_usd_per_1m, point.hosted_usd_per_1m])),
  )
  return {
    columns: [
      { title: 'utilisation', right: true },
      { title: 'tokens a day', right: true },
      { title: 'self-hosted / 1M', right: true },
      { title: `${viewLabel(view)} / 1M`, right: true },
      { title: 'self-hosted a day', right: true, drop: 1 },
      { title: `${viewLabel(view)} a day`, right: true, drop: 2 },
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

/** How break-even moves with each input: one row a multiple. */
export const leversTable = (found: BreakEvenFound): FleetTable => ({
  columns: [
    { title: 'Break-even use with', right: false },
    ...LEVERS.map(({ label }) => ({ title: label, right: true })),
  ],
  rows: found.hosted_price.map(({ factor }, i) => [
    formatRatio(String(factor)),
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

/** The curve as rows for a spreadsheet. */
export const curveRows = (
  { view, points }: BreakEvenFound,
  ends: (name: string, span: Printed<string | number>) => object,
) =>
  points.map(point => ({
    view,
    utilisation: point.utilisation,
    ...ends('tokens_per_day', point.tokens_per_day),
    ...ends('self_hosted_usd_per_1m', point.self_hosted_usd_per_1m),
    ...ends('hosted_usd_per_1m', point.hosted_usd_per_1m),
    ...ends('self_hosted_usd_per_day', point.self_hosted_usd_per_day),
    ...ends('hosted_usd_per_day', point.hosted_usd_per_day),
    cheaper: cheaper(point.self_hosted_usd_per_1m, point.hosted_usd_per_1m),
  }))

const cheaper = (self: Printed<string>, hosted: Printed<string>): string => {
  if (exact(highOf(self)).lt(exact(lowOf(hosted)))) return 'self_hosted'
  return exact(lowOf(self)).gt(exact(highOf(hosted))) ? 'hosted' : 'either'
}
