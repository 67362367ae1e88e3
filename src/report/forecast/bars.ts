import { greatestOf } from '../../model/number/extremes.ts'
import type { ForecastScenario } from '../../model/result/forecast.ts'
import type { Plot } from '../blocks/block.ts'
import { amount, figures } from '../figures/amounts.ts'
import { columnDecimals } from '../figures/format.ts'
import { endsOf } from './in-words.ts'

/** A bar for each month, for the eye only, so it uses floats; the light end of a bar is the range of its cost. */

const WIDEST = 100

export const barsOf = ({ months, answer: { view } }: ForecastScenario): Plot[] => {
  if (view === null || months.length < 2) return []
  const costs = months.map(({ month, costs }) => ({ month, cost: costs[view] }))
  const most = greatestOf(costs.map(({ cost }) => (cost === null ? 0 : endsOf(cost)[1])))
  if (most <= 0) return []
  const decimals = columnDecimals(figures(costs.map(({ cost }) => cost)))
  const labels = costs.map(({ cost }) => (cost === null ? 'no price' : amount(cost, decimals)))
  const label = greatestOf(labels.map(({ length }) => length))
  return [
    {
      kind: 'plot',
      draw: width => {
        const room = Math.max(8, Math.min(width, WIDEST) - label - '2027-01'.length - 4)
        const cells = (usd: number): number => Math.round((usd / most) * room)
        return costs
          .map(({ month, cost }, i) => {
            const [low, high] = cost === null ? [0, 0] : endsOf(cost)
            const bar = '█'.repeat(cells(low)) + '░'.repeat(cells(high) - cells(low))
            return `${month}  ${(labels[i] ?? '').padStart(label)}  ${bar}`.trimEnd()
          })
          .join('\n')
      },
    },
  ]
}
