import { areaY, dot, line, link, ruleX } from '@observablehq/plot'
import { highOf, lowOf } from '../../model/number/range.ts'
import type { HitCurve } from '../../plan/page/curves/hit-curve.ts'
import { left, right, type Table } from '../../report/blocks/block.ts'
import { sayUsd } from '../../report/estimate/answer-in-words.ts'
import { amount, figures } from '../../report/figures/amounts.ts'
import { columnDecimals, formatShare, spanned } from '../../report/figures/format.ts'
import type { Chart } from './chart.ts'
import { COLOUR, drawn, HEAD, linearTicks, shareTick, thinned, verticalAxis } from './drawing/frame.ts'
import { type KeyEntry, keyOf, PALE } from './drawing/key.ts'

/**
 * The cost over the share of the prompt that is read from the cache.
 *
 * @param legs - how many legs a fleet has; 1: no fleet
 */
export const costOverHits = (curve: HitCurve, legs: number): Chart => {
  const unit = curve.isRun ? 'a run' : 'a month'
  return {
    title: 'Cost over the cache hit share',
    summary: summaryOf(curve, unit) + (legs > 1 && curve.own.share !== null ? OFF_THE_CURVE : ''),
    table: tableOf(curve, unit),
    draw: width => drawHits(curve, unit, width),
  }
}

const OFF_THE_CURVE =
  ' The expected cost lies off the curve: the curve has the same hit share on every leg, while each leg can expect its own.'

const summaryOf = ({ points, own }: HitCurve, unit: string): string => {
  const known = points.filter(({ cost }) => cost !== null)
  const [none, all] = [known[0], known.at(-1)]
  const reason = points.find(({ cost }) => cost === null)?.reason
  const why = reason ? ` Beyond that the cost is unknown: ${reason}.` : ''
  if (!none || none.cost === null) return `The cost is unknown at every hit share: ${reason ?? 'no price is known'}.`
  const first = `With ${formatShare(none.share)} of the prompt read from the cache, the workload costs ${sayUsd(none.cost)} ${unit}`
  const last = all && all !== none && all.cost !== null ? `, with ${formatShare(all.share)} ${sayUsd(all.cost)}` : ''
  const expected =
    own.cost === null
      ? `; what this workload can expect is unknown${own.reason === null ? '' : `: ${own.reason}`}`
      : own.share === null
        ? ''
        : `; expected are ${spanned(own.share, formatShare, ' to ')}, ${sayUsd(own.cost)}`
  return `${first}${last}${expected}.${why}`
}

const tableOf = ({ points, own }: HitCurve, unit: string): Table => {
  const decimals = columnDecimals(figures([...points.map(({ cost }) => cost), own.cost]))
  return {
    kind: 'table',
    columns: [right('hit share'), right(`USD ${unit}`), left('')],
    rows: [
      ...points.map(({ share, cost, reason }) => [formatShare(share), amount(cost, decimals), reason ?? '']),
      ...(own.share === null
        ? []
        : [[spanned(own.share, formatShare), amount(own.cost, decimals), 'expected for this workload']]),
    ],
    ...(own.share === null ? {} : { marked: points.length }),
  }
}

const MARGIN = { right: 22, bottom: 42 } as const

const drawHits = ({ points, own }: HitCurve, unit: string, width: number): SVGSVGElement => {
  // NaN leaves a gap in the line.
  const ends = points.map(({ share, cost }) => ({
    share,
    low: cost === null ? Number.NaN : Number(lowOf(cost)),
    high: cost === null ? Number.NaN : Number(highOf(cost)),
  }))
  const expected = expectedIn(own)
  const most = Math.max(0, ...[...ends, ...expected].map(({ high }) => high).filter(Number.isFinite))
  const key = keyOf(keyEntries(ends, own.share === null ? null : spanned(own.share, formatShare)), width)
  const axis = verticalAxis(linearTicks(most || 1, 6), `USD ${unit}`)
  const stroke = { stroke: COLOUR.first, strokeWidth: 2 }
  return drawn(
    {
      width,
      height: 270 + key.height,
      marginTop: key.height + HEAD,
      marginLeft: axis.marginLeft,
      marginRight: MARGIN.right,
      marginBottom: MARGIN.bottom,
      x: {
        domain: [0, 1],
        label: 'share of the prompt read from the cache',
        labelAnchor: 'center',
        labelArrow: false,
        ticks: thinned([0, 0.25, 0.5, 0.75, 1], width - axis.marginLeft, 32),
        tickFormat: shareTick,
      },
      y: { domain: [0, most * 1.05 || 1], axis: null },
      marks: [
        ...axis.marks,
        areaY(ends, { x: 'share', y1: 'low', y2: 'high', fill: COLOUR.first, fillOpacity: PALE }),
        line(ends, { x: 'share', y: 'low', ...stroke }),
        line(ends, { x: 'share', y: 'high', ...stroke }),
        ruleX(expected, { x: 'share', stroke: COLOUR.text, strokeDasharray: '1.5 3', strokeWidth: 1.5 }),
        link(expected, { x1: 'share', x2: 'share', y1: 'low', y2: 'high', stroke: COLOUR.text, strokeWidth: 2 }),
        link(expected, { x1: 'from', x2: 'to', y1: 'usd', y2: 'usd', stroke: COLOUR.text, strokeWidth: 2 }),
        dot(expected, { x: 'share', y: 'usd', r: 5, fill: COLOUR.text }),
      ],
    },
    key.drawing(),
  )
}

/** The scenario's own share and cost, both with their ends; none if one is unknown. */
const expectedIn = ({ share, cost }: HitCurve['own']) => {
  if (share === null || cost === null) return []
  const [from, to] = [lowOf(share), highOf(share)]
  const [low, high] = [Number(lowOf(cost)), Number(highOf(cost))]
  return [{ from, to, low, high, share: (from + to) / 2, usd: (low + high) / 2 }]
}

const keyEntries = (
  ends: readonly { readonly low: number; readonly high: number }[],
  expected: string | null,
): KeyEntry[] => [
  { label: 'cost with caching', colour: COLOUR.first, as: 'line' },
  ...(ends.some(({ low, high }) => high > low)
    ? [{ label: 'its range', colour: COLOUR.first, as: 'pale' } as const]
    : []),
  ...(expected === null ? [] : [{ label: `expected ${expected}`, colour: COLOUR.text, as: 'dot' } as const]),
]
