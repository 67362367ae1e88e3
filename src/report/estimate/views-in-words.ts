import type { CostLine, ScenarioResult } from '../../model/result/result.ts'
import { type CostView, VIEW_KEYS, VIEWS, type View, viewLabel } from '../../model/views.ts'

/** What every format says of a view's row: what it is called, what stands beside it, of what it is only a bound. */

/** The rows of a scenario's views: that of a cluster only where it has one. */
export const shownRows = ({ self_host }: ScenarioResult) => [
  ...VIEWS,
  ...(self_host ? [{ key: 'self_hosted', label: viewLabel('self_hosted'), what: 'your own cluster' } as const] : []),
]

/** Whether a view's row is marked as a bound; that of the ideal cache is called one as it is. */
export const isMarked = ({ bounds }: ScenarioResult, key: CostView): key is View =>
  key !== 'cached_ideal' && key !== 'self_hosted' && bounds[key] !== undefined

/** What a row of a view is called, with a mark where its figure is only a bound. */
export const labelOf = (scenario: ScenarioResult, key: CostView): string =>
  `${viewLabel(key)}${isMarked(scenario, key) ? ' *' : ''}`

/** What stands beside a view's figure: why there is none, of what it is a bound, or what it is. */
export const remarkOf = (scenario: ScenarioResult, { key, what }: { key: CostView; what: string }): string =>
  scenario.reasons[key] ??
  (isMarked(scenario, key) ? `* a bound: ${scenario.bounds[key]}` : (uncached(scenario, key) ?? what))

/** The rows that are marked as bounds, each in a sentence. */
export const boundNotes = (scenario: ScenarioResult): string[] =>
  VIEW_KEYS.flatMap(key => (isMarked(scenario, key) ? [`* ${viewLabel(key)} is a bound: ${scenario.bounds[key]}`] : []))

/** Of a view that would be with caching, why it is not. */
const uncached = ({ cache, lines }: ScenarioResult, key: CostView): string | null => {
  if (key !== 'cached_ideal' && key !== 'cached' && key !== 'batch_cached') return null
  const as = key === 'batch_cached' ? 'as batch' : 'as headline'
  const bills = (meter: CostLine['meter']): boolean =>
    lines.some(line => line.view === 'cached_ideal' && line.meter === meter)
  if (bills('input') && !bills('cache_read')) return `no cache reads offered: ${as}`
  return cache.policy === 'none' && key !== 'cached_ideal' ? `cache: none, so ${as}` : null
}
