import { onModel } from '../cost/fleet/price-leg.ts'
import type { PricedScenario } from '../cost/fleet/price-scenario.ts'
import { findModel, isSameModel, unknownModel } from '../cost/rates/price-at.ts'
import {
  attributionsOf,
  boardScore,
  type Named,
  type Score,
  type Scores,
  scoreModels,
} from '../cost/rates/score-models.ts'
import { type PricedBook, priceOne, resultOf } from '../cost/result/estimate.ts'
import { isCatalogued } from '../cost/result/notes/name-notes.ts'
import { termsOfModel } from '../cost/workload/split-routes.ts'
import { InputError, problems } from '../errors/index.ts'
import type { Book } from '../model/book/book.ts'
import type { BoardName } from '../model/book/market-schema.ts'
import { distinct } from '../model/distinct.ts'
import { exact, sum, toDecimals } from '../model/number/money.ts'
import { amount } from '../model/result/print-exact.ts'
import type { Result } from '../model/result/result.ts'
import type { Cheapest, Point, RouteFound } from '../model/result/route.ts'
import type { OneModel, Scenario } from '../model/scenario/scenario.ts'
import type { View } from '../model/views.ts'
import { type Choice, cheapestSplit, type Kept, type Split } from './cheapest-split.ts'
import { describeSplit } from './describe-split.ts'
import { type Candidate, findCandidates } from './find-candidates.ts'
import { findFrontier } from './find-frontier.ts'

export interface RouteOptions {
  /** Date or instant, for scenarios that name none. */
  readonly at: string
  /** The view that costs are taken from. */
  readonly view: View
  /** Scores given in the call, by model. */
  readonly quality: Named
  /** The board whose scores in the book count. */
  readonly score: BoardName
  /** Minimum mean quality of the cheapest split; `null`: no minimum was given. */
  readonly minQuality: string | null
  readonly keep: readonly Kept[]
  /** Leaves out models that cannot be priced: for a whole book. */
  readonly lenient: boolean
  /** Models left out before pricing, with reasons. */
  readonly skipped: RouteFound['skipped']
}

/**
 * Prices a scenario as it is served, then ranks every model by cost and quality and finds the cheapest split that meets
 * the terms.
 *
 * @param models - the workload once per model, each counted with that model's tokenizer
 * @returns what `dsprice route --json` prints: a result with a `route` key
 * @throws {InputError} see `estimate`; UNKNOWN_MODEL, NO_SCORES, NOT_SCORED, NO_SPLIT
 */
export const route = (
  scenario: Scenario,
  models: readonly OneModel[],
  { priced, options }: { readonly priced: PricedBook; readonly options: RouteOptions },
): Result => {
  const { view, quality, score: board, at } = options
  const own = priceOne(scenario, priced, scenario.at ?? at)
  const about = scenario.file ?? scenario.name
  const scores = scoreModels(priced.book, { call: quality, scenario: scenario.quality ?? {}, board, about })
  const lost = options.keep.flatMap(({ models: names }) => names.filter(name => !findModel(priced.book, name)))
  if (lost.length > 0) throw new InputError(lost.map(name => unknownModel(priced.book, name)))
  const { candidates, skipped } = findCandidates(calledAsIn(scenario, models, priced.book), scores, { priced, options })
  const ends = own.costs[view]
  const fleet = { cost: ends && amount(ends), quality: meanQuality(own, scores) }
  const cheapest = findCheapest(candidates, { own, fleet, priced, options })
  const result = resultOf(
    [own],
    priced,
    candidates.flatMap(({ model, row }) => (isCatalogued(row) ? model.id : [])),
  )
  const judged = [...candidates, ...own.parts.map(({ streams: [{ low }] }) => low.offer)]
  return {
    ...result,
    route: {
      view,
      score: board,
      attributions: attributionsOf(priced.book, usedScores(candidates, board)),
      ...sortByFrontier(candidates),
      skipped,
      fleet,
      cheapest,
    },
    warnings: distinct([...result.warnings, ...scores.warnings(judged)]),
  }
}

/** A model that a leg serves is called as the first of its legs; others as the scenario says. */
const calledAsIn = ({ routing }: Scenario, models: readonly OneModel[], book: Book): OneModel[] =>
  models.map(work => {
    const [on = {}] = termsOfModel(routing?.legs ?? [], name => isSameModel(book, name, work.model))
    return onModel(work, { model: work.model, on })
  })

