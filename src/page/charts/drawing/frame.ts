import { gridY, type Markish, type PlotOptions, plot, text } from '@observablehq/plot'
import { exact } from '../../../model/number/money.ts'
import { formatShare, formatTokens, formatUsd } from '../../../report/figures/format.ts'

/** What all drawings share: text size, colours, ticks, and how long a text is. */

export const COLOUR = {
  first: 'var(--chart-1)',
  second: 'var(--chart-2)',
  third: 'var(--chart-3)',
  fourth: 'var(--chart-4)',
  fifth: 'var(--chart-5)',
  quiet: 'var(--chart-quiet)',
  bad: 'var(--chart-bad)',
  text: 'currentColor',
} as const

export const TEXT_SIZE = 12

/** A drawing as one SVG element, with its key above it. */
export const drawn = (options: PlotOptions & { readonly width: number }, key?: SVGElement): SVGSVGElement => {
  const svg = plot({ className: 'plot', ...options }) as SVGSVGElement
  svg.setAttribute('font-size', String(TEXT_SIZE))
  if (key) svg.append(key)
  return svg
}

/** Mean width of a character of 12 px, on the safe side. */
const CHARACTER = 6.7

/** How wide a text is at most, pixels. */
export const widthOf = (text: string): number => text.length * CHARACTER

/** A name that fits a width: its middle is replaced by an ellipsis. */
export const shortened = (name: string, pixels: number): string => {
  const most = Math.max(4, Math.floor(pixels / CHARACTER))
  if (name.length <= most) return name
  const tail = Math.floor((most - 1) / 2)
  return `${name.slice(0, most - 1 - tail)}…${name.slice(name.length - tail)}`
}

/** As many ticks as labels of a width have room. */
export const ticksFor = (pixels: number, label: number): number =>
  Math.min(8, Math.max(2, Math.floor(pixels / (label + 20))))

/** Every n-th of some labels, so that they do not overlap. */
export const thinned = <T>(labels: readonly T[], pixels: number, label: number): T[] => {
  const step = Math.max(1, Math.ceil((labels.length * (label + 8)) / pixels))
  return labels.filter((_, i) => i % step === 0)
}

/** A tick is a round number; a float's noise is cut off. */
const round = (tick: number): string => exact(tick.toPrecision(6)).toFixed()

/** @example usdTick(1500000) // $1.5M */
export const usdTick = (tick: number): string => {
  const text = round(tick)
  if (tick >= 1e6) return `$${formatTokens(text)}`
  return formatUsd(text, Math.min(8, exact(text).decimalPlaces() === 1 ? 2 : exact(text).decimalPlaces()))
}

export const shareTick = (tick: number): string => formatShare(Number(round(tick))).replace('.0%', '%')

export const tokensTick = (tick: number): string => formatTokens(round(tick))

/** A place on a linear axis in pixels. */
export const placeOn =
  (domain: readonly [number, number], range: readonly [number, number]) =>
  (value: number): number =>
    range[0] + ((value - domain[0]) / (domain[1] - domain[0])) * (range[1] - range[0])

/** Ticks of a logarithmic axis: 1, 2, 5 of each power of ten, or the powers alone where there is little room. */
export const logTicks = (low: number, high: number, most: number): number[] => {
  const powers = Array.from({ length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 }, (_, i) =>
    Number(`1e${Math.floor(Math.log10(low)) + i}`),
  )
  const inside = (ticks: readonly number[]): number[] => ticks.filter(tick => tick >= low && tick <= high)
  const fine = inside(powers.flatMap(power => [power, 2 * power, 5 * power]))
  const coarse = inside(powers)
  return fine.length <= most || coarse.length < 2 ? fine : coarse
}

/** Ticks of a linear axis from 0: steps of 1, 2 or 5 times a power of ten. */
export const linearTicks = (high: number, most: number): number[] => {
  const rough = high / most
  const power = Number(`1e${Math.floor(Math.log10(rough))}`)
  const step = power * ([1, 2, 5, 10].find(times => times * power >= rough) ?? 10)
  return Array.from({ length: Math.floor(high / step) + 1 }, (_, i) => i * step)
}

/** A vertical axis: where its ticks are, and the room that their labels take on the left. */
export interface VerticalAxis {
  readonly marginLeft: number
  readonly marks: readonly Markish[]
}

/** Lines and labels of a vertical axis, its unit above the frame. */
export const verticalAxis = (ticks: readonly number[], unit: string | null): VerticalAxis => {
  const marginLeft = Math.ceil(Math.max(...ticks.map(tick => widthOf(usdTick(tick))), 20)) + 12
  const labels = { frameAnchor: 'left', textAnchor: 'end', dx: -8, text: usdTick } as const
  return {
    marginLeft,
    marks: [
      gridY(ticks, { stroke: COLOUR.quiet, strokeOpacity: 0.3 }),
      text(ticks, { ...labels, y: (tick: number) => tick }),
      ...(unit === null
        ? []
        : [
            text([unit], {
              frameAnchor: 'top-left',
              textAnchor: 'start',
              lineAnchor: 'bottom',
              dx: -marginLeft,
              dy: -11,
            }),
          ]),
    ],
  }
}

/** Room above a frame for the unit of its vertical axis. */
export const HEAD = 30
