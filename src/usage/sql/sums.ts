import { METERS, type MeterKey } from '../../model/meters.ts'
import { type Exact, exact } from '../../model/number/money.ts'
import type { Summed } from '../groups/group.ts'
import { keysOf } from '../reading/keys.ts'
import type { UsageRecord } from '../record.ts'
import { termsOf } from '../sessions/plain.ts'
import type { Row } from './engine.ts'
import { type Bit, bandStart, bitsOf, type Grouped } from './group-query.ts'

/** A value of a row by its column; `null` too where the answer has no such column. */
type Cell = (column: string) => string | null

/** The groups in the answer of a group query. @param columns - those of the query */
export const sumsIn = (rows: readonly Row[], columns: readonly string[], grouped: Grouped): Summed[] => {
  const at = new Map(columns.map((name, i) => [name, i]))
  const bitsIn = bitsBy(bitsOf(grouped))
  return rows.map(row => {
    const cell: Cell = column => row[at.get(column) ?? -1] ?? null
    return summedIn(cell, { grouped, bits: bitsIn(Number(cell('kind'))) })
  })
}

/** The bits that a kind has set: few kinds are there, so each is taken apart once. */
const bitsBy = (bits: readonly Bit[]): ((kind: number) => ReadonlySet<Bit>) => {
  const known = new Map<number, ReadonlySet<Bit>>()
  return kind => {
    const found = known.get(kind) ?? new Set(bits.filter((_, i) => (kind >> i) % 2 === 1))
    known.set(kind, found)
    return found
  }
}

interface Of {
  readonly grouped: Grouped
  /** Those that are set. */
  readonly bits: ReadonlySet<Bit>
}

const summedIn = (cell: Cell, { grouped, bits }: Of): Summed => {
  const tokens = Object.fromEntries(METERS.map(({ key }) => [key, BigInt(cell(`sum_${key}`) ?? 0)])) as Record<
    MeterKey,
    bigint
  >
  const records = Number(cell('n'))
  const stated: Exact | null = bits.has('stated') ? exact(cell('sum_stated') ?? '0') : null
  return {
    record: recordIn(cell, { grouped, bits, tokens }),
    prompt: bandStart(grouped.edges, Number(cell('band') ?? 0)),
    records,
    requests: bits.has('uncounted') ? null : Number(cell('sum_requests') ?? cell('n')),
    tokens,
    stated,
    first: instantIn(cell('first_ms')),
    last: instantIn(cell('last_ms')),
  }
}

const instantIn = (value: string | null): number | null => (value === null ? null : Number(value))

/** A record that has what all records of a group have. */
const recordIn = (cell: Cell, { grouped, bits, tokens }: Of & { readonly tokens: Summed['tokens'] }): UsageRecord => {
  const { plan, shape } = grouped
  const isUntold = (key: MeterKey): boolean => bits.has(`null:${key}`) || cell(`told_${key}`) === '0'
  const meter = (key: MeterKey): number | null => (isUntold(key) ? null : tokens[key] > 0n ? 1 : 0)
  const end = instantIn(cell('bucket_end'))
  const state = plan?.states[Number(cell('state')) - 1]
  return {
    at: end === null ? (state?.at ?? null) : instantIn(cell('bucket_at')),
    end,
    model: cell('model'),
    input: meter('input') ?? 0,
    cache_read: meter('cache_read'),
    cache_write: meter('cache_write'),
    cache_write_1h: meter('cache_write_1h'),
    output: meter('output') ?? 0,
    reasoning: null,
    requests: bits.has('uncounted') ? null : 1,
    ...termsOf(cell('service'), cell('batch')),
    id: null,
    stated_usd: bits.has('stated') ? '0' : null,
    keys: keysOf(Object.fromEntries(shape.keys.map((key, i) => [key, cell(`value_${i}`)]))),
  }
}
