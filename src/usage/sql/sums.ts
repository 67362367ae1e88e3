import { METERS, type MeterKey } from '../../model/meters.ts'
import { type Exact, exact } from '../../model/number/money.ts'
import type { Summed } from '../groups/group.ts'
import { keysOf } from '../reading/keys.ts'
import type { UsageRecord } from '../record.ts'
import { termsOf } from '../sessions/plain.ts'
import type { Row } from './engine.ts'
import { type Bit, bandStart, bitsOf, type Grouped } from './group-query.ts'

/** A row of an answer by its columns. */
type Named = Readonly<Record<string, string | null>>

/** The groups in the answer of a group query. @param columns - those of the query */
export const sumsIn = (rows: readonly Row[], columns: readonly string[], grouped: Grouped): Summed[] => {
  const bits = bitsOf(grouped)
  return rows.map(row => {
    const named: Named = Object.fromEntries(columns.map((name, i) => [name, row[i] ?? null]))
    const kind = Number(named['kind'] ?? 0)
    return summedIn(named, { grouped, bits: new Set(bits.filter((_, i) => (kind >> i) % 2 === 1)) })
  })
}

interface Of {
  readonly grouped: Grouped
  /** Those that are set. */
  readonly bits: ReadonlySet<Bit>
}

const summedIn = (row: Named, { grouped, bits }: Of): Summed => {
  const number = (name: string): number => Number(row[name])
  const tokens = Object.fromEntries(METERS.map(({ key }) => [key, BigInt(row[`sum_${key}`] ?? 0)])) as Record<
    MeterKey,
    bigint
  >
  const records = number('n')
  const stated: Exact | null = bits.has('stated') ? exact(row['sum_stated'] ?? '0') : null
  return {
    record: recordIn(row, { grouped, bits, tokens }),
    prompt: bandStart(grouped.edges, Number(row['band'] ?? 0)),
    records,
    requests: bits.has('uncounted') ? null : Number(row['sum_requests'] ?? row['n']),
    tokens,
    stated,
    first: instantIn(row['first_ms']),
    last: instantIn(row['last_ms']),
  }
}

const instantIn = (value: string | null | undefined): number | null => (value == null ? null : Number(value))

/** A record that has what all records of a group have. */
const recordIn = (row: Named, { grouped, bits, tokens }: Of & { readonly tokens: Summed['tokens'] }): UsageRecord => {
  const { plan, shape } = grouped
  const isUntold = (key: MeterKey): boolean => bits.has(`null:${key}`) || row[`told_${key}`] === '0'
  const meter = (key: MeterKey): number | null => (isUntold(key) ? null : tokens[key] > 0n ? 1 : 0)
  const end = instantIn(row['bucket_end'])
  const state = plan?.states[Number(row['state']) - 1]
  return {
    at: end === null ? (state?.at ?? null) : instantIn(row['bucket_at']),
    end,
    model: row['model'] ?? null,
    input: meter('input') ?? 0,
    cache_read: meter('cache_read'),
    cache_write: meter('cache_write'),
    cache_write_1h: meter('cache_write_1h'),
    output: meter('output') ?? 0,
    reasoning: null,
    requests: bits.has('uncounted') ? null : 1,
    ...termsOf(row['service'], row['batch']),
    id: null,
    stated_usd: bits.has('stated') ? '0' : null,
    keys: keysOf(Object.fromEntries(shape.keys.map((key, i) => [key, row[`value_${i}`]]))),
  }
}
