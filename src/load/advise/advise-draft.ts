import { estimate } from '../../cost/result/estimate.ts'
import { InputError } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { Advice } from '../../model/result/advice.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { type AdviseOptions, advise } from '../../plan/advise/advise.ts'
import { missingModel } from '../book/book.ts'
import type { LoadedBook } from '../book/loaded-book.ts'
import { countPriced } from '../scenario/count-scenario.ts'
import { placeAnswer } from '../scenario/place-answer.ts'
import { changed, type Draft } from '../scenario/scenario.ts'

interface Given {
  readonly draft: Draft
  /** The draft counted, at its date. */
  readonly scenario: Scenario
  readonly priced: LoadedBook
  readonly files: Files
}

/** Options of `advise`; `models`: those to try, default every model of the book without its catalogue. */
export type Asked = Omit<AdviseOptions, 'models' | 'named' | 'warnings'> & {
  readonly models?: readonly string[] | undefined
}

/**
 * What would lower the bill of a scenario that was read from a file: each lever reads and counts it anew with keys
 * changed, as `--set` would.
 *
 * @param dated - sets the date that overrides the scenario's own
 * @throws {InputError} UNKNOWN_MODEL; what `estimate` of the scenario throws, located
 */
export const adviseDraft = async (
  { draft, scenario, priced, files }: Given,
  { models, ...options }: Asked,
  dated: (scenario: Scenario) => Scenario = one => one,
): Promise<Advice> => {
  const lost = (models ?? []).flatMap(name => missingModel(priced, name, files) ?? [])
  if (lost.length > 0) throw new InputError(lost)
  const { warnings } = placeAnswer([draft], () => estimate([scenario], priced, options.at), draft.left)
  const serve = async (set: readonly string[]) => {
    const own = await changed(draft, set, { files })
    return { written: own.written, scenario: dated(await countPriced(own, priced, files)) }
  }
  return advise(
    { written: draft.written, scenario },
    {
      serve,
      priced,
      options: { ...options, warnings, models: models ?? everyModel(priced), named: models !== undefined },
    },
  )
}

/** Every model of the book itself. */
const everyModel = ({ book, catalogue }: LoadedBook): string[] => {
  const below = new Set(catalogue?.models)
  return book.models.map(({ id }) => id).filter(id => !below.has(id))
}
