import type { CostView, Ranking } from '../views.ts'
import type { Comparison, LeftOut, ScenarioResult } from './result.ts'

/** The view in which a model is ranked; `null`: ranked by its cheapest, it has none. */
export const rankedView = (ranking: Ranking, { answer }: Pick<ScenarioResult, 'answer'>): CostView | null =>
  ranking === 'best' ? (answer?.cheapest ?? null) : ranking

/** The models that a comparison left out, under the name of this version or of older ones. */
export const leftOutOf = ({ left_out, skipped = [] }: Pick<Comparison, 'left_out' | 'skipped'>): readonly LeftOut[] =>
  left_out.length > 0 ? left_out : skipped
