import { exact, type Money, sum } from '../model/money.ts'
import type { Sums, Totals } from '../model/result.ts'
import { VIEW_KEYS, type View } from '../model/views.ts'
import type { Bounds } from './price-bounds.ts'
import { money, printCosts } from './print-exact.ts'
import { periodsPerMonth } from './spread-traffic.ts'

/** Totals of several scenarios, by view and by tag; runs and months are never added together. */
export const addUp = (priced: readonly Bounds[]): Totals => {
  const tags = new Set(priced.flatMap(({ scenario }) => tagsOf(scenario.tags)))
  const tagged = (tag: string) => priced.filter(({ scenario }) => tagsOf(scenario.tags).includes(tag))
  return {
    ...halves(priced),
    by_tag: Object.fromEntries([...tags].sort().map(tag => [tag, halves(tagged(tag))])),
  }
}

const tagsOf = (tags: Readonly<Record<string, string>>): string[] =>
  Object.entries(tags).map(([key, value]) => `${key}=${value}`)

const halves = (priced: readonly Bounds[]) => ({
  run: sumUp(priced.filter(({ scenario }) => scenario.traffic.per === 'run')),
  per_month: sumUp(priced.filter(({ scenario }) => scenario.traffic.per !== 'run')),
})

const sumUp = (priced: readonly Bounds[]): Sums | null => {
  if (priced.length === 0) return null
  const known = (view: View): (readonly [Money, Money])[] =>
    priced.flatMap(bounds => {
      const ends = costEnds(bounds, view)
      const periods = periodsPerMonth(bounds.scenario.traffic) ?? exact(1)
      return ends ? [[ends[0].times(periods), ends[1].times(periods)] as const] : []
    })
  const total = (view: View) =>
    [sum(known(view).map(([low]) => low)), sum(known(view).map(([, high]) => high))] as const
  return {
    scenarios: priced.length,
    costs: printCosts(view => (known(view).length === priced.length ? total(view) : null)),
    at_least: Object.fromEntries(
      VIEW_KEYS.flatMap(view => (known(view).length > 0 ? [[view, money(total(view)[0])]] : [])),
    ),
  }
}

/** What a view costs at both ends, USD per period, the smaller first; `null` where either is unknown. */
export const costEnds = ({ low, high }: Bounds, view: View): readonly [Money, Money] | null => {
  const [a, b] = [low.views[view], high.views[view]]
  if (!('cost' in a && 'cost' in b)) return null
  return a.cost.lte(b.cost) ? [a.cost, b.cost] : [b.cost, a.cost]
}
