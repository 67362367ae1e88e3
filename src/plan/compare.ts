import { statedCost } from '../cost/api/price-range.ts'
import { type PricedScenario, priceScenario } from '../cost/fleet/price-scenario.ts'
import type { Offer } from '../cost/rates/price-at.ts'
import { attributionsOf, boardScore } from '../cost/rates/score-models.ts'
import { type PricedBook, pricingOf, tryAll } from '../cost/result/estimate.ts'
import { excerptBook } from '../cost/result/excerpt.ts'
import { catalogueWarnings, pricedModels, usedOf } from '../cost/result/notes/name-notes.ts'
import { toResult } from '../cost/result/to-result.ts'
import { faultsOf, InputError, type Problem, problems, reasonOf } from '../errors/index.ts'
import type { Book } from '../model/book/book.ts'
import type { BoardName } from '../model/book/market-schema.ts'
import { distinct } from '../model/distinct.ts'
import { type Exact, ZERO } from '../model/number/money.ts'
import { share } from '../model/result/print-exact.ts'
import { rankedView } from '../model/result/ranked-view.ts'
import type { Assumption, Candidate, Comparison, LeftOut, ScenarioResult } from '../model/result/result.ts'
import type { ShownScore } from '../model/result/route.ts'
import type { Scenario } from '../model/scenario/scenario.ts'
import { type Ranking, VIEW_KEYS } from '../model/views.ts'
import { VERSION } from '../version.ts'
import { type FactorFor, lengthsAlike } from './lengths-alike.ts'
import { factSources, factsOf, modelOf, type Requirement, sift, tally } from './requirements.ts'

export interface CompareOptions {
  /** Date or instant, for scenarios that name none. */
  readonly at: string
  /** The view that models are ranked by, or `best`: each by its cheapest on offer. */
  readonly view: Ranking
  /** The board whose scores are shown. */
  readonly score?: BoardName
  /** Facts that must hold, or hold once the customer switches them on; an unknown fact does not pass. */
  readonly require?: readonly Requirement[]
  /** The models are a whole book: if none is left, that is the problem, not those of each. */
  readonly lenient?: boolean
  /** Nobody wrote the scenario's cache: none, so a model whose cache cannot be left off has no `cached`, but a list price. */
  readonly unsaid?: boolean
  /** Parts of the scenario that do not apply when a single model serves every request. */
  readonly aside?: readonly ('routing' | 'self_host')[]
  /** How many tokens each model's tokenizer makes of a text, to say by how much those compared differ. */
  readonly factorFor?: FactorFor
  /** Models left out before pricing, with reasons, and their problems. */
  readonly skipped?: readonly LeftOut[]
  readonly faults?: readonly Problem[]
}

/**
 * Prices the same workload on several models, cheapest first.
 *
 * @param scenarios - the workload once per model, each counted with that model's tokenizer
 * @returns what `dsprice compare --json` prints; a model that does not fit or has an unknown cost comes last, unranked;
 *   one that cannot be priced is left out, with the reason
 * @throws {InputError} if no model is left: the problems of all, such as UNKNOWN_MODEL or NO_RATE, or NO_MODEL_LEFT
 */
export const compare = (
  scenarios: readonly Scenario[],
  priced: PricedBook,
  { at, view, score = 'arena', require = [], aside = [], factorFor = () => null, ...options }: CompareOptions,
): Comparison => {
  const { found, skipped } = priceAll(scenarios, priced, { at, ...options })
  const { passing, lacking } = sift(found, priced.book, require)
  if (passing.length === 0) {
    throw new InputError([problems.noModelLeft(require, tally(found, priced.book, require))])
  }
  const notes = [...servedAlone(aside), ...lengthsAlike(passing, factorFor)]
  const { book } = priced
  const results = passing.map(one => ({
    ...toUnranked(one, book, { notes, score }),
    ...factsOf(book, modelOf(one), require),
  }))
  const left = [...skipped, ...lacking].map(one => ({ ...one, ...factsOf(book, one.model, require) }))
  const excerpt = excerptBook(book, passing)
  const used = usedOf(priced.catalogue, pricedModels(passing))
  const ranking = new Map(passing.map((one, i) => [results[i], rankingCost(one, results[i], view)]))
  return {
    schema: 'dsprice/compare/1',
    tool_version: VERSION,
    pricing: pricingOf(priced, passing, used),
    view,
    require,
    scenarios: rank(results, ranking),
    left_out: left.sort((a, b) => (a.model < b.model ? -1 : a.model > b.model ? 1 : 0)),
    attributions: attributionsOf(
      book,
      results.map(({ score }) => score),
    ),
    prices: { ...excerpt, sources: { ...excerpt.sources, ...factSources(book, left) } },
    // A model that does not fit is marked in its row, so it needs no warning.
    warnings: distinct([
      ...catalogueWarnings(used),
      ...results.flatMap(({ warnings }) => warnings.filter(({ code }) => code !== 'CONTEXT_EXCEEDED')),
    ]),
  }
}

