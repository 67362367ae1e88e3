import type { UsageLine, UsageReport, UsageRow } from '../../model/result/usage.ts'
import { ends } from '../figures/ends.ts'

/** A usage report as rows of CSV: the breakdown, else the models; then the total, and other models. */
export const usageRows = ({ breakdown, by_model, total, elsewhere, period }: UsageReport) => {
  const by = breakdown?.by ?? ['model']
  const row = (kind: string, keys: readonly string[], of: Partial<UsageRow>) => ({
    kind,
    ...Object.fromEntries(by.map((key, i) => [key, keys[i] ?? null])),
    first: kind === 'total' ? period.first : null,
    last: kind === 'total' ? period.last : null,
    records: of.records ?? null,
    requests: of.requests ?? null,
    input: of.tokens?.input ?? null,
    cache_read: of.tokens?.cache_read ?? null,
    cache_write: of.tokens?.cache_write ?? null,
    cache_write_1h: of.tokens?.cache_write_1h ?? null,
    output: of.tokens?.output ?? null,
    ...ends('cost_usd', of.cost),
    ...ends('at_least_usd', of.at_least),
    ...ends('headline_usd', of.headline),
    stated_usd: of.stated ?? null,
    ...ends('difference_usd', of.difference),
    reason: of.reason ?? null,
    untold: of.untold?.join(' ') || null,
  })
  return [
    ...(breakdown?.rows ?? by_model).map(one => row('part', one.keys, one)),
    ...(breakdown?.others ? [row('others', [], breakdown.others)] : []),
    row('total', [], total),
    ...elsewhere.map(({ model, cost, at_least, records, reason }) =>
      row(`on ${model}`, [], { cost, at_least, records, reason }),
    ),
  ]
}

/** The lines of a usage report as rows of CSV. */
export const usageLineRows = (lines: readonly UsageLine[]) =>
  lines.map(({ day, batch, rate, cost, ...line }) => ({
    ...line,
    batch: String(batch),
    ...ends('rate', rate),
    ...ends('cost_usd', cost),
  }))
