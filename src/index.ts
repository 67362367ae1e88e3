import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type PricedCall, priceOneCall } from './cost/api/price-call.ts'
import { estimate as estimateScenarios } from './cost/result/estimate.ts'
import { collect, InputError, type Problem } from './errors/index.ts'
import { nodeFiles } from './io.ts'
import { reach, readBook } from './load/book/book.ts'
import type { LoadedBook } from './load/book/loaded-book.ts'
import { withGlob } from './load/files/with-glob.ts'
import { countPriced } from './load/scenario/count-scenario.ts'
import { pricedBy } from './load/scenario/drafts.ts'
import { placeAnswer } from './load/scenario/place-answer.ts'
import { type Draft, readDraft, readScenario } from './load/scenario/scenario.ts'
import { checkSchema } from './load/source/check-schema.ts'
import { objectSource, overlay } from './load/source/source.ts'
import { callSchema } from './model/call.ts'
import type { MeterKey } from './model/meters.ts'
import { highOf, lowOf, type Printed } from './model/number/range.ts'
import type { Comparison, Result } from './model/result/result.ts'
import type { Scenario } from './model/scenario/scenario.ts'
import type { PlainScenario } from './model/scenario/scenario-schema.ts'
import { type CompareOptions, compare as compareScenarios } from './plan/compare.ts'
import { columnDecimals, formatUsd, spanned } from './report/figures/format.ts'
import { factorOf } from './tokens/index.ts'

/** The library: a typed API for what the command line does. Amounts are exact decimal strings in USD. */

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const files = () => withGlob(nodeFiles({ root }))
// Source locations of loaded scenarios, for their warnings.
const drafts = new WeakMap<Scenario, Draft>()

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
): Comparison => answered(scenarios, () => compareScenarios(scenarios, book, { at, view, factorOf, ...rest }))

/** A call to price: tokens by meter, and whose they are. */
export interface CallToPrice extends Partial<Record<MeterKey, number>> {
  readonly model: string
  /** The instant of the call; default: now. A date will do where the model has no peak hours. */
  readonly at?: string
  readonly service?: string
  readonly region?: string
}

/**
 * Prices one call exactly, by the rates in force at its instant.
 *
 * @param call - tokens by meter; they are disjoint: a token read from the cache is not in `input` too
 * @returns every line with its rate, exact USD, and the row of the book
 * @throws {InputError} UNKNOWN_KEY, INVALID by key; UNKNOWN_MODEL, NO_PRICE_AT, NO_SERVICE, NO_REGION; NO_RATE for a
 *   meter that the model has no known rate of
 * @example
 * const book = await loadBook('2026-05-15')
 * priceUsage({ model: 'deepseek-v4-pro', at: '2026-05-15', input: 1_000_000, output: 1000 }, book).total
 */
export const priceUsage = (call: CallToPrice, { book }: LoadedBook): PricedCall => {
  const source = objectSource({ ...call, at: call.at ?? new Date().toISOString() })
  const faults: Problem[] = []
  const priced = collect(faults, () => priceOneCall(checkSchema(callSchema, source), book), source.locate)
  if (priced === undefined) throw new InputError(faults)
  return priced
}

/** An amount of a result: exact USD, a range where it is not known exactly, `null` where it is unknown. */
export type Amount = Printed<string> | null

/** The low end of an amount, exact USD; of one without a range the amount itself; `null`: unknown. */
export const low = (amount: Amount): string | null => (amount === null ? null : lowOf(amount))

/** The high end of an amount, exact USD; of one without a range the amount itself; `null`: unknown. */
export const high = (amount: Amount): string | null => (amount === null ? null : highOf(amount))

/**
 * An amount for people, rounded once and half-even, as the reports print it: `$0.7308`, `$40.00-$80.00`, `unknown`.
 *
 * @param decimals - default: two from $10 up, four from one cent up, else three significant digits
 */
export const toUsd = (amount: Amount, decimals?: number): string => {
  if (amount === null) return 'unknown'
  const places = decimals ?? columnDecimals([lowOf(amount), highOf(amount)])
  return spanned(amount, value => formatUsd(value, places))
}

export type { CallLine, PricedCall } from './cost/api/price-call.ts'
export { InputError, type Problem } from './errors/index.ts'
export type { LoadedBook } from './load/book/loaded-book.ts'
export type { Book, Model, Price, Provider, Rate } from './model/book/book.ts'
export type { Printed } from './model/number/range.ts'
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
export type { PlainScenario } from './model/scenario/scenario-schema.ts'
export type { View } from './model/views.ts'