const sortByFrontier = (candidates: readonly Candidate[]): Pick<RouteFound, 'points' | 'unscored'> => {
  const scored = candidates.flatMap(one =>
    one.score
      ? [
          {
            ...one,
            score: one.score,
            model: one.model.id,
            quality: one.score.quality,
            interval: one.score.interval,
            of: one.model,
          },
        ]
      : [],
  )
  return {
    points: findFrontier(scored).map(
      ({ point, dominatedBy, tiedWith }): Point => ({
        model: point.model,
        provider: point.of.provider,
        cost: amount(point.ends),
        quality: point.quality.toFixed(),
        quality_from: point.score.from,
        variant: point.score.variant,
        interval: point.score.interval && printInterval(point.score.interval),
        dominated_by: dominatedBy?.model ?? null,
        tied_with: tiedWith?.model ?? null,
      }),
    ),
    unscored: candidates
      .filter(({ score }) => score === null)
      .sort((a, b) => a.cost.comparedTo(b.cost) || (a.model.id < b.model.id ? -1 : 1))
      .map(({ model, ends }) => ({ model: model.id, provider: model.provider, cost: amount(ends) })),
  }
}

/** The scores of the book that candidates have. */
const usedScores = (candidates: readonly Candidate[], board: BoardName) =>
  candidates.flatMap(one => (one.score?.from === 'book' ? [boardScore(one, board)] : []))

const printInterval = ({ low, high }: NonNullable<Score['interval']>) => ({ low: low.toFixed(), high: high.toFixed() })

/** Mean score over the requests, weighted by serving model; `null` if one has no score. */
export const meanQuality = (priced: PricedScenario, scores: Scores): string | null => {
  const parts = priced.parts.map(({ route: { served }, streams: [{ low }] }) => {
    const quality = scores.of(low.offer)?.quality
    return served.isZero() ? exact(0) : quality?.times(served)
  })
  const known = parts.flatMap(part => part ?? [])
  return known.length < parts.length ? null : toDecimals(sum(known), 12)
}

interface CheapestOptions {
  readonly own: PricedScenario
  readonly fleet: RouteFound['fleet']
  readonly priced: PricedBook
  readonly options: RouteOptions
}

/** The cheapest split that keeps what the call says, and the fleet's own mean quality unless the call names another. */
const findCheapest = (
  candidates: readonly Candidate[],
  { own, fleet, priced, options }: CheapestOptions,
): Cheapest | null => {
  const asked = options.minQuality !== null || options.keep.length > 0
  const minimum = options.minQuality ?? fleet.quality
  if (candidates.length === 0 || (!asked && minimum === null)) return null
  const keep = options.keep.map(({ models, share }) => ({
    models: models.map(name => findModel(priced.book, name)?.id ?? name),
    share,
  }))
  // By id: two names of one model are the same model.
  const kept = keep.flatMap(({ models }) => models)
  const twice = [...new Set(kept.filter((id, i) => kept.indexOf(id) !== i))]
  if (twice.length > 0) throw new InputError([problems.keptTwice(twice)])
  const choices = candidates.map(
    ({ model, cost, score }): Choice => ({ model: model.id, cost, quality: score?.quality ?? null }),
  )
  const found = split(choices, { minimum, keep })
  const terms = { minimum, asked: options.minQuality !== null, keep }
  return describeSplit(found, { candidates, own, priced, terms, view: options.view })
}

/** @throws {InputError} NO_SCORES, NOT_SCORED, NOT_A_CHOICE, NO_SPLIT */
const split = (
  choices: readonly Choice[],
  { minimum, keep }: { readonly minimum: string | null; readonly keep: readonly Kept[] },
): Split => {
  // A model without a score is usable only if no mean quality is required.
  const usable = minimum === null ? choices : choices.filter(({ quality }) => quality !== null)
  const lost = keep.filter(({ models }) => !usable.some(({ model }) => models.includes(model)))
  if (lost.length > 0) {
    const scoreless = (names: readonly string[]) => choices.some(({ model }) => names.includes(model))
    throw new InputError(
      lost.map(({ models }) => (scoreless(models) ? problems.notScored(models) : problems.notAChoice(models))),
    )
  }
  if (usable.length === 0) throw new InputError([problems.noScores(choices.map(({ model }) => model))])
  const found = cheapestSplit(usable, { minQuality: minimum === null ? null : exact(minimum), keep })
  if ('shares' in found) return found
  throw new InputError([problems.noSplit(minimum ?? '', found.best.toFixed())])
}
