import { areaY, dot, line, link, type Markish, rect, ruleX } from '@observablehq/plot'
import { highOf, lowOf, type Printed } from '../../model/number/range.ts'
import type { Result } from '../../model/result/result.ts'
import type { BreakEvenEnd, BreakEvenFound, SelfHosted } from '../../model/result/self-hosted.ts'
import { type View, viewLabel } from '../../model/views.ts'
import { useSpan } from '../../report/figures/format.ts'
import { aDay } from '../../report/fleet/both-ends.ts'
import { curveTable } from '../../report/fleet/break-even-in-words.ts'
import { meanAtMost } from '../../report/fleet/standing.ts'
import { FURTHEST, useSummary, usesOnChart } from './break-even-words.ts'
import type { Chart } from './chart.ts'
import { COLOUR, drawn, HEAD, linearTicks, logTicks, shareTick, thinned, verticalAxis } from './drawing/frame.ts'
import { type KeyEntry, keyOf, PALE } from './drawing/key.ts'
import { type Zone, zonesOn } from './drawing/zones.ts'

/** USD per 1M tokens over utilisation: the cluster's curve against the price of the API; `null` without a curve. */
export const breakEvenOverUse = ({ scenarios, breakeven }: Result): Chart | null => {
  const [scenario] = scenarios
  if (!breakeven || !scenario?.self_host) return null
  const self = scenario.self_host
  return {
    title: 'Break-even over utilisation',
    summary: useSummary(scenario, self, breakeven),
    table: curveTable(breakeven, aDay(scenario)),
    draw: width => drawCurve(breakeven, self, width),
  }
}

/** Both prices at one utilisation; for the eye only, so in floats. */
interface Point {
  readonly use: number
  readonly ownLow: number
  readonly ownHigh: number
  readonly hostedLow: number
  readonly hostedHigh: number
}

/** Drawn at every per cent: between two points of the curve, a cost is linear in 1/utilisation. */
const pointsOf = ({ points }: BreakEvenFound, end: number): Point[] => {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return []
  const between = (use: number, key: 'self_hosted_usd_per_1m', at: typeof lowOf): number => {
    const inverse = (1 / use - 1 / last.utilisation) / (1 / first.utilisation - 1 / last.utilisation)
    const [from, to] = [Number(at(last[key])), Number(at(first[key]))]
    return from + inverse * (to - from)
  }
  const from = first.utilisation
  return Array.from({ length: Math.round((end - from) * 100) + 1 }, (_, i) => {
    const use = from + i / 100
    return {
      use,
      ownLow: between(use, 'self_hosted_usd_per_1m', lowOf),
      ownHigh: between(use, 'self_hosted_usd_per_1m', highOf),
      hostedLow: Number(lowOf(first.hosted_usd_per_1m)),
      hostedHigh: Number(highOf(first.hosted_usd_per_1m)),
    }
  })
}

const HEIGHT = 310
const MARGIN = { right: 22, bottom: 42 } as const
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8] as const

const drawCurve = (found: BreakEvenFound, self: SelfHosted, width: number): SVGSVGElement => {
  const ends = self.break_even[found.view]
  const uses = [ends?.low, ends?.high].flatMap(one => one?.utilisation ?? [])
  const beyond = uses.filter(use => use > 1 && use <= FURTHEST)
  const last = beyond.length > 0 ? Math.max(...beyond) * 1.08 : 1
  const points = pointsOf(found, last)
  const scale = scaleFor(points)
  const axis = verticalAxis(scale.ticks, 'USD per 1M tokens')
  const zones = zonesOn(zonesOf(self, found.view, last), (width - axis.marginLeft - MARGIN.right) / last)
  const key = keyOf([...keyEntries(found, self), ...zones.key], width)
  return drawn(
    {
      width,
      height: HEIGHT + key.height,
      marginTop: key.height + HEAD,
      marginLeft: axis.marginLeft,
      marginRight: MARGIN.right,
      marginBottom: MARGIN.bottom,
      x: {
        domain: [0, last],
        label: 'utilisation: share of what the cluster can do',
        labelAnchor: 'center',
        labelArrow: false,
        ticks: thinned(
          TICKS.filter(tick => tick <= last),
          width - axis.marginLeft,
          28,
        ),
        tickFormat: shareTick,
      },
      y: { type: scale.type, domain: scale.domain, axis: null },
      marks: [
        ...zones.marks,
        ...axis.marks,
        ...curveMarks(points),
        ...breakEvenMarks([ends?.low, ends?.high], points),
        ...ownUse(self.utilisation, scale.span),
      ],
    },
    key.drawing(),
  )
}

/** Logarithmic, unless a price of 0 has no place on it; with room above for the labels of zones: `span` is without it. */
const scaleFor = (points: readonly Point[]) => {
  const prices = points.flatMap(({ ownLow, ownHigh, hostedLow, hostedHigh }) => [
    ownLow,
    ownHigh,
    hostedLow,
    hostedHigh,
  ])
  const [least, most] = [Math.min(...prices), Math.max(...prices)]
  if (least <= 0)
    return { type: 'linear', domain: [0, most * 1.2], span: [0, most], ticks: linearTicks(most, 6) } as const
  const [low, high] = [least * 0.8, most * 1.8]
  return { type: 'log', domain: [low, high], span: [low, most], ticks: logTicks(low, high, 10) } as const
}

