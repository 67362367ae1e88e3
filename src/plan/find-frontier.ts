import type { Exact } from '../model/number/money.ts'

/** A model with its cost and quality. */
export interface Candidate {
  readonly model: string
  readonly cost: Exact
  readonly quality: Exact
  /** The interval of its quality; `null`: the quality is taken as exact. */
  readonly interval?: { readonly low: Exact; readonly high: Exact } | null
}

/** A candidate, and how it stands to the others. */
export interface Placed<T> {
  readonly point: T
  /** The cheapest candidate that dominates it; `null` on the frontier. */
  readonly dominatedBy: T | null
  /** On the frontier: the cheapest candidate there with an interval that overlaps its own; `null`: it is better than all. */
  readonly tiedWith: T | null
}

/** Whether a costs no more and scores no less than b, and is better in at least one of them. */
const dominates = (a: Candidate, b: Candidate): boolean =>
  a.cost.lte(b.cost) && a.quality.gte(b.quality) && (a.cost.lt(b.cost) || a.quality.gt(b.quality))

/**
 * The cost-quality frontier.
 *
 * @returns every candidate, cheapest first, at equal cost better first, and a maker's own before the same at a host
 */
export const findFrontier = <T extends Candidate>(candidates: readonly T[]): Placed<T>[] => {
  const sorted = [...candidates].sort(
    (a, b) =>
      a.cost.comparedTo(b.cost) ||
      b.quality.comparedTo(a.quality) ||
      Number(isHosted(a)) - Number(isHosted(b)) ||
      (a.model < b.model ? -1 : 1),
  )
  // Each is better than all that cost less or the same, so the first to dominate a point is one of these.
  const records: T[] = []
  const reach = reachOf<T>()
  return sorted.map(point => {
    const last = records.at(-1)
    if (!last || point.quality.gt(last.quality)) records.push(point)
    const first = firstFrom(records, ({ quality }) => quality.gte(point.quality))
    const dominatedBy = first && dominates(first, point) ? first : null
    const tied = dominatedBy === null ? reach.cheapestWithin(point) : undefined
    reach.add(point, dominatedBy === null)
    return { point, dominatedBy, tiedWith: tied ?? null }
  })
}

/** A maker's own offer comes before the same at a host, whose name leads the id. */
const isHosted = ({ model }: Candidate): boolean => model.includes('/')

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

/**
 * The points of a frontier by how far their intervals reach. A point on it is better than all before it, so an interval
 * before it overlaps with its own if it reaches the low end; the furthest reach so far never falls, so it can be searched.
 */
const reachOf = <T extends Candidate>() => {
  const furthest: { readonly point: T; readonly high: Exact }[] = []
  return {
    add: (point: T, onFrontier: boolean): void => {
      const high = point.interval?.high
      const before = furthest.at(-1)
      if (onFrontier && high && (!before || high.gt(before.high))) furthest.push({ point, high })
    },
    /** The cheapest point that costs less and whose interval overlaps; `undefined`: none, or one has no interval. */
    cheapestWithin: ({ cost, interval }: T): T | undefined => {
      if (interval == null) return undefined
      const first = firstFrom(furthest, ({ high }) => high.gte(interval.low))?.point
      return first?.cost.lt(cost) ? first : undefined
    },
  }
}
