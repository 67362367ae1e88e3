import { findModel } from '../../cost/rates/price-at.ts'
import { faultsOf, InputError, type Problem, problems, reasonOf } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { LeftOut } from '../../model/result/result.ts'
import type { OneModel } from '../../model/scenario/scenario.ts'
import { missingModel } from '../book/book.ts'
import type { LoadedBook } from '../book/loaded-book.ts'
import { countScenario } from './count-scenario.ts'
import { collectAll } from './drafts.ts'
import type { Draft } from './scenario.ts'

/** Maximum number of models in one comparison: pricing and describing each takes about a millisecond. */
const MOST_MODELS = 2000

// Each unknown name is compared with every name in the book, so only the first ones get suggestions.
const MOST_TOLD = 50

/** Problems of names that the book does not have, with the nearest names for the first few, then a count. */
const unknownIn = (lost: readonly string[], { priced, files }: Around): Problem[] => {
  const told = lost.slice(0, MOST_TOLD).flatMap(name => missingModel(priced, name, files) ?? [])
  const rest = lost.length - told.length
  return [...told, ...(rest > 0 ? [problems.moreModels(rest, priced.book.version)] : [])]
}

interface Around {
  readonly priced: LoadedBook
  readonly files: Files
}

interface CountedModels {
  readonly scenarios: OneModel[]
  /** Models that are left out, and the problems that they have. */
  readonly skipped: readonly LeftOut[]
  readonly faults: readonly Problem[]
}

/**
 * Counts the workload once per model with that model's tokenizer, without a cluster.
 *
 * @param lenient - leaves out, with the reason, models that the book does not have or whose texts cannot be counted
 * @throws {InputError} UNKNOWN_MODEL if the book has none of them; unless lenient, that of any, NO_TOKENIZER and others
 */
export const countModels = async (
  draft: Draft,
  names: readonly string[],
  { priced, files, lenient }: Around & { readonly lenient: boolean },
): Promise<CountedModels> => {
  if (names.length > MOST_MODELS) throw new InputError([problems.tooManyModels(names.length, MOST_MODELS)])
  const known = names.filter(name => findModel(priced.book, name))
  const lost = names.filter(name => !known.includes(name))
  const faults = unknownIn(lost, { priced, files })
  if (lost.length > 0 && (!lenient || known.length === 0)) throw new InputError(faults)
  const skipped = lost.map((model, i): LeftOut => {
    const problem = i < MOST_TOLD ? faults[i] : undefined
    return { model, ...(problem ? reasonOf([problem]) : { why: `not in price book ${priced.book.version}` }) }
  })
  const scenarios = await collectAll(known, async (name): Promise<OneModel | null> => {
    try {
      return { ...(await countScenario(draft, { priced, files, model: name, cluster: false })), model: name }
    } catch (error) {
      const own = faultsOf(error)
      // A name that no book has is wrong for every model.
      if (!lenient || own.some(({ code }) => code === 'UNKNOWN_MODEL')) throw error
      skipped.push({ model: name, ...reasonOf(own) })
      faults.push(...own)
      return null
    }
  })
  return { scenarios: scenarios.filter(one => one !== null), skipped, faults }
}
