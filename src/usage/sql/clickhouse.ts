import type { Dialect } from './dialect.ts'
import { selectFlat } from './select.ts'

const MOST = Number.MAX_SAFE_INTEGER

const bare = (type: string): string => {
  const [, inner = type] = /^(?:Nullable|LowCardinality)\((.*)\)$/.exec(type) ?? []
  return inner === type ? type : bare(inner)
}

const count: Dialect['count'] = (sql, type) =>
  // A float may be whole and still not be what was counted.
  /^U?Int(?:8|16|32|64)$/.test(bare(type)) ? { value: sql, bad: `${sql} < 0 or ${sql} > ${MOST}` } : null

/** The seconds that a DateTime can hold are from 0 to this. */
const LAST_SECOND = 2 ** 32 - 1

const within =
  (sql: string) =>
  ({ from, to }: { readonly from: number; readonly to: number }): string => {
    const [first, last] = [Math.floor(from / 1000), Math.ceil(to / 1000)]
    const conditions = [
      ...(first > 0 ? [`${sql} >= toDateTime(${Math.min(first, LAST_SECOND)})`] : []),
      ...(last <= LAST_SECOND ? [`${sql} <= toDateTime(${Math.max(last, 0)})`] : []),
    ]
    return conditions.join(' and ') || '1 = 1'
  }

const instant: Dialect['instant'] = (sql, type) => {
  const kind = bare(type)
  if (/^DateTime(?:\(|$)/.test(kind)) return { value: `(toUInt32(${sql}) * 1000)`, bad: null, within: within(sql) }
  if (/^DateTime64/.test(kind)) {
    return { value: `intDiv(toUnixTimestamp64Micro(${sql}), 1000)`, bad: null, within: within(sql) }
  }
  if (kind === 'Date') return { value: `(toUInt32(toDateTime(${sql}, 'UTC')) * 1000)`, bad: null }
  if (!/^U?Int(?:32|64)$/.test(kind)) return null
  const units = `${sql} < 100000000000, ${sql} * 1000, ${sql} < 100000000000000, ${sql}, ${sql} < 100000000000000000, intDiv(${sql}, 1000)`
  return { value: `multiIf(${units}, intDiv(${sql}, 1000000))`, bad: `${sql} < 0` }
}

const money: Dialect['money'] = (sql, type) =>
  /^(?:Decimal.*|U?Int(?:8|16|32|64))$/.test(bare(type)) ? { value: sql, bad: null } : null

/** What both ClickHouse 18.16 and today's understand. */
export const clickhouse: Dialect = {
  name: column => `\`${column.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``,
  count,
  instant,
  money,
  text: sql => `toString(${sql})`,
  bit: condition => `multiIf(${condition}, 1, 0)`,
  total: counts => counts.join(' + '),
  quotient: (dividend, divisor) => `intDiv(${dividend}, ${divisor})`,
  sum: sql => `toString(sum(${sql}))`,
  // The table travels with the query, so that a reader needs no right to create one; beyond its end the state is 0.
  lookup: ({ first, slots }, slot) => ({
    before: [],
    join: '',
    state: `arrayElement([${slots.join(',')}], toUInt32(ifNull(${slot} - ${first - 1}, 0)))`,
  }),
  select: selectFlat,
  repeated: rows => `${selectFlat(rows, 'dsp_id')} group by dsp_id having count() > 1`,
  once: () => null,
  regroups: false,
  mostDays: 32,
  wraps: true,
}
