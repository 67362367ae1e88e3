import type { CostLine, ScenarioResult } from '../../model/result/result.ts'
import { type CostView, VIEW_KEYS, VIEWS, type View, viewLabel } from '../../model/views.ts'

/** Wording about a view's row that all formats share: its label, its remark, and what it is a bound of. */

/** Heading of what a view would cost in the cheapest hours and in the dearest. */
export const HOURS = 'if all off-peak – if all peak'

/** The rows of a scenario's views; a cluster's only if there is one. */
export const shownRows = ({ self_host }: ScenarioResult) => [
  ...VIEWS,
  ...(self_host ? [{ key: 'self_hosted', label: viewLabel('self_hosted'), what: 'your own cluster' } as const] : []),
]

/** Whether a view's row is marked as a bound; the ideal cache is labelled as one anyway. */
export const isMarked = ({ bounds }: ScenarioResult, key: CostView): key is View =>
  key !== 'cached_ideal' && key !== 'self_hosted' && bounds[key] !== undefined

/** The label of a view's row, marked if its figure is only a bound. */
export const labelOf = (scenario: ScenarioResult, key: CostView): string =>
  `${viewLabel(key)}${isMarked(scenario, key) ? ' *' : ''}`

/** The remark beside a view's figure: why there is none, what it is a bound of, or a description. */
export const remarkOf = (scenario: ScenarioResult, { key, what }: { key: CostView; what: string }): string =>
  scenario.reasons[key] ??
  (isMarked(scenario, key) ? `* a bound: ${scenario.bounds[key]}` : (otherHits(scenario, key) ?? what))

/** A footnote for the rows marked as a bound, which names them where their reasons differ. */
export const boundNotes = (scenario: ScenarioResult): string[] => {
  const marked = VIEW_KEYS.filter(key => isMarked(scenario, key))
  const [why, ...others] = new Set(marked.map(key => scenario.bounds[key]))
  if (others.length > 0) return marked.map(key => `* ${viewLabel(key)} is a bound: ${scenario.bounds[key]}`)
  return why === undefined ? [] : [`* a bound: ${why}`]
}

/** Why a view with caching has none, or has the hits that the scenario states; `null` if hits are expected. */
const otherHits = ({ cache, lines }: ScenarioResult, key: CostView): string | null => {
  if (key !== 'cached_ideal' && key !== 'cached' && key !== 'batch_cached') return null
  if (cache.policy === 'usage' && key !== 'cached_ideal') return 'cached tokens as the scenario states them'
  const as = key === 'batch_cached' ? 'as batch' : 'as headline'
  const bills = (meter: CostLine['meter']): boolean =>
    lines.some(line => line.view === 'cached_ideal' && line.meter === meter)
  if (bills('input') && !bills('cache_read')) return `no cache reads offered: ${as}`
  return cache.policy === 'none' && key !== 'cached_ideal' ? `cache: none, so ${as}` : null
}
