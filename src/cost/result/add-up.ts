import { sum } from '../../model/number/money.ts'
import { type Costs, money, printCosts } from '../../model/result/print-exact.ts'
import type { Sums, Totals } from '../../model/result/result.ts'
import { ALL_VIEWS } from '../../model/views.ts'
import { scaleCosts, sumCosts } from '../fleet/costs.ts'
import type { PricedScenario } from '../fleet/price-scenario.ts'
import { periodsPerMonth } from '../time/spread-traffic.ts'

/** A scenario's contribution to the totals: its costs per month, or per run. */
interface Row {
  readonly run: boolean
  readonly costs: Costs
}

/** Totals of several scenarios, by view and by tag. Runs and months are never added together. */
export const addUp = (priced: readonly PricedScenario[]): Totals => {
  const rows: Row[] = []
  const tagged = new Map<string, Row[]>()
  for (const one of priced) {
    const row = toRow(one)
    rows.push(row)
    for (const tag of tagLabels(one.scenario.tags)) {
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

const tagLabels = (tags: Readonly<Record<string, string>>): string[] =>
  Object.entries(tags).map(([key, value]) => `${key}=${value}`)

const toRow = (priced: PricedScenario): Row => {
  const { scenario, costs } = priced
  const periods = periodsPerMonth(scenario.traffic)
  return { run: periods === null, costs: periods === null ? costs : scaleCosts(costs, periods) }
}

const halves = (rows: readonly Row[]) => ({
  run: sumUp(rows.filter(({ run }) => run)),
  per_month: sumUp(rows.filter(({ run }) => !run)),
})

const sumUp = (rows: readonly Row[]): Sums | null => {
  if (rows.length === 0) return null
  return {
    scenarios: rows.length,
    costs: printCosts(sumCosts(rows.map(({ costs }) => costs))),
    at_least: Object.fromEntries(
      ALL_VIEWS.flatMap(view => {
        const known = rows.flatMap(({ costs }) => costs[view]?.low ?? [])
        return known.length > 0 ? [[view, money(sum(known))]] : []
      }),
    ),
  }
}
