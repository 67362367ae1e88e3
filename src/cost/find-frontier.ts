import type { Exact } from '../model/money.ts'

/** A model with what it costs and how good it is. */
export interface Candidate {
  readonly model: string
  readonly cost: Exact
  readonly quality: Exact
}

/** Whether a costs no more and scores no less than b, and is better in one of them. */
const dominates = (a: Candidate, b: Candidate): boolean =>
  a.cost.lte(b.cost) && a.quality.gte(b.quality) && (a.cost.lt(b.cost) || a.quality.gt(b.quality))

/**
 * The cost-quality frontier.
 *
 * @returns every candidate, cheapest first and of equals the better first, each with the cheapest that dominates it, or
 *   `null` on the frontier
 */
export const findFrontier = <T extends Candidate>(candidates: readonly T[]): { point: T; dominatedBy: T | null }[] => {
  const sorted = [...candidates].sort(
    (a, b) => a.cost.comparedTo(b.cost) || b.quality.comparedTo(a.quality) || (a.model < b.model ? -1 : 1),
  )
  return sorted.map(point => ({ point, dominatedBy: sorted.find(other => dominates(other, point)) ?? null }))
}
