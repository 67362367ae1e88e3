import type { Shape } from './shapes.ts'

/** Shapes that are known at once, and after how many lines of no known shape one makes room for another. */
const MOST_SHAPES = 16
/** The first ones have what is not wanted as well: that is faster, but where it varies few lines are alike. */
const DEEP_SHAPES = 6
const PATIENCE = 64

interface Known {
  readonly shape: Shape
  /** What came after it the last time. */
  next: Known | null
}

/** The shapes of a log. */
export interface KnownShapes {
  /** Reads a line into the cells of its shape. @returns the place of the newline behind it; -1: it is of none */
  match(from: number): number
  /** The shape of the line that was matched last. */
  matched(): Shape
  /** Whether the line, which is of none, should be learnt, and how; `null`: it should not. */
  wantsMore(): 'deep' | 'flat' | null
  keep(shape: Shape): void
}

export const knownShapes = (): KnownShapes => {
  const shapes: Known[] = []
  let before: Known | null = null
  let missed = 0
  const follow = (known: Known): void => {
    if (before) before.next = known
    before = known
  }
  return {
    match: from => {
      const likely = before?.next ?? before
      if (likely !== null) {
        const to = likely.shape.match(from)
        before = to < 0 ? before : likely
        if (to >= 0) return to
      }
      for (const one of shapes) {
        const to = one === likely ? -1 : one.shape.match(from)
        if (to < 0) continue
        follow(one)
        return to
      }
      return -1
    },
    matched: () => (before as Known).shape,
    wantsMore: () => {
      if (shapes.length < DEEP_SHAPES) return 'deep'
      return shapes.length < MOST_SHAPES || ++missed % PATIENCE === 0 ? 'flat' : null
    },
    keep: shape => {
      const one = { shape, next: null }
      shapes[shapes.length < MOST_SHAPES ? shapes.length : (missed / PATIENCE) % MOST_SHAPES] = one
      follow(one)
    },
  }
}
