import { type Money, sum } from '../model/money.ts'
import type { Sums, Totals } from '../model/result.ts'
import { VIEW_KEYS, type View } from '../model/views.ts'
import { costEnds, type Priced } from './price-fleet.ts'
import { amount, money, printCosts } from './print-exact.ts'
import { selfHosting } from './self-host.ts'
import { periodsPerMonth } from './spread-traffic.ts'

type Ends = readonly [Money, Money] | null

/** What a scenario adds to the totals: its costs a month, or of its run. */
interface Row {
  readonly run: boolean
  readonly costs: ReadonlyMap<View, Ends>
  /** Of its cluster. */
  readonly own: Ends
}

/** Totals of several scenarios, by view and by tag; runs and months are never added together. */
export const addUp = (priced: readonly Priced[]): Totals => {
  const rows: Row[] = []
  const tagged = new Map<string, Row[]>()
  for (const one of priced) {
    const row = rowOf(one)
    rows.push(row)
    for (const tag of tagsOf(one.scenario.tags)) {
      const others = tagged.get(tag)
      if (others) others.push(row)
      else tagged.set(tag, [row])
    }
  }
  const tags = [...tagged.keys()].sort()
  return {
    ...halves(rows),
    by_tag: Object.fromEntries(tags.map(tag => [tag, halves(tagged.get(tag) ?? [])])),
  }
}

const tagsOf = (tags: Readonly<Record<string, string>>): string[] =>
  Object.entries(tags).map(([key, value]) => `${key}=${value}`)

const rowOf = (priced: Priced): Row => {
  const periods = periodsPerMonth(priced.scenario.traffic)
  const costOf = (view: View): Ends => {
    const ends = costEnds(priced, view)
    return ends && periods ? [ends[0].times(periods), ends[1].times(periods)] : ends
  }
  // Where the cluster serves a leg, its cost is in every view already.
  const own = priced.legs.some(({ hosting }) => hosting) ? null : (selfHosting(priced)?.costs ?? null)
  return {
    run: periods === null,
    costs: new Map(VIEW_KEYS.map(view => [view, costOf(view)])),
    own: own && periods ? [own[0].times(periods), own[1].times(periods)] : own,
  }
}

const halves = (rows: readonly Row[]) => ({
  run: sumUp(rows.filter(({ run }) => run)),
  per_month: sumUp(rows.filter(({ run }) => !run)),
})

const sumUp = (rows: readonly Row[]): Sums | null => {
  if (rows.length === 0) return null
  const totals = VIEW_KEYS.map(view => {
    const known = rows.flatMap(({ costs }) => [costs.get(view) ?? null].filter(ends => ends !== null))
    const ends = [sum(known.map(([low]) => low)), sum(known.map(([, high]) => high))] as const
    return [view, { known: known.length, ends }] as const
  })
  const whole = new Map(totals.map(([view, { known, ends }]) => [view, known === rows.length ? ends : null]))
  return {
    scenarios: rows.length,
    costs: { ...printCosts(view => whole.get(view) ?? null), self_hosted: ownOf(rows) },
    at_least: Object.fromEntries(
      totals.flatMap(([view, { known, ends }]) => (known > 0 ? [[view, money(ends[0])]] : [])),
    ),
  }
}

/** What the clusters cost together; `null` where a scenario has none. */
const ownOf = (rows: readonly Row[]): Sums['costs']['self_hosted'] => {
  const known = rows.flatMap(({ own }) => (own ? [own] : []))
  return known.length === rows.length
    ? amount(sum(known.map(([low]) => low)), sum(known.map(([, high]) => high)))
    : null
}
