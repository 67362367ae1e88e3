import { highOf, lowOf } from '../../model/number/range.ts'
import type { BreakEvenFound } from '../../model/result/self-hosted.ts'
import { formatUsd } from '../figures/format.ts'

/** A drawing of the cost of 1M tokens over utilisation, in block characters; for the eye only, so it uses floats. */

const HEIGHT = 14
const WIDEST = 72
const TITLE = ['USD per 1M tokens over utilisation, on a log scale:', '█ self-hosted, ─ hosted']

interface Canvas {
  readonly width: number
  /** Row of a price, 0 at the top. */
  readonly rowOf: (usd: number) => number
}

/** @param width - characters per line */
export const plotCurve = ({ points }: BreakEvenFound, width: number): string => {
  const ends = points.flatMap(point => [point.self_hosted_usd_per_1m, point.hosted_usd_per_1m])
  const prices = ends.flatMap(span => [Number(lowOf(span)), Number(highOf(span))])
  // A price of zero cannot be drawn on a log scale.
  if (prices.length === 0 || prices.some(price => price <= 0)) return ''
  const labels = [Math.max(...prices), Math.min(...prices)].map(price => formatUsd(String(price)))
  const margin = Math.max(...labels.map(label => label.length)) + 2
  const canvas = canvasOf(prices, Math.min(width, WIDEST) - margin)
  const grid = Array.from({ length: HEIGHT }, () => Array<string>(canvas.width).fill(' '))
  const put = (column: number, row: number, mark: string): void => {
    const line = grid[row]
    if (line) line[column] = mark
  }
  for (let column = 0; column < canvas.width; column++) {
    const at = pointAt(points, column / (canvas.width - 1))
    fill(at.hosted, canvas, row => put(column, row, '─'))
    fill(at.self, canvas, row => put(column, row, '█'))
  }
  const axis = labelled(grid, { prices, margin })
  const foot = `${' '.repeat(margin)}5%${' '.repeat(canvas.width - 6)}100%`
  return [...TITLE, ...axis, foot].join('\n')
}

const canvasOf = (prices: readonly number[], width: number): Canvas => {
  const [top, bottom] = [Math.log(Math.max(...prices)), Math.log(Math.min(...prices))]
  const span = Math.max(top - bottom, 1e-9)
  return {
    width,
    rowOf: usd => Math.round(((top - Math.log(Math.max(usd, Number.MIN_VALUE))) / span) * (HEIGHT - 1)),
  }
}

interface Price {
  readonly low: number
  readonly high: number
}

/** Both prices at a point between the first and the last: costs on the curve are linear in 1/utilisation. */
const pointAt = (points: BreakEvenFound['points'], place: number): { readonly self: Price; readonly hosted: Price } => {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) throw new Error('a curve has points')
  const utilisation = first.utilisation + place * (last.utilisation - first.utilisation)
  const inverse = (1 / utilisation - 1 / last.utilisation) / (1 / first.utilisation - 1 / last.utilisation)
  const between = (key: 'self_hosted_usd_per_1m' | 'hosted_usd_per_1m', end: typeof lowOf): number => {
    const [from, to] = [Number(end(last[key])), Number(end(first[key]))]
    return from + inverse * (to - from)
  }
  return {
    self: { low: between('self_hosted_usd_per_1m', lowOf), high: between('self_hosted_usd_per_1m', highOf) },
    hosted: { low: between('hosted_usd_per_1m', lowOf), high: between('hosted_usd_per_1m', highOf) },
  }
}

const fill = ({ low, high }: Price, { rowOf }: Canvas, mark: (row: number) => void): void => {
  for (let row = rowOf(high); row <= rowOf(low); row++) mark(row)
}

/** The rows with price labels on the left: at the top, in the middle and at the bottom. */
const labelled = (
  grid: readonly (readonly string[])[],
  { prices, margin }: { readonly prices: readonly number[]; readonly margin: number },
): string[] => {
  const [top, bottom] = [Math.max(...prices), Math.min(...prices)]
  const at = new Map([
    [0, top],
    [Math.floor((HEIGHT - 1) / 2), Math.exp((Math.log(top) + Math.log(bottom)) / 2)],
    [HEIGHT - 1, bottom],
  ])
  return grid.map((cells, row) => {
    const price = at.get(row)
    const label = price === undefined ? '' : formatUsd(String(price))
    return `${label.padStart(margin - 2)} ${price === undefined ? '│' : '┤'}${cells.join('').trimEnd()}`
  })
}
