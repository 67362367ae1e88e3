import { COLOUR, widthOf } from './frame.ts'

/** What a mark of a drawing means, in words beside a sample of it. */
export interface KeyEntry {
  readonly label: string
  readonly colour: string
  readonly as: 'line' | 'dashed' | 'dotted' | 'bar' | 'pale' | 'zone' | 'hollow' | 'dot'
}

/** Opacity of what lies between the ends of a range. */
export const PALE = 0.4
/** Opacity of what is behind the curves. */
export const FAINT = 0.13

const OPACITY = { bar: 1, pale: PALE, zone: FAINT } as const

const SAMPLE = 22
const LINE = 18
const GAP = 16

/** Lines of a key, above a drawing. */
export interface Key {
  /** Pixels that it takes. */
  readonly height: number
  readonly drawing: () => SVGElement
}

/** A key that wraps at the width of its drawing. */
export const keyOf = (entries: readonly KeyEntry[], width: number): Key => {
  let [x, line] = [0, 0]
  const placed = entries.map(entry => {
    const wide = SAMPLE + widthOf(entry.label)
    if (x > 0 && x + wide > width) [x, line] = [0, line + 1]
    const at = { ...entry, x, y: line * LINE + LINE / 2 }
    x += wide + GAP
    return at
  })
  return {
    height: (line + 1) * LINE + 8,
    drawing: () => {
      const group = create('g', { 'text-anchor': 'start' })
      for (const entry of placed) group.append(...drawEntry(entry))
      return group
    },
  }
}

const create = (name: string, attributes: Readonly<Record<string, string | number>>): SVGElement => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name) as SVGElement
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}

const drawEntry = (entry: KeyEntry & { readonly x: number; readonly y: number }): SVGElement[] => {
  const { x, y, label } = entry
  const text = create('text', { x: x + SAMPLE, y, dy: '0.35em', fill: COLOUR.text })
  text.textContent = label
  return [sampleOf(entry), text]
}

const DASHES = { line: 'none', dashed: '6 4', dotted: '1.5 3' } as const

const sampleOf = ({ as, colour, x, y }: KeyEntry & { readonly x: number; readonly y: number }): SVGElement => {
  switch (as) {
    case 'line':
    case 'dashed':
    case 'dotted':
      return create('line', {
        x1: x,
        x2: x + SAMPLE - 6,
        y1: y,
        y2: y,
        stroke: colour,
        'stroke-width': 2,
        'stroke-dasharray': DASHES[as],
      })
    case 'bar':
    case 'pale':
    case 'zone':
    case 'hollow': {
      const look =
        as === 'hollow'
          ? { fill: 'none', stroke: colour, 'stroke-dasharray': '3 2' }
          : { fill: colour, 'fill-opacity': OPACITY[as] }
      return create('rect', { x: x + 0.5, y: y - 5, width: SAMPLE - 7, height: 10, ...look })
    }
    case 'dot':
      return create('circle', {
        cx: x + 8,
        cy: y,
        r: 4.5,
        stroke: COLOUR.text,
        fill: colour,
      })
    default:
      return as satisfies never
  }
}
