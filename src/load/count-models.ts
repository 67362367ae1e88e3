import { InputError } from '../errors.ts'
import type { Files } from '../io.ts'
import type { Comparison } from '../model/result.ts'
import type { OneModel } from '../model/scenario.ts'
import { type LoadedBook, missingModel } from './book.ts'
import { countScenario } from './count-scenario.ts'
import { all } from './drafts.ts'
import type { Draft } from './scenario.ts'

/**
 * The workload once per model, counted with that model's tokenizer; a cluster runs none of them.
 *
 * @param lenient - leave out what cannot be counted, and say why
 * @throws {InputError} UNKNOWN_MODEL; unless lenient NO_TOKENIZER and what else keeps a text from being counted
 */
export const countModels = async (
  draft: Draft,
  names: readonly string[],
  { priced, files, lenient }: { readonly priced: LoadedBook; readonly files: Files; readonly lenient: boolean },
): Promise<{ scenarios: OneModel[]; skipped: Comparison['skipped'][number][] }> => {
  const skipped: Comparison['skipped'][number][] = []
  const scenarios = await all(names, async (name): Promise<OneModel | null> => {
    const missing = missingModel(priced, name, files)
    if (missing) throw new InputError([missing])
    try {
      return { ...(await countScenario(draft, { book: priced.book, files, model: name, cluster: false })), model: name }
    } catch (error) {
      if (!lenient || !(error instanceof InputError)) throw error
      const whys = new Set(error.problems.map(({ what }) => what.replace(` for ${name}`, '')))
      skipped.push({ model: name, why: [...whys].join('; ') })
      return null
    }
  })
  return { scenarios: scenarios.filter(one => one !== null), skipped }
}
