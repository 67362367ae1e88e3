import type { PricedBook } from '../../cost/result/estimate.ts'
import type { Clusters } from '../../model/book/clusters.ts'
import type { Advice } from '../../model/result/advice.ts'
import type { Sweep } from '../../model/result/sweep.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { WrittenSelfHost } from '../../model/scenario/self-host-schema.ts'

/** Parts of the page that it may be opened at. */
export const PAGE_PARTS = [
  'answer',
  'views',
  'models',
  'split',
  'break-even',
  'cache',
  'forecast',
  'sweep',
  'usage',
] as const
export type PagePart = (typeof PAGE_PARTS)[number]

/** The same workload on models that count it alike. */
export interface OtherModels {
  readonly models: readonly string[]
  /** As counted for each of them; its own model is one of them. */
  readonly scenario: Scenario
}

/** A scenario of the page, as its file has it. */
export interface PageScenario {
  /** Counted and ready to be priced; its cluster is looked up anew when a control changes it. */
  readonly scenario: Scenario
  /** The parsed contents of its file, for the YAML that the page gives; `null`: the page was made of a saved result. */
  readonly file: unknown
  /** Its cluster as written, defaults filled in; `null`: none. */
  readonly self_host: WrittenSelfHost | null
  /** What would lower its bill, worked out when the page was made; `null`: not asked for. */
  readonly advice: Advice | null
  /** The same workload on other models, counted for each. */
  readonly others: readonly OtherModels[]
}

/** A scenario as the controls have changed it. */
export type Shown = Pick<PageScenario, 'scenario' | 'self_host'>

/** Keys of a scenario file and the texts that controls have set them to. */
export type Settings = ReadonlyMap<string, string>

/** What a page holds: everything that its controls need to price its scenarios anew. */
export interface PageData {
  readonly schema: 'dsprice/page/1'
  readonly tool_version: string
  /** Date for scenarios that name none. */
  readonly at: string
  readonly part: PagePart
  /**
   * Whether it was made of a saved result, which has the price rows that were used and no others: the page shows the
   * result, without controls, forecast or price history, and says so.
   */
  readonly saved: boolean
  readonly scenarios: readonly PageScenario[]
  /** Why other scenarios that were asked for are not on the page, each in words; left out: there are none. */
  readonly apart?: readonly string[]
  /** The book that priced the scenarios first, then others that have their models. */
  readonly books: readonly PricedBook[]
  /** The cluster book's rows that the scenarios' clusters can use; `null`: no scenario has a cluster. */
  readonly clusters: Clusters | null
  /** The cost over the values of one or two keys, as `dsprice sweep` found it; `null`: it was not asked for. */
  readonly sweep: Sweep | null
  /** What real usage cost, as `dsprice usage` found it: the page has no scenarios then; `null`: it was not asked for. */
  readonly usage: UsageReport | null
}
