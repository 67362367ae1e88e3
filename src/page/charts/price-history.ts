import { areaY, line, type Markish, ruleX, text } from '@observablehq/plot'
import {
  HISTORY_METERS,
  type HistoryMeter,
  type HistoryStep,
  type PriceHistory,
} from '../../plan/page/curves/price-history.ts'
import { left, names, right, type Table } from '../../report/blocks/block.ts'
import { formatRate } from '../../report/figures/format.ts'
import type { Chart } from './chart.ts'
import { COLOUR, drawn, logTicks, shortened, verticalAxis } from './drawing/frame.ts'
import { type KeyEntry, keyOf, PALE } from './drawing/key.ts'

const METER: Readonly<Record<HistoryMeter, { readonly label: string; readonly colour: string }>> = {
  output: { label: 'output', colour: COLOUR.third },
  input: { label: 'input', colour: COLOUR.first },
  cache_read: { label: 'cache read', colour: COLOUR.second },
}

const DAY = 86_400_000

/** List rates over time, one panel a model. @param at - the moment that is priced, milliseconds since 1970 */
export const historyOfPrices = (histories: readonly PriceHistory[], at: number): Chart => ({
  title: 'Price history',
  summary: histories.map(history => summaryOf(history, at)).join(' '),
  table: tableOf(histories),
  draw: width => drawHistories(histories, at, width),
})

/** A date, in UTC. @example 2026-11-29 */
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

const summaryOf = ({ model, steps }: PriceHistory, at: number): string => {
  const now = steps.find(({ from, to }) => from <= at && (to === null || at < to))
  const ahead = steps.filter(({ isAhead }) => isAhead)
  const changes = steps.filter(step => !step.isAhead).length - 1
  const past = changes > 0 ? `, after ${changes} earlier ${changes === 1 ? 'price' : 'prices'}` : ''
  const future = ahead.map(step => `; from ${dateOf(step.from)} on ${ratesInWords(step)}`).join('')
  return now
    ? `${model}: ${ratesInWords(now)} since ${dateOf(now.from)}${past}${future}.`
    : `${model} has no price on ${dateOf(at)}${future}.`
}

const ratesInWords = ({ rates, atMost }: HistoryStep): string =>
  HISTORY_METERS.map(meter => `${rateInWords(rates[meter], atMost[meter])} ${METER[meter].label}`).join(', ')

const rateInWords = (rate: HistoryStep['rates']['input'], most: string | null): string => {
  if (rate === null) return 'unknown'
  if (rate === 'not_offered') return 'no'
  return most === null || most === rate ? formatRate(rate) : `${formatRate(rate)} to ${formatRate(most)}`
}

const tableOf = (histories: readonly PriceHistory[]): Table => ({
  kind: 'table',
  title: 'USD per 1M tokens; where a price has hours, from the lowest to the highest',
  columns: [
    { ...names('model'), once: true },
    left('from'),
    left('until'),
    ...HISTORY_METERS.map(meter => right(METER[meter].label)),
    left('source'),
  ],
  rows: histories.flatMap(({ model, steps }) =>
    steps.map(step => [
      model,
      `${dateOf(step.from)}${step.isAhead ? ', announced' : ''}`,
      step.to === null ? '' : dateOf(step.to),
      ...HISTORY_METERS.map(meter => {
        const words = rateInWords(step.rates[meter], step.atMost[meter])
        return words === 'no' ? 'not offered' : words
      }),
      step.source,
    ]),
  ),
})

const PANEL = 150
const MARGIN = { right: 78, bottom: 34 } as const
const HEAD = 36

interface Segment {
  readonly meter: HistoryMeter
  readonly model: string
  readonly from: Date
  readonly to: Date
  readonly usd: number
  readonly most: number
  readonly isAhead: boolean
}

