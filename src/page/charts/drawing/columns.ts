import { dot, link, type Markish, rectY, ruleX, ruleY, text } from '@observablehq/plot'
import { COLOUR, drawn, HEAD, linearTicks, thinned, verticalAxis, widthOf } from './frame.ts'
import { type KeyEntry, keyOf, PALE } from './key.ts'

/** A vertical bar of a time, and what is set beside it. */
export interface Column {
  readonly label: string
  readonly low: number | null
  readonly high: number | null
  /** Only the known part of a cost that is higher, so drawn hollow. */
  readonly isLeast?: boolean
  /** Another figure for the same time, such as that of a cluster. */
  readonly beside?: { readonly low: number; readonly high: number } | null
}

interface Look {
  readonly unit: string
  readonly key: readonly KeyEntry[]
  /** A column that is pointed out, and the words above it. */
  readonly mark?: { readonly index: number; readonly label: string } | null
}

const MARGIN = { right: 20, bottom: 34 } as const

/** Columns side by side in order of time. A time without a figure has a question mark. */
export const drawColumns = (
  columns: readonly Column[],
  width: number,
  { unit, key: entries, mark }: Look,
): SVGSVGElement => {
  const key = keyOf(entries, width)
  const bars = columns.map((column, i) => ({ ...column, from: i + 0.14, to: i + 0.86, middle: i + 0.5 }))
  const known = bars.flatMap(({ low, high, ...bar }) => (low === null || high === null ? [] : [{ ...bar, low, high }]))
  const beside = bars.flatMap(({ beside, ...bar }) => (beside ? [{ ...bar, ...beside }] : []))
  const most = Math.max(0, ...known.map(({ high }) => high), ...beside.map(({ high }) => high)) || 1
  const axis = verticalAxis(linearTicks(most, 6), unit)
  const longest = Math.max(...columns.map(({ label }) => widthOf(label)))
  const ticks = thinned(bars, width - axis.marginLeft - MARGIN.right, longest)
  return drawn(
    {
      width,
      height: 260 + key.height,
      marginTop: key.height + HEAD + (mark ? 18 : 0),
      marginLeft: axis.marginLeft,
      marginRight: MARGIN.right,
      marginBottom: MARGIN.bottom,
      x: {
        domain: [0, columns.length],
        label: null,
        ticks: ticks.map(({ middle }) => middle),
        tickFormat: (middle: number) => columns[Math.floor(middle)]?.label ?? '',
      },
      y: { domain: [0, most * 1.04], axis: null },
      marks: [
        ...axis.marks,
        ...knownMarks(known),
        text(
          bars.filter(({ low }) => low === null),
          { ...QUESTION, x: 'middle' },
        ),
        ...besideMarks(beside),
        ruleY([0], { stroke: COLOUR.quiet }),
        ...(mark ? pointed(mark, columns.length) : []),
      ],
    },
    key.drawing(),
  )
}

/** Stands where a figure is unknown. */
const QUESTION = {
  frameAnchor: 'bottom',
  lineAnchor: 'bottom',
  dy: -4,
  text: () => '?',
  fontWeight: 700,
  fill: COLOUR.bad,
} as const

type Known = Column & {
  readonly low: number
  readonly high: number
  readonly from: number
  readonly to: number
  readonly middle: number
}

const knownMarks = (known: readonly Known[]): Markish[] => {
  const solid = known.filter(({ isLeast }) => !isLeast)
  const ranges = known.filter(({ low, high }) => high > low)
  return [
    rectY(solid, { x1: 'from', x2: 'to', y1: 0, y2: 'low', fill: COLOUR.first }),
    rectY(solid, { x1: 'from', x2: 'to', y1: 'low', y2: 'high', fill: COLOUR.first, fillOpacity: PALE }),
    rectY(
      known.filter(({ isLeast }) => isLeast),
      { x1: 'from', x2: 'to', y1: 0, y2: 'low', fill: 'none', stroke: COLOUR.first, strokeDasharray: '3 2' },
    ),
    ruleX(ranges, { x: 'middle', y1: 'low', y2: 'high', stroke: COLOUR.text }),
    ruleY(ranges, { y: 'low', x1: 'from', x2: 'to', stroke: COLOUR.text }),
    ruleY(ranges, { y: 'high', x1: 'from', x2: 'to', stroke: COLOUR.text }),
  ]
}

const besideMarks = (beside: readonly Omit<Known, 'label'>[]): Markish[] => [
  link(beside, { x1: 'middle', x2: 'middle', y1: 'low', y2: 'high', stroke: COLOUR.second, strokeWidth: 2 }),
  dot(
    beside.flatMap(({ middle, low, high }) => [...new Set([low, high])].map(usd => ({ middle, usd }))),
    { x: 'middle', y: 'usd', r: 4, fill: COLOUR.second, stroke: COLOUR.text },
  ),
]

const pointed = ({ index, label }: NonNullable<Look['mark']>, count: number): Markish[] => {
  const isLate = index >= count / 2
  return [
    ruleX([index + 0.5], { stroke: COLOUR.text, strokeDasharray: '1.5 3', strokeWidth: 1.5 }),
    text([label], {
      x: index + 0.5,
      frameAnchor: 'top',
      lineAnchor: 'bottom',
      dy: -28,
      textAnchor: isLate ? 'end' : 'start',
      fontWeight: 600,
    }),
  ]
}
