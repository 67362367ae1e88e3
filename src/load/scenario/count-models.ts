import { findModel } from '../../cost/rates/price-at.ts'
import { faultsOf, InputError, type Problem, problems, reasonOf } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { Comparison } from '../../model/result/result.ts'
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

/** @throws {InputError} UNKNOWN_MODEL, with the nearest names for the first few */
const refuseUnknown = (
  names: readonly string[],
  { priced, files }: { readonly priced: LoadedBook; readonly files: Files },
): void => {
  const lost = names.filter(name => !findModel(priced.book, name))
  if (lost.length === 0) return
  const told = lost.slice(0, MOST_TOLD).flatMap(name => missingModel(priced, name, files) ?? [])
  const rest = lost.length - told.length
  throw new InputError([...told, ...(rest > 0 ? [problems.moreModels(rest, priced.book.version)] : [])])
}

interface CountedModels {
  readonly scenarios: OneModel[]
  /** Models that are left out, and the problems that they have. */
  readonly skipped: Comparison['skipped'][number][]
  readonly faults: Problem[]
}

/**
 * Counts the workload once per model with that model's tokenizer, without a cluster.
 *
 * @param lenient - leaves out models for which the texts cannot be counted, with the reason
 * @throws {InputError} UNKNOWN_MODEL; unless lenient, NO_TOKENIZER and other problems in counting a text
 */
export const countModels = async (
  draft: Draft,
  names: readonly string[],
  { priced, files, lenient }: { readonly priced: LoadedBook; readonly files: Files; readonly lenient: boolean },
): Promise<CountedModels> => {
  if (names.length > MOST_MODELS) throw new InputError([problems.tooManyModels(names.length, MOST_MODELS)])
  refuseUnknown(names, { priced, files })
  const skipped: CountedModels['skipped'] = []
  const faults: Problem[] = []
  const scenarios = await collectAll(names, async (name): Promise<OneModel | null> => {
    try {
      return { ...(await countScenario(draft, { book: priced.book, files, model: name, cluster: false })), model: name }
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