const drawHistories = (histories: readonly PriceHistory[], at: number, width: number): SVGSVGElement => {
  const starts = histories.flatMap(({ steps }) => steps.map(({ from }) => from))
  const first = Math.min(at - 30 * DAY, ...starts)
  const newest = Math.max(at, ...starts)
  const last = newest + Math.max(14 * DAY, (newest - first) * 0.08)
  const segments = histories.flatMap(history => segmentsOf(history, last))
  const prices = segments.flatMap(({ usd, most }) => [usd, most])
  const [low, high] = [Math.min(...prices, 1) * 0.7, Math.max(...prices, 1) * 1.4]
  const axis = verticalAxis(logTicks(low, high, 6), null)
  const panel = { height: PANEL, low, high }
  const key = keyOf(keyEntries(segments), width)
  return drawn(
    {
      width,
      height: key.height + histories.length * (PANEL + HEAD) + MARGIN.bottom,
      marginTop: key.height + HEAD,
      marginLeft: axis.marginLeft,
      marginRight: MARGIN.right,
      marginBottom: MARGIN.bottom,
      x: {
        type: 'utc',
        domain: [new Date(first), new Date(last)],
        label: null,
        ticks: Math.max(2, Math.floor((width - 134) / 85)),
      },
      y: { type: 'log', domain: [low, high], axis: null },
      fy: { domain: histories.map(({ model }) => model), axis: null, padding: HEAD / (PANEL + HEAD), round: false },
      marks: [
        ...axis.marks,
        text(histories, {
          fy: 'model',
          frameAnchor: 'top-left',
          textAnchor: 'start',
          lineAnchor: 'bottom',
          dx: -axis.marginLeft,
          dy: -10,
          fontWeight: 600,
          text: ({ model }) => `${shortened(model, width - 150)}, USD per 1M`,
        }),
        ruleX([new Date(at)], { stroke: COLOUR.text, strokeDasharray: '1.5 3', strokeWidth: 1.5 }),
        ...segmentMarks(segments),
        ...endLabels(histories, segments, panel),
      ],
    },
    key.drawing(),
  )
}

const keyEntries = (segments: readonly Segment[]): KeyEntry[] => {
  const some = (test: (segment: Segment) => boolean, entry: KeyEntry): KeyEntry[] =>
    segments.some(test) ? [entry] : []
  return [
    ...HISTORY_METERS.map((meter): KeyEntry => ({ ...METER[meter], as: 'line' })),
    ...some(({ usd, most }) => most > usd, { label: 'up to peak hours', colour: COLOUR.quiet, as: 'pale' }),
    ...some(({ isAhead }) => isAhead, { label: 'announced', colour: COLOUR.text, as: 'dashed' }),
    { label: 'priced on', colour: COLOUR.text, as: 'dotted' },
  ]
}

/** A rate of 0 or one that is unknown has no place on a logarithmic axis: a gap. */
const segmentsOf = ({ model, steps }: PriceHistory, last: number): Segment[] =>
  HISTORY_METERS.flatMap(meter =>
    steps.flatMap(({ rates, atMost, from, to, isAhead }): Segment[] => {
      const rate = rates[meter]
      if (rate === null || rate === 'not_offered' || Number(rate) === 0) return []
      const usd = Number(rate)
      const most = Number(atMost[meter] ?? rate)
      return [{ meter, model, from: new Date(from), to: new Date(Math.min(to ?? last, last)), usd, most, isAhead }]
    }),
  )

/** Each rate as a level line with a riser to the next, and up to that of the dearest hours as a band. */
const segmentMarks = (segments: readonly Segment[]): Markish[] =>
  segments.flatMap((segment, i) => {
    const { meter, model, from, to, usd, most, isAhead } = segment
    const next = segments[i + 1]
    const rises = next && next.meter === meter && next.model === model && next.from.getTime() === to.getTime()
    const points = [{ at: from, usd }, { at: to, usd }, ...(rises ? [{ at: to, usd: next.usd }] : [])]
    const { colour } = METER[meter]
    return [
      ...(most > usd
        ? [
            areaY([from, to], {
              fy: () => model,
              x: at => at,
              y1: () => usd,
              y2: () => most,
              fill: colour,
              fillOpacity: PALE / 2,
            }),
            line([from, to], { fy: () => model, x: at => at, y: () => most, stroke: colour, strokeWidth: 1 }),
          ]
        : []),
      line(points, {
        fy: () => model,
        x: 'at',
        y: 'usd',
        stroke: colour,
        strokeWidth: 2,
        ...(isAhead ? { strokeDasharray: '5 3' } : {}),
      }),
    ]
  })

/** The last rate of each meter at the right edge, kept apart from each other. */
const endLabels = (
  histories: readonly PriceHistory[],
  segments: readonly Segment[],
  { height, low, high }: { readonly height: number; readonly low: number; readonly high: number },
): Markish[] => {
  const place = (usd: number): number => (1 - Math.log(usd / low) / Math.log(high / low)) * height
  return histories.flatMap(({ model }) => {
    const ends = HISTORY_METERS.flatMap(
      meter => segments.findLast(one => one.model === model && one.meter === meter) ?? [],
    )
    let above = Number.NEGATIVE_INFINITY
    return ends
      .toSorted((a, b) => b.usd - a.usd)
      .map(({ meter, usd }) => {
        const at = Math.max(place(usd), above + 14)
        above = at
        return text([usd], {
          fy: () => model,
          y: one => one,
          frameAnchor: 'right',
          textAnchor: 'start',
          dx: 6,
          dy: at - place(usd),
          text: () => METER[meter].label,
          fill: COLOUR.text,
        })
      })
  })
}
