import type { Table } from '../../report/blocks/block.ts'

/** A drawing with its figures: what it shows can be read without seeing it. */
export interface Chart {
  /** Heading of the figure; stable, since links lead to it. */
  readonly title: string
  /** What it shows now, in a sentence: its caption, and what a screen reader says of the drawing. */
  readonly summary: string
  /** The figures drawn, in the form of reports. */
  readonly table: Table
  /** The drawing at a width in CSS pixels; colours are CSS variables of the page, so that dark mode and print need no new one. */
  readonly draw: (width: number) => SVGSVGElement | HTMLElement
}
