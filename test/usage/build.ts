import type { Book } from '../../src/model/book/book.ts'
import type { UsageReport } from '../../src/model/result/usage.ts'
import { factorFor } from '../../src/tokens/index.ts'
import type { UsageRecord } from '../../src/usage/record.ts'
import { type UsageOptions, usageRun } from '../../src/usage/result/usage-run.ts'
import { bookWith, priced } from '../cost/build.ts'

/** One call of the demo model; each test says only what it is about. */
export const recordWith = (
  record: Partial<Omit<UsageRecord, 'at'>> & { readonly at?: string | null } = {},
): UsageRecord => {
  const { at = '2026-11-10T12:00:00Z', ...rest } = record
  return {
    at: at === null ? null : Date.parse(at),
    end: null,
    model: 'demo',
    input: 0,
    cache_read: 0,
    cache_write: 0,
    cache_write_1h: 0,
    output: 0,
    reasoning: null,
    requests: 1,
    service: null,
    batch: false,
    id: null,
    stated_usd: null,
    keys: {},
    ...rest,
  }
}

export interface Given extends Partial<UsageOptions> {
  readonly book?: Book
}

/** What `usage` says of some records. */
export const usageOf = (
  records: readonly UsageRecord[],
  { book = bookWith(), ...options }: Given = {},
): UsageReport => {
  const run = usageRun(priced(book), {
    at: '2026-11-24',
    timezone: 'UTC',
    since: null,
    until: null,
    by: [],
    top: null,
    models: [],
    factorFor,
    ...options,
  })
  for (const record of records) run.add(record)
  return run.finish({
    sources: [{ name: 'test', format: 'plain', records: records.length }],
    malformed: 0,
    malformed_at: [],
    warnings: [],
  })
}
