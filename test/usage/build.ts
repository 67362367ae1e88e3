import type { Book } from '../../src/model/book/book.ts'
import type { Result } from '../../src/model/result/result.ts'
import type { UsageReport } from '../../src/model/result/usage.ts'
import type { Budget } from '../../src/model/scenario/budget.ts'
import { factorFor } from '../../src/tokens/index.ts'
import type { UsageRecord } from '../../src/usage/record.ts'
import { checkUsage, keysToHold } from '../../src/usage/result/check-usage.ts'
import { type ReadReport, type UsageOptions, usageRun } from '../../src/usage/result/usage-run.ts'
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

const TERMS: UsageOptions = {
  at: '2026-11-24',
  timezone: 'UTC',
  since: null,
  until: null,
  by: [],
  top: null,
  models: [],
  factorFor,
}

const readOf = (records: readonly UsageRecord[]): ReadReport => ({
  sources: [{ name: 'test', format: 'plain', records: records.length, conventions: {} }],
  malformed: 0,
  malformed_at: [],
  warnings: [],
})

/** What `usage` says of some records. */
export const usageOf = (
  records: readonly UsageRecord[],
  { book = bookWith(), ...options }: Given = {},
): UsageReport => {
  const run = usageRun(priced(book), { ...TERMS, ...options })
  for (const record of records) run.add(record)
  return run.finish(readOf(records))
}

/** What `check --usage` says of some records. @param budget - the limits of a scenario, with its turns */
export const heldOf = (
  records: readonly UsageRecord[],
  { turns = 1, ...budget }: Budget & { readonly turns?: number },
  { book = bookWith(), ...given }: Given = {},
): Result => {
  const places = Object.fromEntries(Object.keys(budget).map(key => [key, `here.yaml:1:1`]))
  const held = { scenario: null, limits: [{ budget, places }], turns }
  const options = { ...TERMS, ...given, by: keysToHold(held) }
  const run = usageRun(priced(book), options)
  for (const record of records) run.add(record)
  return checkUsage(run.priced(), run.finish(readOf(records)), { priced: priced(book), held, options, strict: false })
}
