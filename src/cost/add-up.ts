import { exact, type Money, ZERO } from '../model/money.ts'
import type { Sums, Totals } from '../model/result.ts'
import { VIEW_KEYS, type View } from '../model/views.ts'
import type { Estimate } from './price-scenario.ts'
import { money, printCosts } from './print-exact.ts'
import { periodsPerMonth } from './spread-traffic.ts'

/** Totals of several scenarios, by view and by tag; runs and months are never added together. */
export const addUp = (estimates: readonly Estimate[]): Totals => {
  const tags = new Set(estimates.flatMap(({ scenario }) => tagsOf(scenario.tags)))
  const tagged = (tag: string) => estimates.filter(({ scenario }) => tagsOf(scenario.tags).includes(tag))
  return {
    ...halves(estimates),
    by_tag: Object.fromEntries([...tags].sort().map(tag => [tag, halves(tagged(tag))])),
  }
}

const tagsOf = (tags: Readonly<Record<string, string>>): string[] =>
  Object.entries(tags).map(([key, value]) => `${key}=${value}`)

const halves = (estimates: readonly Estimate[]) => ({
  run: sumUp(estimates.filter(({ scenario }) => scenario.traffic.per === 'run')),
  per_month: sumUp(estimates.filter(({ scenario }) => scenario.traffic.per !== 'run')),
})

const sumUp = (estimates: readonly Estimate[]): Sums | null => {
  if (estimates.length === 0) return null
  const known = (view: View): Money[] =>
    estimates.flatMap(({ views, scenario }) => {
      const priced = views[view]
      return 'cost' in priced ? [priced.cost.times(periodsPerMonth(scenario.traffic) ?? exact(1))] : []
    })
  const sum = (view: View): Money => known(view).reduce((total, cost) => total.plus(cost), ZERO)
  return {
    scenarios: estimates.length,
    costs: printCosts(view => (known(view).length === estimates.length ? sum(view) : null)),
    at_least: Object.fromEntries(VIEW_KEYS.flatMap(view => (known(view).length > 0 ? [[view, money(sum(view))]] : []))),
  }
}