type Skipped = LeftOut

/** Prices the workload on every model, and says why those that cannot be priced are left out. */
const priceAll = (
  scenarios: readonly Scenario[],
  { book }: PricedBook,
  { at, lenient = false, unsaid = false, skipped: before = [], faults: earlier = [] }: Omit<CompareOptions, 'view'>,
): { readonly found: readonly PricedScenario[]; readonly skipped: readonly Skipped[] } => {
  const skipped = [...before]
  const { found, faults } = tryAll(scenarios, scenario => {
    try {
      return (unsaid ? priceUnsaid : priceScenario)(scenario, book, scenario.at ?? at)
    } catch (error) {
      skipped.push({ model: scenario.model ?? '', ...reasonOf(faultsOf(error)) })
      throw error
    }
  })
  if (found.length > 0) return { found, skipped }
  // A fault of the workload occurs for every model, so it is reported once.
  throw new InputError(lenient ? [problems.noModelPriced(skipped)] : distinct([...earlier, ...faults]))
}

/** Prices a workload whose cache nobody speaks of: as without one, or, where that cannot be had, with it unknown. */
const priceUnsaid: typeof priceScenario = (scenario, book, at) => {
  try {
    return priceScenario(scenario, book, at)
  } catch (error) {
    if (!faultsOf(error).every(({ code }) => code === 'CACHE_NOT_OPTIONAL')) throw error
    return priceScenario({ ...scenario, cache: { policy: 'prefix' } }, book, at)
  }
}

const toUnranked = (
  one: PricedScenario,
  book: Book,
  { notes, score }: { readonly notes: readonly Assumption[]; readonly score: BoardName },
): Unranked => {
  const result = toResult(one, book)
  return {
    ...result,
    reasons: { ...result.reasons, self_hosted: NO_CLUSTER },
    assumptions: [...notes, ...result.assumptions],
    score: boardScore(offerOf(one), score),
  }
}

const NO_CLUSTER = 'only models are compared; dsprice breakeven compares a cluster with one'

const ASIDE = { routing: 'routing', self_host: 'cluster' } as const

const servedAlone = (aside: NonNullable<CompareOptions['aside']>): Assumption[] => {
  if (aside.length === 0) return []
  const left = aside.map(key => ASIDE[key]).join(' and ')
  const what = `each model serves every request alone, without the scenario's ${left}: see dsprice estimate`
  return [{ code: 'SERVED_ALONE', what, views: VIEW_KEYS }]
}

const offerOf = ({ legs: [{ streams }] }: PricedScenario): Offer => streams[0].low.offer

/** What a model is ranked by; `null`: unknown. */
const rankingCost = (one: PricedScenario, result: Unranked | undefined, ranking: Ranking): Exact | null => {
  const view = result ? rankedView(ranking, result) : null
  return view === null || view === 'self_hosted' ? null : statedCost(one.apiStreams, view)
}

type Unranked = ScenarioResult & { readonly score: ShownScore | null }

/**
 * Cheapest first, estimated text by its stated factor; then models that do not fit, then unknown costs. Equal costs sort
 * by name.
 */
const rank = (results: readonly Unranked[], costs: ReadonlyMap<Unranked | undefined, Exact | null>): Candidate[] => {
  const costOf = (result: Unranked): Exact => costs.get(result) ?? ZERO
  const group = (result: Unranked): number => (costs.get(result) == null ? 2 : result.fit.fits === false ? 1 : 0)
  const sorted = [...results].sort(
    (a, b) => group(a) - group(b) || costOf(a).comparedTo(costOf(b)) || ((a.model ?? '') < (b.model ?? '') ? -1 : 1),
  )
  const ranked = sorted.filter(result => group(result) === 0)
  const [first, last] = [ranked[0], ranked.at(-1)]
  return sorted.map((result, index) => ({
    ...result,
    rank: group(result) === 0 ? index + 1 : null,
    share_of_dearest: group(result) === 0 && last ? share(costOf(result), costOf(last)) : null,
    times_cheapest: group(result) === 0 && first ? share(costOf(result), costOf(first)) : null,
  }))
}
