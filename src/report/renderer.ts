import type { Comparison, Result } from '../model/result.ts'

/** Colours for text that already says it all without them. */
export interface Paint {
  readonly strong: (text: string) => string
  readonly dim: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
}

const same = (text: string): string => text
export const PLAIN: Paint = { strong: same, dim: same, good: same, bad: same }

export interface RenderOptions {
  /** Characters to a line; Infinity where nothing is wrapped. */
  readonly width: number
  readonly paint: Paint
  /** Every line: quantity × rate = cost, with its source. */
  readonly explain: boolean
}

/** A result or a comparison in, text out. */
export interface Renderer {
  result(result: Result, options: RenderOptions): string
  comparison(comparison: Comparison, options: RenderOptions): string
}
