import type { Difference } from '../../model/result/difference.ts'
import type { Comparison, Result } from '../../model/result/result.ts'
import type { CostView } from '../../model/views.ts'
import type { Block } from './block.ts'
import type { Sheet } from './sheet.ts'

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
  /** Whether a curve is drawn: for a terminal. */
  readonly plot?: boolean | undefined
  /** The view whose change a difference reports, or a check since its baseline. */
  readonly view?: CostView | undefined
  /** Where paths of a report begin, as seen from the top of the repository that GitHub checked out: `services/bot`. */
  readonly from?: string | undefined
}

/** The view that most limits of a checked result hold; `cached` where they hold none. */
export const heldView = ({ scenarios, check }: Result): CostView => {
  const held = [...scenarios.flatMap(({ budget }) => budget), ...(check?.totals ?? [])].map(({ view }) => view)
  const count = (view: CostView): number => held.filter(one => one === view).length
  const counts = new Map([...new Set(held)].map(view => [view, count(view)]))
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['cached', 0] as [CostView, number])[0]
}

/** The view whose change is reported; `cached` where none is named. */
export const viewOf = ({ view = 'cached' }: Pick<RenderOptions, 'view'>): CostView => view

/** A format of text for people: it sets the blocks of every document. */
export interface Setter {
  /** Where it is read: in a log line by line, or on a page that is looked at and folded. */
  readonly medium: 'terminal' | 'page'
  set(blocks: readonly Block[], options: RenderOptions): string
}

/** A format of data for programs: what it has no form for it leaves out. */
export interface Encoder {
  /** Of `check` where the result has it. */
  result?(result: Result, options: RenderOptions): string
  comparison?(comparison: Comparison, options: RenderOptions): string
  difference?(difference: Difference, options: RenderOptions): string
  sheet?(sheet: Sheet): string
}
