import { exact } from '../model/number/money.ts'
import { highOf, lowOf, type Printed } from '../model/number/range.ts'
import type { ScenarioResult } from '../model/result/result.ts'
import type { Baseline, Routed, RoutedLeg } from '../model/result/routed.ts'
import { VIEW_KEYS, type View, viewLabel } from '../model/views.ts'
import { columnDecimals, formatCount, formatRatio, formatShare, spanned } from './format.ts'
import { amount, figures } from './in-words.ts'

/** What every format says of a fleet in the same words: its legs, and what it saves against single models. */

/** A column of a fleet's table. */
export interface FleetColumn {
  readonly title: string
  readonly right: boolean
  /** Words, which may be wrapped. */
  readonly wraps?: boolean
  /** May be left out where there is little room, the lowest number first. */
  readonly drop?: number
}

export interface FleetTable {
  readonly columns: readonly FleetColumn[]
  readonly rows: readonly (readonly string[])[]
}

const left = (title: string): FleetColumn => ({ title, right: false })
const right = (title: string, drop?: number): FleetColumn => ({
  title,
  right: true,
  ...(drop === undefined ? {} : { drop }),
})

/** The view that a leg's part of the cost is told in: cached, where it is known. */
const toldView = ({ costs }: ScenarioResult): View => (costs.cached == null ? 'headline' : 'cached')

/** One row a leg, then the fallback and the router. */
export const legsTable = (scenario: ScenarioResult, fleet: Routed): FleetTable => {
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
    left(`Legs (${mode})`),
    right('share'),
    right('requests', 2),
    ...(retried ? [right('tried', 3)] : []),
    ...(sized ? [right('tokens')] : []),
    ...(promoted ? [right('from turn')] : []),
    ...views.map(key => right(viewLabel(key))),
    right(`of ${viewLabel(view)}`, 1),
  ]
  const rows = legs.map(leg => [
    leg.self_host ? `${leg.model}, self-hosted` : leg.model,
    formatShare(leg.share),
    counted(leg.requests),
    ...(retried ? [counted(leg.tried)] : []),
    ...(sized ? [`×${leg.tokens_times}`] : []),
    ...(promoted ? [String(leg.promote_at_turn ?? 1)] : []),
    ...costs(leg.costs),
    shareOf(leg.share_of_cost[view] ?? null),
  ])
  const blanks = [retried, sized, promoted].filter(Boolean).map(() => '')
  if (fallback) {
    const { model, share, requests } = fallback
    rows.push([`fallback ${model}`, formatShare(share), counted(requests), ...blanks, ...costs(fallback.costs), ''])
  }
  if (router) {
    const cost = views.map((_, i) => amount(router.cost, decimals[i]))
    rows.push(['router', '', counted(router.requests), ...blanks, ...cost, ''])
  }
  return { columns, rows }
}

const shareOf = (share: Printed<number> | null): string => (share === null ? '' : spanned(share, formatShare, ' to '))

// Where there is little room these go first: a bound, and what few can use.
const DROP: Readonly<Partial<Record<View, number>>> = { cached_ideal: 1, batch_cached: 2, batch: 3 }

/** One row a baseline: what it costs, and what the fleet saves against it in every view that is known of the fleet. */
export const savingsTable = ({ costs }: ScenarioResult, { baselines }: Routed): FleetTable => {
  const views = VIEW_KEYS.filter(view => costs[view] != null)
  const decimals = columnDecimals(figures(baselines.map(one => one.costs.headline)))
  return {
    columns: [
      left('Saved against'),
      right('its headline', 4),
      ...views.map(view => right(viewLabel(view), DROP[view])),
    ],
    rows: baselines.map(one => [
      `all ${one.model}`,
      amount(one.costs.headline ?? null, decimals),
      ...views.map(view => savedAgainst(one.saving[view] ?? null)),
    ]),
  }
}

/** A saving as a percentage; a fleet that costs more says how many times as much. */
export const savedAgainst = (saving: Baseline['saving'][View]): string => {
  if (saving == null) return 'N/A'
  const [low, high] = [lowOf(saving), highOf(saving)]
  const times = (share: number): string =>
    formatRatio(
      exact(1)
        .minus(exact(String(share)))
        .toFixed(),
    )
  if (high < 0) return low === high ? `costs ${times(low)}` : `costs ${times(high)}-${times(low)}`
  // On either side of nothing: a loss is a saving below 0.
  const percent = (share: number): string => (share < 0 ? `-${formatShare(-share)}` : formatShare(share))
  return low === high ? percent(low) : `${percent(low)} to ${percent(high)}`
}
