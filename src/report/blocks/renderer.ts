import type { Advice } from '../../model/result/advice.ts'
import type { Difference } from '../../model/result/difference.ts'
import type { Forecast } from '../../model/result/forecast.ts'
import type { Replay } from '../../model/result/replay.ts'
import type { Comparison, Result } from '../../model/result/result.ts'
import type { Sweep } from '../../model/result/sweep.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import type { CostView } from '../../model/views.ts'
import type { PageData } from '../../plan/page/page-data.ts'
import type { PageAssets } from '../page/page-html.ts'
import type { Block } from './block.ts'
import type { Sheet } from './sheet.ts'

/** Colours; the text is complete without them. */
export interface Paint {
  readonly strong: (text: string) => string
  readonly dim: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
}

const same = (text: string): string => text
export const PLAIN: Paint = { strong: same, dim: same, good: same, bad: same }

export interface RenderOptions {
  /** Characters per line; Infinity: nothing is wrapped. */
  readonly width: number
  readonly paint: Paint
  /** Shows every line: quantity × rate = cost, with its source. */
  readonly explain: boolean
  /** Models of a comparison that are listed; the rest is counted. Left out: the usual few. */
  readonly top?: number | undefined
  /** Draws curves: for a terminal. */
  readonly plot?: boolean | undefined
  /** The view whose change a difference reports, or a check reports since its baseline. */
  readonly view?: CostView | undefined
  /** The folder that paths of a report are relative to, from the top of the checked-out repository: `services/bot`. */
  readonly from?: string | undefined
  /** For html alone: the page. */
  readonly page?: { readonly data: PageData; readonly assets: PageAssets } | undefined
}

/** The view that most limits of a checked result apply to; `cached` without limits. */
export const heldView = ({ scenarios, check }: Result): CostView => {
  const held = [...scenarios.flatMap(({ budget }) => budget), ...(check?.totals ?? [])].map(({ view }) => view)
  const count = (view: CostView): number => held.filter(one => one === view).length
  const counts = new Map([...new Set(held)].map(view => [view, count(view)]))
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['cached', 0] as [CostView, number])[0]
}

/** The view whose change is reported; `cached` by default. */
export const viewOf = ({ view = 'cached' }: Pick<RenderOptions, 'view'>): CostView => view

/** A text format for people: it sets the blocks of every document. */
export interface Setter {
  /** Where it is read: line by line in a log, or on a page that can fold sections. */
  readonly medium: 'terminal' | 'page'
  set(blocks: readonly Block[], options: RenderOptions): string
}

/** A data format for programs: it omits documents that it has no form for. */
export interface Encoder {
  /** Includes the `check` key, if the result has one. */
  result?(result: Result, options: RenderOptions): string
  comparison?(comparison: Comparison, options: RenderOptions): string
  difference?(difference: Difference, options: RenderOptions): string
  forecast?(forecast: Forecast, options: RenderOptions): string
  sweep?(sweep: Sweep, options: RenderOptions): string
  advice?(advice: Advice, options: RenderOptions): string
  usage?(report: UsageReport, options: RenderOptions): string
  replay?(replay: Replay): string
  sheet?(sheet: Sheet): string
}
