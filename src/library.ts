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
import { changed, type Draft, readDraft, readScenario } from './load/scenario/scenario.ts'
import { objectSource, overlay } from './load/source/source.ts'
import { priceCells } from './load/sweep/price-cells.ts'
import type { Advice } from './model/result/advice.ts'
import type { Forecast } from './model/result/forecast.ts'
import type { Comparison, Result } from './model/result/result.ts'
import type { Sweep } from './model/result/sweep.ts'
import type { Scenario } from './model/scenario/scenario.ts'
import type { PlainScenario } from './model/scenario/scenario-schema.ts'
import type { CostView } from './model/views.ts'
import { type CompareOptions, compare as compareScenarios } from './plan/compare.ts'
import { type ForecastOptions, forecast as forecastScenarios } from './plan/forecast/forecast.ts'
import { sweep as sweepCells } from './plan/sweep.ts'
import { parseVary } from './plan/sweep-values.ts'
import { factorFor } from './tokens/index.ts'

/** The library's loading and pricing of whole scenarios. */

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
 * @param given - the path of its file, or the scenario itself as an object, whose paths are relative to the process's
 *   folder
 * @param options.book - from `loadBook`; default: the book that the scenario names, else the newest
 * @param options.model - overrides the scenario's model
 * @param options.set - overrides, as `key.path=value`
 * @param options.allowOutside - whether it may name files outside its repository; default: no
 * @throws {InputError} every problem at once, with file:line:column; in an object with the path of its key
 */
export const loadScenario = async (
  given: string | PlainScenario,
  {
    book,
    model,
    set = [],
    allowOutside = false,
  }: { book?: LoadedBook; model?: string; set?: readonly string[]; allowOutside?: boolean } = {},
): Promise<Scenario> => {
  const own = { ...files(), allowOutside }
  const options = { files: own, needsModel: model === undefined, pricing: [] }
  const draft =
    typeof given === 'string'
      ? await readScenario(given, { ...options, set })
      : await readDraft(overlay(objectSource({ name: 'scenario', ...given }), set), options)
  const priced = book ?? (await pricedBy([draft], { asked: [], files: files(), config: null }))
  const { file, ...scenario } = await countPriced(draft, priced, files(), { model })
  const loaded: Scenario = file ? { ...scenario, file } : scenario
  drafts.set(loaded, draft)
  origins.set(loaded, { files: own, model })
  return loaded
}

/** What `estimate` takes: scenarios that are loaded, at once; plain objects, as a promise. */
interface Estimate {
  (scenarios: Scenario | readonly Scenario[], book: LoadedBook, options?: { at?: string }): Result
  (scenarios: PlainScenario | readonly PlainScenario[], book: LoadedBook, options?: { at?: string }): Promise<Result>
}

/**
 * Estimates the cost of one or more scenarios in every view: what `dsprice estimate --json` prints.
 *
 * @param scenarios - from `loadScenario`; or plain objects with the keys of a scenario file, which are loaded first
 * @param at - date or instant for scenarios that name none (default: today, UTC)
 * @returns the result; for plain objects a promise of it, since their texts must be counted
 * @throws {InputError} NO_PRICE_AT, NO_RATE or any other problem that prevents an estimate
 * @example
 * const book = await loadBook('2026-05-15')
 * const agent = { model: 'deepseek-v4-pro', request: { turns: 10, session: '200K', output: '2K' } }
 * const { scenarios } = await estimate(agent, book)
 * scenarios[0]?.costs.cached // '0.7308'
 */
export const estimate: Estimate = ((scenarios, book, { at = today() } = {}) => {
  const all = (Array.isArray(scenarios) ? scenarios : [scenarios]) as readonly (Scenario | PlainScenario)[]
  const price = (loaded: readonly Scenario[]) => answered(loaded, () => estimateScenarios(loaded, book, at))
  if (all.every(isLoaded)) return price(all)
  return Promise.all(all.map(one => (isLoaded(one) ? one : loadScenario(one, { book })))).then(price)
}) as Estimate

const isLoaded = (scenario: Scenario | PlainScenario): scenario is Scenario =>
  typeof scenario === 'object' && scenario !== null && 'defaults' in scenario

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
): Comparison => answered(scenarios, () => compareScenarios(scenarios, book, { at, view, factorFor, ...rest }))

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
