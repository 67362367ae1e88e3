import { highOf, lowOf } from '../../model/number/range.ts'
import type { Sweep } from '../../model/result/sweep.ts'
import { viewLabel } from '../../model/views.ts'
import { amount, figures as amountsIn } from '../figures/amounts.ts'
import { columnDecimals } from '../figures/format.ts'
import { costIn, valueText } from './cells.ts'
import { periodIn } from './in-words.ts'

/** A bar for each value, from zero on; for the eye only, so it uses floats. */

const WIDEST = 72
const NARROWEST = 8
const MOST_BARS = 32

/** @param width - characters per line */
export const drawBars = (sweep: Sweep, width: number): string => {
  const known = sweep.cells.map(cell => ({ label: valueText(cell, 0), cost: costIn(sweep, cell) }))
  // More bars than lines of a screen: every second one, every third …
  const step = Math.ceil(known.length / MOST_BARS)
  const shown = known.filter((_, i) => i % step === 0)
  const decimals = columnDecimals(amountsIn(shown.map(({ cost }) => cost)))
  const rows = shown.map(({ label, cost }) => ({ label, cost, text: amount(cost, decimals) }))
  const [labels, texts] = [rows.map(({ label }) => label.length), rows.map(({ text }) => text.length)]
  const margin = Math.max(...labels)
  const room = Math.max(NARROWEST, Math.min(width, WIDEST) - margin - Math.max(...texts) - 4)
  const most = Math.max(...rows.map(({ cost }) => (cost === null ? 0 : Number(highOf(cost)))))
  if (most <= 0) return ''
  const cellsOf = (usd: string): number => {
    const cells = Math.floor((Number(usd) / most) * room)
    return cells === 0 && Number(usd) > 0 ? 1 : cells
  }
  const lines = rows.map(({ label, cost, text }) => {
    const [low, high] = cost === null ? [0, 0] : [cellsOf(lowOf(cost)), cellsOf(highOf(cost))]
    return `${label.padStart(margin)}  ${`${'█'.repeat(low)}${'░'.repeat(high - low)}`} ${text}`
  })
  return [`USD ${periodIn(sweep)}, ${viewLabel(sweep.view)}:`, ...lines].join('\n')
}
