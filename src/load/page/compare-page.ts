import { estimate } from '../../cost/result/estimate.ts'
import { collectLater } from '../../errors/index.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { PageData } from '../../plan/page/page-data.ts'
import { countPriced } from '../scenario/count-scenario.ts'
import type { Draft } from '../scenario/scenario.ts'
import { type PageOptions, readPage } from './read-page.ts'

interface ComparedOptions extends Omit<PageOptions, 'part'> {
  /** Sets the date that overrides the scenario's own. */
  readonly dated: <T extends object>(scenario: T) => T
}

/**
 * The page of a comparison: the scenario as its file has it beside the others, or served by the cheapest of them where
 * the file names no model that can be priced.
 *
 * @param others - the same work on each model, cheapest first
 */
export const comparePage = async (
  draft: Draft,
  others: readonly Scenario[],
  { dated, ...options }: ComparedOptions,
): Promise<PageData> => {
  const own = await ownScenario(draft, { dated, ...options })
  const [first, ...rest] = others
  const shown = { ...options, part: 'models' } as const
  if (own || !first?.model) return readPage(own ? [{ draft, scenario: own, others }] : [], shown)
  return readPage([{ draft: servedBy(draft, first.model), scenario: first, others: rest }], shown)
}

const ownScenario = (draft: Draft, { priced, files, at, dated }: ComparedOptions): Promise<Scenario | undefined> =>
  collectLater([], async () => {
    const scenario = dated(await countPriced(draft, priced, files))
    estimate([scenario], priced, at)
    return scenario
  })

/** A draft whose file names the model. */
const servedBy = (draft: Draft, model: string): Draft => ({
  ...draft,
  written: { ...draft.written, self_host: undefined },
  source: { ...draft.source, data: { ...(draft.source.data as object), model } },
})
