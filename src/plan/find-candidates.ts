import { statedCost } from '../cost/api/price-range.ts'
import { type PricedScenario, priceScenario } from '../cost/fleet/price-scenario.ts'
import { findModel, limitsOf } from '../cost/rates/price-at.ts'
import type { Score, Scores } from '../cost/rates/score-models.ts'
import type { PricedBook } from '../cost/result/estimate.ts'
import { faultsOf, type Reason, reasonOf } from '../errors/index.ts'
import type { Model, Price } from '../model/book/book.ts'
import type { Exact } from '../model/number/money.ts'
import type { Range } from '../model/number/range.ts'
import { plural } from '../model/plural.ts'
import type { RouteFound } from '../model/result/route.ts'
import type { OneModel } from '../model/scenario/scenario.ts'
import type { View } from '../model/views.ts'

/** A model that could serve every request. */
export interface Candidate {
  readonly model: Model
  readonly row: Price
  readonly work: OneModel
  /** USD per period, both ends, and at the stated factors of estimated text. */
  readonly ends: Range<Exact>
  readonly cost: Exact
  readonly score: Score | null
}

interface CandidateOptions {
  readonly at: string
  readonly view: View
  /** Leaves out models that cannot be priced: for a whole book. */
  readonly lenient: boolean
  /** Models left out before pricing, with reasons. */
  readonly skipped: RouteFound['skipped']
}

/** The models that could serve a workload, each once, with costs and scores; and why the others could not. */
export const findCandidates = (
  models: readonly OneModel[],
  scores: Scores,
  { priced, options }: { readonly priced: PricedBook; readonly options: CandidateOptions },
): { candidates: Candidate[]; skipped: RouteFound['skipped'] } => {
  const { view, at, lenient } = options
  const skipped = [...options.skipped]
  const candidates = new Map<string, Candidate>()
  for (const scenario of models) {
    const model = findModel(priced.book, scenario.model)
    if (!model || candidates.has(model.id)) continue
    try {
      const one = priceScenario(scenario, priced.book, scenario.at ?? at)
      const ends = one.costs[view]
      const why = whyNot(one, view)
      if (why !== null || ends === null) skipped.push({ model: model.id, ...(why ?? { why: `${view} is unknown` }) })
      else {
        const cost = statedCost(one.apiStreams, view) ?? ends.low
        const [{ streams }] = one.legs
        const { listed: row } = streams[0].low.offer
        candidates.set(model.id, { model, row, work: scenario, ends, cost, score: scores.of({ model, row }) })
      }
    } catch (error) {
      if (!lenient) throw error
      skipped.push({ model: model.id, ...reasonOf(faultsOf(error)) })
    }
  }
  return { candidates: [...candidates.values()], skipped: skipped.sort((a, b) => (a.model < b.model ? -1 : 1)) }
}

/** Why a model cannot serve this workload; `null` if it can. */
const whyNot = ({ legs: [{ streams }] }: PricedScenario, view: View): Reason | null => {
  for (const { low, high } of streams) {
    const unknown = [low, high].map(({ views }) => views[view]).find(one => 'reason' in one)
    if (unknown && 'reason' in unknown) return { why: unknown.reason, kind: unknown.kind }
    const { context } = limitsOf(low.offer)
    const longest = high.longest?.tokens
    if (context !== null && longest !== undefined && longest > context) {
      return {
        why: `a context of ${plural(context, 'token')} is too short for ${longest}`,
        kind: 'context too short',
      }
    }
  }
  return null
}
