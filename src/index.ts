import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { estimate as estimateScenarios } from './cost/result/estimate.ts'
import { type Files, nodeFiles } from './io.ts'
import { type Asked, adviseDraft } from './load/advise/advise-draft.ts'
import { reach, readBook } from './load/book/book.ts'
import type { LoadedBook } from './load/book/loaded-book.ts'
import { leftWarnings } from './load/files/left-warnings.ts'
import { withGlob } from './load/files/with-glob.ts'
import { countPriced } from './load/scenario/count-scenario.ts'
import { pricedBy } from './load/scenario/drafts.ts'
import { placeAnswer } from './load/scenario/place-answer.ts'
import { changed, type Draft, readScenario } from './load/scenario/scenario.ts'
import { priceCells } from './load/sweep/price-cells.ts'
import type { Advice } from './model/result/advice.ts'
import type { Forecast } from './model/result/forecast.ts'
import type { Comparison, Result } from './model/result/result.ts'
import type { Sweep } from './model/result/sweep.ts'
import type { Scenario } from './model/scenario/scenario.ts'
import type { CostView } from './model/views.ts'
import { type CompareOptions, compare as compareScenarios } from './plan/compare.ts'
import { type ForecastOptions, forecast as forecastScenarios } from './plan/forecast/forecast.ts'
import { sweep as sweepCells } from './plan/sweep.ts'
import { parseVary } from './plan/sweep-values.ts'
import { factorOf } from './tokens/index.ts'

/** The library: a typed API for what the command line does. Amounts are exact decimal strings in USD. */

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const files = () => withGlob(nodeFiles({ root }))
// What scenarios were loaded from: for the lines of their warnings, and to read them anew with keys changed.
const drafts = new WeakMap<Scenario, Draft>()
const origins = new WeakMap<Scenario, { readonly files: Files; readonly model: string | undefined }>()

const answered = <T extends Result | Comparison | Forecast>(scenarios: readonly Scenario[], work: () => T): T => {
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
 * Forecasts the cost of one or more scenarios month by month on the true calendar: what `dsprice forecast --json`
 * prints.
 *
 * @param options.at - date or instant for scenarios that name none, whose month is the first (default: today, UTC)
 * @param options.months - how many calendar months (default: 12)
 * @param options.start - the first month instead, such as `2027-01`
 * @throws {InputError} NOT_PACED for a run; NO_PRICE_AT, NO_RATE if no month has a price
 */
export const forecast = (
  scenarios: Scenario | readonly Scenario[],
  book: LoadedBook,
  { at = today(), months = 12, start }: Partial<ForecastOptions> = {},
): Forecast => {
  const all = 'name' in scenarios ? [scenarios] : scenarios
  return answered(all, () => forecastScenarios(all, book, { at, months, start }))
}

/**
 * Prices a scenario over the values of one or two of its keys: what `dsprice sweep --json` prints.
 *
 * @param options.vary - `key=values`, one or two: `request.output=350,700`, `request.session=1K..8K/1K`, `model=a,b`
 * @param options.view - the view of a matrix; default: cached, where it is known
 * @param options.book - from `loadBook`; default: the book that the scenario names, else the newest
 * @param options.set - overrides of every cell, as `key.path=value`
 * @param options.at - date or instant that overrides the scenario's
 * @throws {InputError} every value that is wrong; if no cell has an answer, why
 */
export const sweep = async (
  path: string,
  { vary, view, book, set = [], at, allowOutside = false }: SweepOptions,
): Promise<Sweep> => {
  const keys = parseVary(vary)
  const { cells, of, left } = await priceCells(path, files(), { keys, book, set, at, allowOutside, today: today() })
  const found = sweepCells(cells, { ...of, keys, view })
  return { ...found, warnings: [...leftWarnings(left), ...found.warnings] }
}

/** What `sweep` varies, and on what. */
export interface SweepOptions {
  readonly vary: readonly string[]
  readonly view?: CostView
  readonly book?: LoadedBook
  readonly set?: readonly string[]
  readonly at?: string
  readonly allowOutside?: boolean
}

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
export type { Forecast, ForecastMonth, ForecastScenario } from './model/result/forecast.ts'
export type {
  Assumption,
  Candidate,
  Comparison,
  CostLine,
  Result,
  ScenarioResult,
  Warning,
} from './model/result/result.ts'
export type { Sweep, SweptCell, SweptFigures } from './model/result/sweep.ts'
export type { Scenario } from './model/scenario/scenario.ts'
export type { CostView, View } from './model/views.ts'
