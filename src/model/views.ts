/**
 * Every view that this version prices, one row each: a way to pay for the same work. Reports list views in this order.
 */
export const VIEWS = [
  { key: 'headline', label: 'headline', what: 'list price, nothing cached' },
  { key: 'cached_ideal', label: 'cache, upper bound', what: 'if every input token were cached' },
  { key: 'cached', label: 'cached', what: 'expected with prompt caching' },
  { key: 'batch', label: 'batch', what: 'list price in the batch tier' },
  { key: 'batch_cached', label: 'batch cached', what: 'batch, with the hits of cached' },
] as const

/** One way to pay for the same work. */
export type View = (typeof VIEWS)[number]['key']

export const VIEW_KEYS: readonly View[] = VIEWS.map(({ key }) => key)

/** The label of a view in reports. */
export const viewLabel = (view: View | 'self_hosted'): string =>
  view === 'self_hosted' ? 'self-hosted' : (VIEWS.find(({ key }) => key === view)?.label ?? view)

/** The views of the API, and the view of the self-hosted cluster. */
export const ALL_VIEWS = [...VIEWS.map(({ key }) => key), 'self_hosted'] as const

/** A view of the API's price, or of a cluster's cost. */
export type CostView = (typeof ALL_VIEWS)[number]

/** What models can be ranked by: one view for all, or `best`, of each model its cheapest. */
export const RANKINGS = [...VIEWS.map(({ key }) => key), 'best'] as const

export type Ranking = (typeof RANKINGS)[number]
