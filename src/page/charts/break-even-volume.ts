import { areaY, line, type Markish, ruleX } from '@observablehq/plot'
import { exact } from '../../model/number/money.ts'
import type { Range } from '../../model/number/range.ts'
import { plural } from '../../model/plural.ts'
import { viewLabel } from '../../model/views.ts'
import type { VolumeCurve, VolumePoint } from '../../plan/page/curves/volume-curve.ts'
import { left, right, type Table } from '../../report/blocks/block.ts'
import { formatCount, formatShare, formatTokens, formatUsd, spanned } from '../../report/figures/format.ts'
import { both } from '../../report/fleet/both-ends.ts'
import type { Chart } from './chart.ts'
import { COLOUR, drawn, HEAD, linearTicks, ticksFor, tokensTick, verticalAxis } from './drawing/frame.ts'
import { type KeyEntry, keyOf, PALE } from './drawing/key.ts'
import { type Zone, zonesOn } from './drawing/zones.ts'

/** USD a month over volume: the API's line against the staircase of whole nodes. */
export const breakEvenOverVolume = (curve: VolumeCurve): Chart => ({
  title: 'Break-even over volume, in whole nodes',
  summary: summaryOf(curve),
  table: tableOf(curve),
  draw: width => drawVolumes(curve, width),
})

type Stairs = VolumeCurve['staircase']['low']

const summaryOf = ({ staircase: { low, high }, demandPerDay, meanAtMost }: VolumeCurve): string => {
  const today = demandPerDay === null ? '' : ` This workload has ${formatTokens(demandPerDay.toFixed())} tokens a day.`
  const [best, worst] = [winsInWords(low, meanAtMost), winsInWords(high, meanAtMost)]
  if (best === worst) return `Self-hosting ${best}.${today}`
  return `At best, self-hosting ${best}; at worst, it ${worst}.${today}`
}

const winsInWords = ({ kind, neverKind, first, always }: Stairs, meanAtMost: number): string => {
  if (kind === 'never' || !first) return `never wins, at any volume: ${neverBecause(neverKind, meanAtMost)}`
  const from = `${formatTokens(first.tokensPerDay.toFixed())} tokens a day (${plural(formatCount(first.nodes), 'node')})`
  if (!always) return `first wins from ${from}`
  const later = formatTokens(always.tokensPerDay.toFixed())
  return always.tokensPerDay.eq(first.tokensPerDay)
    ? `wins from ${from}`
    : `first wins from ${from}, and always from ${later}`
}

/** Why more volume does not help: it needs more nodes, and even full ones cost more than the API. */
const neverBecause = (kind: Stairs['neverKind'], meanAtMost: number): string =>
  kind === 'below_variable'
    ? "the API costs less per token than the cluster's variable cost alone"
    : `more volume needs more nodes, and a node used to ${formatShare(meanAtMost)}, the most that its busiest hour leaves, costs more than the API for the same tokens`

/** About a dozen volumes: the last one of each step. */
const tableOf = ({ points, view }: VolumeCurve): Table => {
  const steps = points.filter((point, i) => {
    const next = points[i + 1]
    return (
      next === undefined ||
      next.owned.low.nodes !== point.owned.low.nodes ||
      next.owned.high.nodes !== point.owned.high.nodes
    )
  })
  const every = Math.ceil(steps.length / 12)
  const usd = (span: Range<VolumePoint['hosted']['low']>): string =>
    spanned({ low: span.low.toFixed(), high: span.high.toFixed() }, one => formatUsd(one, 0))
  return {
    kind: 'table',
    columns: [
      right('tokens a day'),
      right('nodes'),
      right('self-hosted a month'),
      right(`${viewLabel(view)} a month`),
      left('cheaper'),
    ],
    rows: steps
      .filter((_, i) => (steps.length - 1 - i) % every === 0)
      .map(point => [
        formatTokens(point.tokensPerDay.toFixed()),
        both(formatCount(point.owned.low.nodes), formatCount(point.owned.high.nodes)),
        usd({ low: point.owned.low.usd, high: point.owned.high.usd }),
        usd(point.hosted),
        cheaperOf(point),
      ]),
  }
}

/** Which is cheaper at a volume, whatever the ranges turn out to be. */
const cheaperOf = ({ owned, hosted }: VolumePoint): string => {
  if (owned.high.usd.lte(hosted.low)) return 'self-hosted'
  return owned.low.usd.gt(hosted.high) ? 'API' : 'it depends'
}

