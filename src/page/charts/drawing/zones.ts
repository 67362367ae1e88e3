import { type Markish, rect, ruleX, text } from '@observablehq/plot'
import { COLOUR, widthOf } from './frame.ts'
import { FAINT, type KeyEntry } from './key.ts'

/** A stretch of the horizontal axis that is shaded and labelled. */
export interface Zone {
  readonly from: number
  readonly to: number
  readonly label: string
  readonly colour: string
}

/** Zones under the curves, and what the key has to say of those that are too narrow for their labels. */
interface Zones {
  readonly marks: readonly Markish[]
  readonly key: readonly KeyEntry[]
}

/** @param perUnit - pixels of one unit of the axis */
export const zonesOn = (zones: readonly Zone[], perUnit: number): Zones => {
  const wide = zones.filter(({ from, to, label }) => (to - from) * perUnit >= widthOf(label) + 8)
  const narrow = zones.filter(zone => !wide.includes(zone))
  return { marks: marksOf(zones, wide), key: narrow.map(({ label, colour }) => ({ label, colour, as: 'zone' })) }
}

const marksOf = (zones: readonly Zone[], wide: readonly Zone[]): Markish[] => {
  const middle = ({ from, to }: Zone): number => (from + to) / 2
  return [
    rect(zones, { x1: 'from', x2: 'to', fill: 'colour', fillOpacity: FAINT }),
    ruleX(
      zones.map(({ from }) => from).filter(from => from > 0),
      { stroke: COLOUR.quiet },
    ),
    text(wide, { x: middle, frameAnchor: 'top', lineAnchor: 'top', dy: 6, text: 'label' }),
  ]
}
