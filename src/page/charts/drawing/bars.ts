import { type Markish, rectX, ruleX, ruleY, text } from '@observablehq/plot'
import { COLOUR, drawn, linearTicks, shortened, ticksFor, usdTick, widthOf } from './frame.ts'
import { PALE } from './key.ts'

/** A horizontal bar with its text above it. */
export interface Bar {
  readonly name: string
  /** Behind the name: why it stands out. */
  readonly tag: string | null
  /** As printed. */
  readonly figure: string
  readonly low: number
  readonly high: number
  readonly colour: string
  /** Only a bound, so drawn hollow. */
  readonly isBound?: boolean
}

interface Axis {
  readonly label: string
  readonly most?: number
  readonly tick?: (value: number) => string
}

/** How much wider bold characters are. */
const BOLD = 1.14

const ROW = 42
/** A row whose figure stands below its name. */
const TALL_ROW = 58
const SIDE = { left: 10, right: 22 } as const

/** Horizontal bars from the top down; each name and figure stands above its bar, so that they fit any width. */
export const drawBars = (bars: readonly Bar[], width: number, axis: Axis): SVGSVGElement => {
  const { label, most = Math.max(...bars.map(({ high }) => high), 0) || 1, tick = usdTick } = axis
  const isTall = bars.some(bar => BOLD * widthOf(titleOf(bar)) + widthOf(bar.figure) + 16 > width)
  const row = isTall ? TALL_ROW : ROW
  const up = isTall ? 34 / TALL_ROW : 18 / ROW
  const rows = bars.map((bar, i) => ({ ...bar, top: i + up, bottom: i + up + 16 / row, middle: i + up + 8 / row, i }))
  const room = (bar: Bar): number => (isTall ? width : width - widthOf(bar.figure) - 16) / BOLD - widthOf(tagOf(bar))
  return drawn({
    width,
    height: bars.length * row + 44,
    marginTop: 4,
    marginBottom: 40,
    marginLeft: SIDE.left,
    marginRight: SIDE.right,
    x: {
      domain: [0, most],
      label,
      ticks: ticksOf(width, most, tick),
      tickFormat: tick,
      labelAnchor: 'center',
      labelArrow: false,
    },
    y: { domain: [bars.length, 0], axis: null },
    marks: [
      ...barMarks(rows),
      text(rows, {
        y: 'top',
        dy: isTall ? -25 : -9,
        dx: -SIDE.left,
        frameAnchor: 'left',
        textAnchor: 'start',
        text: bar => `${shortened(bar.name, room(bar))}${tagOf(bar)}`,
        fontWeight: 600,
      }),
      text(rows, {
        y: 'top',
        dy: -9,
        dx: isTall ? -SIDE.left : SIDE.right,
        frameAnchor: isTall ? 'left' : 'right',
        textAnchor: isTall ? 'start' : 'end',
        text: 'figure',
      }),
    ],
  })
}

type Row = Bar & { readonly top: number; readonly bottom: number; readonly middle: number }

/** Solid up to the low end, pale up to the high end, with whiskers; hollow if it is only a bound. */
const barMarks = (rows: readonly Row[]): Markish[] => {
  const solid = rows.filter(({ isBound }) => !isBound)
  const bounds = rows.filter(({ isBound }) => isBound)
  const ranges = rows.filter(({ low, high }) => high > low)
  const across = { y1: 'top', y2: 'bottom' } as const
  return [
    ruleX(rows, { ...across, x: 0, stroke: COLOUR.text }),
    rectX(solid, { ...across, x1: 0, x2: 'low', fill: 'colour' }),
    rectX(solid, { ...across, x1: 'low', x2: 'high', fill: 'colour', fillOpacity: PALE }),
    rectX(bounds, { ...across, x1: 0, x2: 'high', fill: 'none', stroke: 'colour', strokeDasharray: '3 2' }),
    ruleY(ranges, { x1: 'low', x2: 'high', y: 'middle', stroke: COLOUR.text }),
    ruleX(ranges, { ...across, x: 'low', stroke: COLOUR.text }),
    ruleX(ranges, { ...across, x: 'high', stroke: COLOUR.text }),
  ]
}

/** Without a last one whose label would be cut. */
const ticksOf = (width: number, most: number, tick: (value: number) => string): number[] => {
  const inner = width - SIDE.left - SIDE.right
  const ticks = linearTicks(most, ticksFor(width, widthOf(tick(most))))
  return ticks.filter(one => (one / most) * inner + widthOf(tick(one)) / 2 <= inner + SIDE.right)
}

const tagOf = ({ tag }: Bar): string => (tag === null ? '' : ` · ${tag}`)
const titleOf = (bar: Bar): string => bar.name + tagOf(bar)
