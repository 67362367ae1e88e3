/** Every billable dimension, one row each. Reports list meters in this order. */
export const METERS = [
  { key: 'input', label: 'input', unit: '1M tokens' },
  { key: 'cache_read', label: 'cache read', unit: '1M tokens' },
  { key: 'cache_write', label: 'cache write', unit: '1M tokens' },
  { key: 'cache_write_1h', label: 'cache write 1h', unit: '1M tokens' },
  { key: 'output', label: 'output', unit: '1M tokens' },
] as const

/** What is billed, per token. Meters are disjoint: a cached token is not also an input token. */
export type MeterKey = (typeof METERS)[number]['key']

export const meterLabel = (key: MeterKey): string => METERS.find(meter => meter.key === key)?.label ?? key
