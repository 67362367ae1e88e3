import type { Advice } from '../../model/result/advice.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { PageData } from '../../plan/page/page-data.ts'
import { adviseDraft } from '../advise/advise-draft.ts'
import { countModels } from '../scenario/count-models.ts'
import type { Draft } from '../scenario/scenario.ts'
import { type PageOptions, type ReadScenario, readPage } from './read-page.ts'

/** What the page of `dsprice report` has beside its scenarios. */
export interface Beside extends Omit<PageOptions, 'part' | 'sweep'> {
  /** Whether to work out what would lower each bill. */
  readonly advice: boolean
  /** Other models to serve the same work; left out: the next cheaper ones that the advice names. */
  readonly models?: readonly string[] | undefined
  /** Sets the date that overrides the scenarios' own. */
  readonly dated: <T extends object>(scenario: T) => T
  /** Called before each scenario with the number done and the total. */
  readonly progress?: (done: number, all: number) => void
}

/**
 * The page of `dsprice report`: each scenario with what would lower its bill, and the same work on other models.
 *
 * @param scenarios - the drafts counted, at their dates; each can be priced
 * @throws {InputError} UNKNOWN_MODEL for one of `models`
 */
export const reportPage = async (
  drafts: readonly Draft[],
  scenarios: readonly Scenario[],
  beside: Beside,
): Promise<PageData> => {
  const read: ReadScenario[] = []
  for (const [i, scenario] of scenarios.entries()) {
    beside.progress?.(i, scenarios.length)
    const draft = drafts[i]
    if (draft) read.push(await readOne(draft, scenario, beside))
  }
  return readPage(read, { ...beside, part: 'answer' })
}

const readOne = async (draft: Draft, scenario: Scenario, beside: Beside): Promise<ReadScenario> => {
  const { priced, files, at, dated } = beside
  const advice = beside.advice ? await adviseDraft({ draft, scenario, priced, files }, { ...UNBOUND, at }, dated) : null
  const named = beside.models ?? modelsIn(advice)
  const { scenarios: others } = await countModels(draft, named, { priced, files, lenient: beside.models === undefined })
  return { draft, scenario, advice, others: others.map(dated) }
}

const UNBOUND = { plan: true, require: [], minQuality: null, score: 'arena' } as const

/** The models that advice names for the whole scenario; for a leg of a fleet it names none that serves all of it. */
const modelsIn = (advice: Advice | null): string[] =>
  (advice?.levers ?? []).flatMap(({ kind, set }) =>
    kind === 'model' ? set.flatMap(one => (one.startsWith(MODEL) ? namedBy(one.slice(MODEL.length)) : [])) : [],
  )

const MODEL = 'model='

/** A name as `--set` takes it, which has quotes where YAML would take it for something else. */
const namedBy = (text: string): string => (text.startsWith('"') ? (JSON.parse(text) as string) : text)
