import { axisX, axisY, type Markish, rect, text } from '@observablehq/plot'
import type { Exact } from '../../model/number/money.ts'
import { sum, ZERO } from '../../model/number/money.ts'
import { agree } from '../../model/plural.ts'
import type { Peaks, Week } from '../../plan/page/curves/week.ts'
import { left, right, type Table } from '../../report/blocks/block.ts'
import { formatShare } from '../../report/figures/format.ts'
import type { Chart } from './chart.ts'
import { COLOUR, drawn, shortened, widthOf } from './drawing/frame.ts'
import { type KeyEntry, keyOf } from './drawing/key.ts'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const HOURS = 24

/** When requests come in and which hours are dear; `null`: a run, which has no clock. */
export const weekByHour = (week: Week | null): Chart => ({
  title: 'The week by hour',
  summary: week
    ? summaryOf(week)
    : 'The workload is a run and has no clock: it costs what its prices are when it runs.',
  table: week ? tableOf(week) : { kind: 'table', columns: [left('day')], rows: [] },
  draw: width => (week ? drawWeek(week, width) : noClock(width)),
})

const share = (of: Exact): string => formatShare(of.toNumber())

const summaryOf = ({ timezone, shares, peaks, without }: Week): string => {
  const most = shares.reduce((a, b) => (b.gt(a) ? b : a), ZERO)
  const busiest = `The busiest hours (${timezone}) have ${share(most)} of the week's requests each`
  const peak = peaks.map(one => `${share(one.share)} of the requests to ${one.model} come in its ${one.name} hours`)
  const flat =
    without.length > 0
      ? `${without.length === 1 ? 'the price' : 'the prices'} of ${without.join(', ')} ${agree(without.length, 'is', 'are')} the same at all hours`
      : ''
  return `${[busiest, ...peak, flat].filter(Boolean).join('; ')}.`
}

/** By day: its share of the requests, its busiest hour, and of each model the peak hours with their share. */
const tableOf = ({ shares, peaks }: Week): Table => ({
  kind: 'table',
  columns: [
    left('day'),
    right('of the requests'),
    right('in the busiest hour'),
    ...peaks.map(({ model, name }) => left(`${name} hours of ${model}`)),
  ],
  rows: DAYS.map((day, i) => {
    const hours = shares.slice(i * HOURS, (i + 1) * HOURS)
    return [
      day,
      share(sum(hours)),
      share(hours.reduce((a, b) => (b.gt(a) ? b : a), ZERO)),
      ...peaks.map(peak => hoursInWords(peak, i)),
    ]
  }),
})

/** @example 09:00-12:00, 14:00-18:00; an hour that lies in them only in part is told with its part */
const hoursInWords = ({ fractions }: Peaks, day: number): string => {
  const spans: { from: number; to: number; part: number }[] = []
  fractions.slice(day * HOURS, (day + 1) * HOURS).forEach((fraction, hour) => {
    const part = fraction.toNumber()
    const last = spans.at(-1)
    if (last && last.to === hour && last.part === part) last.to = hour + 1
    else if (part > 0) spans.push({ from: hour, to: hour + 1, part })
  })
  const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`
  return spans
    .map(({ from, to, part }) => `${clock(from)}-${clock(to)}${part < 1 ? ` (${formatShare(part)} of it)` : ''}`)
    .join(', ')
}

const MARGIN = { left: 36, right: 12, bottom: 38 } as const
const CELL = 26
const STRIPE = 4

const noClock = (width: number): SVGSVGElement =>
  drawn({ width, height: 40, margin: 0, marks: [text(['no clock'], { frameAnchor: 'middle' })] })

const drawWeek = (week: Week, width: number): SVGSVGElement => {
  const { peaks, shares, timezone } = week
  const key = keyOf(keyEntries(peaks, width), width)
  const cell = CELL + peaks.length * (STRIPE + 1)
  const most = Math.max(...shares.map(one => one.toNumber()))
  const cells = shares.map((one, i) => ({ ...placeOf(i), strength: one.toNumber() / most }))
  const middles = DAYS.map((_, day) => day + 0.5)
  return drawn(
    {
      width,
      height: key.height + 8 + cell * DAYS.length + MARGIN.bottom,
      marginTop: key.height + 8,
      marginLeft: MARGIN.left,
      marginRight: MARGIN.right,
      marginBottom: MARGIN.bottom,
      x: { domain: [0, HOURS], label: null },
      y: { domain: [DAYS.length, 0], label: null },
      marks: [
        axisX(
          [0, 3, 6, 9, 12, 15, 18, 21, 24].filter(hour => width > 420 || hour % 6 === 0),
          {
            label: `hour, ${timezone}`,
            labelAnchor: 'center',
            labelArrow: false,
            tickFormat: (hour: number) => String(hour),
          },
        ),
        axisY(middles, { label: null, tickSize: 0, tickFormat: (middle: number) => DAYS[Math.floor(middle)] ?? '' }),
        rect(cells, {
          x1: 'x',
          x2: 'x2',
          y1: 'y',
          y2: 'y2',
          inset: 0.75,
          fill: 'none',
          stroke: COLOUR.quiet,
          strokeOpacity: 0.5,
        }),
        rect(cells, { x1: 'x', x2: 'x2', y1: 'y', y2: 'y2', inset: 0.75, fill: COLOUR.first, fillOpacity: 'strength' }),
        ...peaks.flatMap((peak, i) => stripe(peak, i, cell)),
      ],
      opacity: { type: 'identity' },
    },
    key.drawing(),
  )
}

const placeOf = (hour: number) => {
  const [x, y] = [hour % HOURS, Math.floor(hour / HOURS)]
  return { x, x2: x + 1, y, y2: y + 1 }
}

const STRIPES = [COLOUR.second, COLOUR.third, COLOUR.fourth, COLOUR.fifth] as const

/** The part of each hour that is peak, as a stripe at the foot of its cell. */
const stripe = ({ fractions }: Peaks, index: number, cell: number): Markish[] => {
  const bottom = 1 - (index * (STRIPE + 1) + 2) / cell
  const parts = fractions.flatMap((fraction, hour) => {
    const { x, y } = placeOf(hour)
    const part = fraction.toNumber()
    return part === 0 ? [] : [{ x, x2: x + part, y: y + bottom - STRIPE / cell, y2: y + bottom }]
  })
  return [rect(parts, { x1: 'x', x2: 'x2', y1: 'y', y2: 'y2', fill: STRIPES[index % STRIPES.length] ?? COLOUR.second })]
}

const keyEntries = (peaks: readonly Peaks[], width: number): KeyEntry[] => [
  { label: 'stronger: more requests', colour: COLOUR.first, as: 'pale' },
  ...peaks.map(({ model, name }, i): KeyEntry => {
    const which = peaks.length > 1 ? `${i + 1} from below: ` : ''
    return {
      label: `${which}${shortened(model, width - 70 - widthOf(which + name))}, ${name}`,
      colour: STRIPES[i % STRIPES.length] ?? COLOUR.second,
      as: 'line',
    }
  }),
]