const MARGIN = { right: 22, bottom: 42 } as const

const drawVolumes = (curve: VolumeCurve, width: number): SVGSVGElement => {
  const points = curve.points.map(({ tokensPerDay, hosted, owned }) => ({
    tokens: tokensPerDay.toNumber(),
    hostedLow: hosted.low.toNumber(),
    hostedHigh: hosted.high.toNumber(),
    ownLow: owned.low.usd.toNumber(),
    ownHigh: owned.high.usd.toNumber(),
  }))
  const last = points.at(-1)?.tokens ?? 1
  const most = Math.max(...points.flatMap(({ hostedHigh, ownHigh }) => [hostedHigh, ownHigh]))
  const axis = verticalAxis(linearTicks(most, 6), 'USD a month')
  const zones = zonesOn(zonesOf(curve, last), (width - axis.marginLeft - MARGIN.right) / last)
  const key = keyOf([...keyEntries(curve), ...zones.key], width)
  return drawn(
    {
      width,
      height: 300 + key.height,
      marginTop: key.height + HEAD,
      marginLeft: axis.marginLeft,
      marginRight: MARGIN.right,
      marginBottom: MARGIN.bottom,
      x: {
        domain: [0, last],
        label: 'tokens a day',
        labelAnchor: 'center',
        labelArrow: false,
        ticks: ticksFor(width - axis.marginLeft, 50),
        tickFormat: tokensTick,
      },
      // Room above the lines for the labels of zones.
      y: { domain: [0, most * 1.15], axis: null },
      marks: [
        ...zones.marks,
        ...axis.marks,
        ...billMarks(points),
        ruleX(
          [curve.demandPerDay].flatMap(demand => demand?.toNumber() ?? []),
          { y2: most * 1.04, stroke: COLOUR.text, strokeDasharray: '1.5 3', strokeWidth: 1.5 },
        ),
      ],
    },
    key.drawing(),
  )
}

/** Both bills in USD a month, as floats. */
interface Bills {
  readonly tokens: number
  readonly hostedLow: number
  readonly hostedHigh: number
  readonly ownLow: number
  readonly ownHigh: number
}

const billMarks = (points: readonly Bills[]): Markish[] => {
  const hosted = { x: 'tokens', stroke: COLOUR.second, strokeWidth: 2, strokeDasharray: '6 4' } as const
  const own = { x: 'tokens', stroke: COLOUR.first, strokeWidth: 2 } as const
  return [
    areaY(points, { x: 'tokens', y1: 'hostedLow', y2: 'hostedHigh', fill: COLOUR.second, fillOpacity: PALE }),
    line(points, { ...hosted, y: 'hostedLow' }),
    line(points, { ...hosted, y: 'hostedHigh' }),
    areaY(points, { x: 'tokens', y1: 'ownLow', y2: 'ownHigh', fill: COLOUR.first, fillOpacity: PALE }),
    line(points, { ...own, y: 'ownLow' }),
    line(points, { ...own, y: 'ownHigh' }),
  ]
}

/** Where the API wins in any case, where either may, and where self-hosting always does. */
const zonesOf = ({ staircase: { low, high } }: VolumeCurve, last: number): Zone[] => {
  const first = Math.min(last, low.first?.tokensPerDay.toNumber() ?? last)
  const always = Math.min(last, high.always?.tokensPerDay.toNumber() ?? last)
  return [
    {
      from: 0,
      to: first,
      label: low.first ? 'API cheaper' : 'never: API cheaper',
      colour: low.first ? COLOUR.second : COLOUR.bad,
    },
    { from: first, to: always, label: 'mixed', colour: COLOUR.quiet },
    { from: always, to: last, label: 'self-hosting cheaper', colour: COLOUR.first },
  ].filter(({ from, to }) => to > from)
}

const keyEntries = ({ view, demandPerDay }: VolumeCurve): KeyEntry[] => [
  { label: 'self-hosted, whole nodes', colour: COLOUR.first, as: 'line' },
  { label: `API (${viewLabel(view)})`, colour: COLOUR.second, as: 'dashed' },
  ...(demandPerDay === null
    ? []
    : [
        {
          label: `today ${formatTokens(exact(demandPerDay).toFixed())}`,
          colour: COLOUR.text,
          as: 'dotted',
        } as const,
      ]),
]
