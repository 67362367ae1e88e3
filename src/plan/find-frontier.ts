import type { Exact } from '../model/number/money.ts'

/** A model with its cost and quality. */
export interface Candidate {
  readonly model: string
  readonly cost: Exact
  readonly quality: Exact
}

/** Whether a costs no more and scores no less than b, and is better in at least one of them. */
const dominates = (a: Candidate, b: Candidate): boolean =>
  a.cost.lte(b.cost) && a.quality.gte(b.quality) && (a.cost.lt(b.cost) || a.quality.gt(b.quality))

/**
 * The cost-quality frontier.
 *
 * @returns every candidate, cheapest first and better first at equal cost, each with the cheapest candidate that
 *   dominates it, or `null` on the frontier
 */
export const findFrontier = <T extends Candidate>(candidates: readonly T[]): { point: T; dominatedBy: T | null }[] => {
  const sorted = [...candidates].sort(
    (a, b) => a.cost.comparedTo(b.cost) || b.quality.comparedTo(a.quality) || (a.model < b.model ? -1 : 1),
  )
  // Each is better than all that cost less or the same, so the first to dominate a point is one of these.
  const records: T[] = []
  return sorted.map(point => {
    const last = records.at(-1)
    if (!last || point.quality.gt(last.quality)) records.push(point)
    const first = firstFrom(records, ({ quality }) => quality.gte(point.quality))
    return { point, dominatedBy: first && dominates(first, point) ? first : null }
  })
}

/** The first item from which a condition holds; `undefined` if it never does. */
const firstFrom = <T>(all: readonly T[], holds: (one: T) => boolean): T | undefined => {
  let [from, to] = [0, all.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const one = all[middle]
    if (one !== undefined && holds(one)) to = middle
    else from = middle + 1
  }
  return all[from]
}
