import { withTerms } from '../../cost/workload/serving.ts'
import type { Printed } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import type { Routed, RoutedLeg } from '../../model/result/routed.ts'
import { VIEW_KEYS, type View, viewLabel } from '../../model/views.ts'
import { type Column, names, right, type Table } from '../blocks/block.ts'
import { amount, figures } from '../figures/amounts.ts'
import { columnDecimals, formatCount, formatShare, spanned } from '../figures/format.ts'
import { unitOf } from '../figures/period.ts'
import { savedAgainst } from './saved-against.ts'

/** A fleet: its legs, and its savings against single models. */

/** The view in which a leg's share of the cost is shown: cached, if known. */
const toldView = ({ costs }: ScenarioResult): View => (costs.cached == null ? 'headline' : 'cached')

/** One row per leg, then the fallback and the router. */
export const legsTable = (scenario: ScenarioResult, fleet: Routed): Table => {
  const { legs, mode, fallback, router } = fleet
  const view = toldView(scenario)
  const views: readonly View[] = view === 'headline' ? [view] : ['headline', view]
  const parts = [...legs, ...(fallback ? [fallback] : [])]
  const decimals = views.map(key => columnDecimals(figures([...parts.map(({ costs }) => costs[key]), router?.cost])))
  const sized = legs.some(({ tokens_times }) => tokens_times !== '1')
  const retried = mode === 'cascade' || legs.some(({ promote_at_turn }) => promote_at_turn !== null)
  const promoted = legs.some(({ promote_at_turn }) => promote_at_turn !== null)
  const counted = (count: number | string | null): string => (count === null ? '' : formatCount(count))
  const costs = (of: RoutedLeg['costs']): string[] => views.map((key, i) => amount(of[key] ?? null, decimals[i]))
  const columns = [
    names(`Legs (${mode}), ${unitOf(scenario)}`),
    right('share'),
    right('requests', { drop: 2 }),
    ...(retried ? [right('tried', { drop: 3 })] : []),
    ...(sized ? [right('tokens')] : []),
    ...(promoted ? [right('from turn')] : []),
    ...views.map(key => right(viewLabel(key))),
    right(`of ${viewLabel(view)}`, { drop: 1 }),
  ]
  const rows = legs.map(leg => [
    leg.self_host ? `${leg.model}, self-hosted` : withTerms(leg.model, leg),
    formatShare(leg.share),
    counted(leg.requests),
    ...(retried ? [counted(leg.tried)] : []),
    ...(sized ? [`×${leg.tokens_times}`] : []),
    ...(promoted ? [String(leg.promote_at_turn ?? 1)] : []),
    ...costs(leg.costs),
    shareCell(leg.share_of_cost[view] ?? null),
  ])
  const blanks = [retried, sized, promoted].filter(Boolean).map(() => '')
  if (fallback) {
    const { model, share, requests } = fallback
    rows.push([
      `fallback ${withTerms(model, fallback)}`,
      formatShare(share),
      counted(requests),
      ...blanks,
      ...costs(fallback.costs),
      '',
    ])
  }
  if (router) {
    const cost = views.map((_, i) => amount(router.cost, decimals[i]))
    rows.push(['router', '', counted(router.requests), ...blanks, ...cost, ''])
  }
  return { kind: 'table', columns, rows }
}

const shareCell = (share: Printed<number> | null): string => (share === null ? '' : spanned(share, formatShare, ' to '))

// Dropped first when there is little room: a bound, and a view that few can use.
const DROP: Readonly<Partial<Record<View, Pick<Column, 'drop'>>>> = {
  cached_ideal: { drop: 1 },
  batch_cached: { drop: 2 },
  batch: { drop: 3 },
}

/** One row per baseline: its cost, and the fleet's saving against it in every known view of the fleet. */
export const savingsTable = (scenario: ScenarioResult, { baselines }: Routed): Table => {
  const { costs } = scenario
  const views = VIEW_KEYS.filter(view => costs[view] != null)
  const decimals = columnDecimals(figures(baselines.map(one => one.costs.headline)))
  return {
    kind: 'table',
    columns: [
      names('Saved against'),
      right(`list, ${unitOf(scenario)}`, { drop: 4 }),
      ...views.map(view => right(viewLabel(view), DROP[view])),
    ],
    rows: baselines.map(one => [
      `all ${withTerms(one.model, one)}`,
      amount(one.costs.headline ?? null, decimals),
      ...views.map(view => savedAgainst(one.saving[view] ?? null)),
    ]),
  }
}