/** The utilisation from which self-hosting wins: 0 if it always does, without end if it never does. */
const winsFrom = ({ kind, utilisation }: BreakEvenEnd): number =>
  kind === 'always' ? 0 : (utilisation ?? Number.POSITIVE_INFINITY)

/** Who is cheaper whatever the ranges turn out to be, what the traffic's peak leaves out of reach, and what never is. */
const zonesOf = (self: SelfHosted, view: View, last: number): Zone[] => {
  const found = self.break_even[view]
  if (!found) return []
  const reach = Math.min(1, meanAtMost(self))
  const [best, worst] = [winsFrom(found.low), winsFrom(found.high)]
  const zones: Zone[] = [
    best > 1
      ? { from: 0, to: reach, label: 'never: API cheaper', colour: COLOUR.bad }
      : { from: 0, to: Math.min(best, reach), label: 'API cheaper', colour: COLOUR.second },
    { from: worst, to: reach, label: 'self-hosting cheaper', colour: COLOUR.first },
    { from: reach, to: 1, label: 'out of reach', colour: COLOUR.quiet },
    { from: 1, to: last, label: 'never', colour: COLOUR.bad },
  ]
  return zones.filter(({ from, to }) => to > from)
}

const curveMarks = (points: readonly Point[]): Markish[] => [
  areaY(points, { x: 'use', y1: 'hostedLow', y2: 'hostedHigh', fill: COLOUR.second, fillOpacity: PALE }),
  line(points, { x: 'use', y: 'hostedLow', stroke: COLOUR.second, strokeWidth: 2, strokeDasharray: '6 4' }),
  line(points, { x: 'use', y: 'hostedHigh', stroke: COLOUR.second, strokeWidth: 2, strokeDasharray: '6 4' }),
  areaY(points, { x: 'use', y1: 'ownLow', y2: 'ownHigh', fill: COLOUR.first, fillOpacity: PALE }),
  line(points, { x: 'use', y: 'ownLow', stroke: COLOUR.first, strokeWidth: 2 }),
  line(points, { x: 'use', y: 'ownHigh', stroke: COLOUR.first, strokeWidth: 2 }),
]

/** Both ends of break-even on the API's price, joined. The best case meets its highest price. */
const breakEvenMarks = (ends: readonly (BreakEvenEnd | undefined)[], points: readonly Point[]): Markish[] => {
  const [first, last] = [points[0], points.at(-1)]
  const prices = [first?.hostedHigh, first?.hostedLow]
  const met = ends.flatMap((end, i) => {
    const [use, price] = [end?.utilisation, prices[i]]
    return use == null || price === undefined || !last || use > last.use ? [] : [{ use, price }]
  })
  const [a, b] = met
  return [
    ...(a && b
      ? [link([{}], { x1: [a.use], y1: [a.price], x2: [b.use], y2: [b.price], stroke: COLOUR.text, strokeWidth: 2 })]
      : []),
    dot(met, { x: 'use', y: 'price', r: 5, fill: COLOUR.text, stroke: COLOUR.text }),
  ]
}

/** The scenario's own utilisation, with both ends. */
const ownUse = (use: Printed<number> | null, [bottom, top]: readonly [number, number]): Markish[] => {
  if (use === null) return []
  const all = [...new Set([lowOf(use), highOf(use)])]
  return [
    ...(all.length > 1
      ? [
          rect([{}], {
            x1: [lowOf(use)],
            x2: [highOf(use)],
            y1: [bottom],
            y2: [top],
            fill: COLOUR.text,
            fillOpacity: 0.15,
          }),
        ]
      : []),
    ruleX(all, { y1: bottom, y2: top, stroke: COLOUR.text, strokeDasharray: '1.5 3', strokeWidth: 1.5 }),
  ]
}

const keyEntries = (found: BreakEvenFound, self: SelfHosted): KeyEntry[] => {
  const ends = self.break_even[found.view]
  const [low, high] = [ends?.low.utilisation ?? null, ends?.high.utilisation ?? null]
  const isDrawn = usesOnChart(self, found.view).some(one => one !== null)
  const { utilisation: use } = self
  return [
    { label: 'self-hosted', colour: COLOUR.first, as: 'line' },
    { label: `API (${viewLabel(found.view)})`, colour: COLOUR.second, as: 'dashed' },
    ...(!isDrawn
      ? []
      : [
          {
            label: `break-even at ${useSpan(low ?? high ?? 0, high ?? low ?? 0)}`,
            colour: COLOUR.text,
            as: 'dot',
          } as const,
        ]),
    ...(use === null
      ? []
      : [{ label: `today ${useSpan(lowOf(use), highOf(use))}`, colour: COLOUR.text, as: 'dotted' } as const]),
  ]
}
