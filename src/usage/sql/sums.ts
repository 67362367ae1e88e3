import { byMeter, type MeterKey } from '../../model/meters.ts'
import { exact } from '../../model/number/money.ts'
import type { Summed } from '../groups/group.ts'
import { keysOf } from '../reading/keys.ts'
import type { UsageRecord } from '../record.ts'
import { termsOf } from '../sessions/plain.ts'
import type { Row } from './engine.ts'
import { type Bit, bandStart, bitsOf, type Grouped } from './group-query.ts'

/** The groups in the answer of a group query. @param columns - those of the query */
export const sumsIn = (rows: readonly Row[], columns: readonly string[], grouped: Grouped): Summed[] => {
  const cells = cellsIn(columns, grouped)
  const bitsIn = bitsBy(bitsOf(grouped))
  return rows.map(row => summedIn(row, { cells, grouped, bits: bitsIn(Number(cells.kind(row))) }))
}

/** Reads a column of a row; `null` too where the answer has no such column. */
type Cell = (row: Row) => string | null

/** The columns of an answer, each found once. */
const cellsIn = (columns: readonly string[], { shape }: Grouped) => {
  const cell = (name: string): Cell => {
    const at = columns.indexOf(name)
    return row => row[at] ?? null
  }
  return {
    sum: byMeter(key => cell(`sum_${key}`)),
    told: byMeter(key => cell(`told_${key}`)),
    values: shape.keys.map((key, i) => ({ key, value: cell(`value_${i}`) })),
    model: cell('model'),
    state: cell('state'),
    band: cell('band'),
    kind: cell('kind'),
    bucketAt: cell('bucket_at'),
    bucketEnd: cell('bucket_end'),
    service: cell('service'),
    batch: cell('batch'),
    n: cell('n'),
    firstMs: cell('first_ms'),
    lastMs: cell('last_ms'),
    sumRequests: cell('sum_requests'),
    sumStated: cell('sum_stated'),
  }
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
  readonly cells: ReturnType<typeof cellsIn>
  readonly grouped: Grouped
  /** Those that are set. */
  readonly bits: ReadonlySet<Bit>
}

const summedIn = (row: Row, of: Of): Summed => {
  const { cells, grouped, bits } = of
  const tokens = byMeter(key => BigInt(cells.sum[key](row) ?? 0))
  return {
    record: recordIn(row, tokens, of),
    prompt: bandStart(grouped.edges, Number(cells.band(row) ?? 0)),
    records: Number(cells.n(row)),
    requests: bits.has('uncounted') ? null : Number(cells.sumRequests(row) ?? cells.n(row)),
    tokens,
    stated: bits.has('stated') ? exact(cells.sumStated(row) ?? '0') : null,
    first: instantIn(cells.firstMs(row)),
    last: instantIn(cells.lastMs(row)),
  }
}

const instantIn = (value: string | null): number | null => (value === null ? null : Number(value))

/** A record that has what all records of a group have. */
const recordIn = (row: Row, tokens: Summed['tokens'], { cells, grouped, bits }: Of): UsageRecord => {
  const { plan } = grouped
  const isUntold = (key: MeterKey): boolean => bits.has(`null:${key}`) || cells.told[key](row) === '0'
  const meter = (key: MeterKey): number | null => (isUntold(key) ? null : tokens[key] > 0n ? 1 : 0)
  const end = instantIn(cells.bucketEnd(row))
  const state = plan?.states[Number(cells.state(row)) - 1]
  return {
    at: end === null ? (state?.at ?? null) : instantIn(cells.bucketAt(row)),
    end,
    model: cells.model(row),
    input: meter('input') ?? 0,
    cache_read: meter('cache_read'),
    cache_write: meter('cache_write'),
    cache_write_1h: meter('cache_write_1h'),
    output: meter('output') ?? 0,
    reasoning: null,
    requests: bits.has('uncounted') ? null : 1,
    ...termsOf(cells.service(row), cells.batch(row)),
    id: null,
    stated_usd: bits.has('stated') ? '0' : null,
    keys: keysOf(Object.fromEntries(cells.values.map(({ key, value }) => [key, value(row)]))),
  }
}
