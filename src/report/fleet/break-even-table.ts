import type { ScenarioResult } from '../../model/result/result.ts'
import type { BreakEvenEnd, SelfHosted } from '../../model/result/self-hosted.ts'
import { ALL_VIEWS, VIEW_KEYS, type View, viewLabel } from '../../model/views.ts'
import { left, right, type Table } from '../blocks/block.ts'
import { amount, changeOf, figures } from '../figures/amounts.ts'
import { columnDecimals, formatTokens, formatUse, useSpan } from '../figures/format.ts'
import { otherUnits, unitOf } from '../figures/period.ts'
import { aDay, both } from './both-ends.ts'
import { savedAgainst } from './saved-against.ts'
import { STANDINGS, standingsOf } from './standing.ts'

/** Break-even against each known view. */
export const breakEvenTable = (scenario: ScenarioResult, self: SelfHosted): Table => {
  const { costs } = scenario
  const views = VIEW_KEYS.filter(view => self.break_even[view] !== undefined)
  return {
    kind: 'table',
    columns: [
      left('Break-even against'),
      right('utilisation'),
      right(`tokens ${aDay(scenario)}`),
      left('', { wraps: true }),
      ...(costs.self_hosted == null ? [] : [right('saved', { drop: 1 })]),
    ],
    rows: views.map((view: View) => {
      const found = self.break_even[view]
      if (!found) return []
      const { low, high } = found
      const volume = ({ tokens_per_day }: BreakEvenEnd): string =>
        tokens_per_day === null ? '-' : formatTokens(tokens_per_day)
      const use = ({ utilisation }: BreakEvenEnd): string => (utilisation === null ? '-' : formatUse(utilisation))
      return [
        viewLabel(view),
        low.utilisation !== null && high.utilisation !== null
          ? useSpan(low.utilisation, high.utilisation)
          : both(use(low), use(high)),
        both(volume(low), volume(high)),
        standingInWords(self, found),
        ...(costs.self_hosted == null ? [] : [savedAgainst(self.saving[view] ?? null)]),
      ]
    }),
  }
}

const standingInWords = (self: SelfHosted, found: NonNullable<SelfHosted['break_even'][View]>): string => {
  const [best, worst] = standingsOf(self, found)
  return best === worst ? STANDINGS[best] : `${STANDINGS[best]} at best, ${STANDINGS[worst]} at worst`
}

/** The cost of each known view of the API, and of the cluster, in each unit, and the distance of the API's views from the list price. */
export const contestTable = (scenario: ScenarioResult): Table => {
  const { costs } = scenario
  const views = ALL_VIEWS.filter(view => costs[view] != null)
  const units = otherUnits(scenario)
  const decimals = units.map(unit =>
    unit.name === 'a month' ? 2 : columnDecimals(figures(VIEW_KEYS.map(view => unit.costs[view]))),
  )
  return {
    kind: 'table',
    columns: [
      left('Cost'),
      right(unitOf(scenario)),
      ...units.map(({ name }) => right(`USD ${name}`)),
      right('change', { drop: 1 }),
    ],
    rows: views.map(view => {
      const cost = costs[view]
      const change =
        cost == null || view === 'headline' || view === 'self_hosted' ? '' : changeOf(view, cost, costs.headline ?? '0')
      const each = units.map((unit, i) =>
        amount(unit.costs[view] ?? null, view === 'self_hosted' && unit.name !== 'a month' ? undefined : decimals[i]),
      )
      return [viewLabel(view), amount(cost ?? null, 2), ...each, change]
    }),
  }
}
