import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { estimate as estimateScenarios } from './cost/result/estimate.ts'
import { type Files, nodeFiles } from './io.ts'
import { type Asked, adviseDraft } from './load/advise/advise-draft.ts'
import { reach, readBook } from './load/book/book.ts'
import type { LoadedBook } from './load/book/loaded-book.ts'
import { withGlob } from './load/files/with-glob.ts'
import { countPriced } from './load/scenario/count-scenario.ts'
import { pricedBy } from './load/scenario/drafts.ts'
import { placeAnswer } from './load/scenario/place-answer.ts'
import { changed, type Draft, readScenario } from './load/scenario/scenario.ts'
import type { Advice } from './model/result/advice.ts'
import type { Comparison, Result } from './model/result/result.ts'
import type { Scenario } from './model/scenario/scenario.ts'
import { type CompareOptions, compare as compareScenarios } from './plan/compare.ts'
import { factorOf } from './tokens/index.ts'

/** The library: a typed API for what the command line does. Amounts are exact decimal strings in USD. */

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const files = () => withGlob(nodeFiles({ root }))
// What scenarios were loaded from: for the lines of their warnings, and to read them anew with keys changed.
const drafts = new WeakMap<Scenario, Draft>()
const origins = new WeakMap<Scenario, { readonly files: Files; readonly model: string | undefined }>()

const answered = <T extends Result | Comparison>(scenarios: readonly Scenario[], work: () => T): T => {
  const own = scenarios.flatMap(one => drafts.get(one) ?? [])
  return placeAnswer(
    own,
    work,
    own.flatMap(({ left }) => left),
  )
}

const today = (): string => new Date().toISOString().slice(0, 10)

/**
 * Loads a price book.
 *
 * @param names - a bundled version such as `2026-05-15`, and paths of your own files layered on top, where later rows
 *   win; default: the newest bundled book
 * @throws {InputError} UNKNOWN_BOOK, TWO_BOOKS, and problems in your files with file:line:column
 */
export const loadBook = (...names: readonly string[]): Promise<LoadedBook> => readBook(names, files())

/**
 * Adds models of the catalogue that ships to a book that does not have them: a book has only its own until it is asked.
 *
 * @param names - models by any of their names; one that the catalogue lacks too is left out
 * @returns the book with these models; under your own whole book and under `2026-05-15` there is no catalogue
 */
export const withCatalogue = (book: LoadedBook, ...names: readonly string[]): Promise<LoadedBook> =>
  reach(book, { names }, files())

/**
 * Reads a scenario and counts the tokens of its texts for a model in the book.
 *
 * @param options.book - from `loadBook`; default: the book that the scenario names, else the newest
 * @param options.model - overrides the scenario's model
 * @param options.set - overrides, as `key.path=value`
 * @param options.allowOutside - whether it may name files outside its repository; default: no
 * @throws {InputError} every problem in the file at once, with file:line:column
 */
export const loadScenario = async (
  path: string,
  {
    book,
    model,
    set = [],
    allowOutside = false,
  }: { book?: LoadedBook; model?: string; set?: readonly string[]; allowOutside?: boolean } = {},
): Promise<Scenario> => {
  const own = { ...files(), allowOutside }
  const draft = await readScenario(path, { files: own, set, needsModel: model === undefined })
  const priced = book ?? (await pricedBy([draft], { asked: [], files: files(), config: null }))
  const scenario = await countPriced(draft, priced, files(), { model })
  drafts.set(scenario, draft)
  origins.set(scenario, { files: own, model })
  return scenario
}

/**
 * Estimates the cost of one or more scenarios in every view: what `dsprice estimate --json` prints.
 *
 * @param at - date or instant for scenarios that name none (default: today, UTC)
 * @throws {InputError} NO_PRICE_AT, NO_RATE or any other problem that prevents an estimate
 * @example
 * const book = await loadBook('2026-05-15')
 * const scenario = await loadScenario('scenarios/coding-agent.yaml', { book })
 * estimate(scenario, book).scenarios[0]?.costs.cached // '0.7308'
 */
export const estimate = (
  scenarios: Scenario | readonly Scenario[],
  book: LoadedBook,
  { at = today() }: { at?: string } = {},
): Result => {
  const all = 'name' in scenarios ? [scenarios] : scenarios
  return answered(all, () => estimateScenarios(all, book, at))
}

/**
 * Compares the same workload on several models, cheapest first: what `dsprice compare --json` prints.
 *
 * @param scenarios - one for each model, from `loadScenario(path, { book, model })`
 * @throws {InputError} NO_PRICE_AT, NO_RATE, NO_MODEL_LEFT
 */
export const compare = (
  scenarios: readonly Scenario[],
  book: LoadedBook,
  { at = today(), view = 'cached', ...rest }: Partial<CompareOptions> = {},
): Comparison => answered(scenarios, () => compareScenarios(scenarios, book, { at, view, factorOf, ...rest }))

/**
 * What would lower a scenario's bill, largest saving first: what `dsprice advise --json` prints. Each lever is the
 * scenario read anew with keys changed, so it must come from `loadScenario`.
 *
 * @param options.at - date or instant for a scenario that names none (default: today, UTC)
 * @param options.plan - also applies the levers in order
 * @param options.models - other models to try (default: every model of the book; the next five are shown)
 * @param options.require - facts that must hold of another model
 * @param options.minQuality - lowest score of another model, as decimal digits
 * @throws {InputError} UNKNOWN_MODEL, NO_PRICE_AT, NO_RATE or any other problem that prevents an estimate
 * @throws {TypeError} for a scenario that was not loaded from a file
 */
export const advise = async (
  scenario: Scenario,
  book: LoadedBook,
  { at = today(), ...options }: Partial<Asked> = {},
): Promise<Advice> => {
  const [read, origin] = [drafts.get(scenario), origins.get(scenario)]
  if (!read || !origin) throw new TypeError('advise needs a scenario from loadScenario')
  const { files: own, model } = origin
  // A model that was chosen in the call is a key like any other.
  const keys = model === undefined ? [] : ['routing=null', `model=${JSON.stringify(model)}`]
  const draft = keys.length === 0 ? read : await changed(read, keys, { files: own })
  const served = keys.length === 0 ? scenario : await countPriced(draft, book, own)
  return adviseDraft({ draft, scenario: served, priced: book, files: own }, { at, ...options })
}

export { InputError, type Problem } from './errors/index.ts'
export type { LoadedBook } from './load/book/loaded-book.ts'
export type { Book, Model, Price, Provider, Rate } from './model/book/book.ts'
export type { Printed } from './model/number/range.ts'
export type { Advice, AdvisedLever, AdvisedPlan } from './model/result/advice.ts'
export type {
  Assumption,
  Candidate,
  Comparison,
  CostLine,
  Result,
  ScenarioResult,
  Warning,
} from './model/result/result.ts'
export type { Scenario } from './model/scenario/scenario.ts'
export type { View } from './model/views.ts'
