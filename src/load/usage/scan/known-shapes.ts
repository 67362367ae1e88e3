import { matchShape, type Shape } from './shapes.ts'
import type { Page } from './texts.ts'

/** Shapes that are known at once, and after how many lines of no known shape one makes room for another. */
const MOST_SHAPES = 16
const PATIENCE = 64

interface Known {
  readonly shape: Shape
  /** What came after it the last time. */
  next: Known | null
}

/** The shapes of a log. */
export interface KnownShapes {
  /** The object of a line of a known shape; `null`: it is of none. */
  match(from: number, to: number): Record<string, unknown> | null
  /** Whether the line, which is of none, should be learnt. */
  wantsMore(): boolean
  keep(shape: Shape): void
}

export const knownShapes = (page: Page): KnownShapes => {
  const tools = { page, room: [] }
  const shapes: Known[] = []
  let before: Known | null = null
  let missed = 0
  const follow = (known: Known): void => {
    if (before) before.next = known
    before = known
  }
  return {
    match: (from, to) => {
      const likely = before?.next ?? before
      const found = likely && matchShape(likely.shape, tools, from, to)
      if (found) {
        before = likely
        return found
      }
      for (const one of shapes) {
        const other = one === likely ? null : matchShape(one.shape, tools, from, to)
        if (!other) continue
        follow(one)
        return other
      }
      return null
    },
    wantsMore: () => shapes.length < MOST_SHAPES || ++missed % PATIENCE === 0,
    keep: shape => {
      const one = { shape, next: null }
      shapes[shapes.length < MOST_SHAPES ? shapes.length : (missed / PATIENCE) % MOST_SHAPES] = one
      follow(one)
    },
  }
}
