/** Every billable dimension, one row each. Reports list meters in this order. */
export const METERS = [
  { key: 'input', unit: '1M tokens' },
  { key: 'cache_read', unit: '1M tokens' },
  { key: 'cache_write', unit: '1M tokens' },
  { key: 'cache_write_1h', unit: '1M tokens' },
  { key: 'output', unit: '1M tokens' },
] as const

/** What is billed, per token. Meters are disjoint: a cached token is not also an input token. */
export type MeterKey = (typeof METERS)[number]['key']

/** A value for each meter, in their order. Written out: it is made for every group of a log. */
export const byMeter = <T>(of: (meter: MeterKey) => T): Record<MeterKey, T> => ({
  input: of('input'),
  cache_read: of('cache_read'),
  cache_write: of('cache_write'),
  cache_write_1h: of('cache_write_1h'),
  output: of('output'),
})

/** Every rate that a row can have: that of each meter, and storage by the hour, which no call is billed for. */
export const RATE_KEYS = [...METERS.map(({ key }) => key), 'cache_storage_hour'] as const

/**
 * The cost of a fleet's router, per 1,000 requests: billed separately from the models, so no book has a rate for it.
 */
export const ROUTER_METER = 'router'

/** Cost units of a self-hosted cluster: GPU hours, monthly costs, and per-token costs. */
export const CLUSTER_METERS = [
  { key: 'gpu_hours', unit: '1 GPU-hour' },
  { key: 'cluster_month', unit: '1 month' },
  { key: 'cluster_tokens', unit: '1M tokens' },
] as const
