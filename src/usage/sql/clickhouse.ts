import type { Dialect } from './dialect.ts'

const MOST = Number.MAX_SAFE_INTEGER

const bare = (type: string): string => {
  const [, inner = type] = /^(?:Nullable|LowCardinality)\((.*)\)$/.exec(type) ?? []
  return inner === type ? type : bare(inner)
}

const count: Dialect['count'] = (sql, type) =>
  // A float may be whole and still not be what was counted.
  /^U?Int(?:8|16|32|64)$/.test(bare(type)) ? { value: sql, bad: `${sql} < 0 or ${sql} > ${MOST}` } : null

const instant: Dialect['instant'] = (sql, type) => {
  const kind = bare(type)
  if (/^DateTime(?:\(|$)/.test(kind)) return { value: `(toUInt32(${sql}) * 1000)`, bad: null }
  if (/^DateTime64/.test(kind)) return { value: `intDiv(toUnixTimestamp64Micro(${sql}), 1000)`, bad: null }
  if (kind === 'Date') return { value: `(toUInt32(toDateTime(${sql}, 'UTC')) * 1000)`, bad: null }
  if (!/^U?Int(?:32|64)$/.test(kind)) return null
  const number = `toInt64(${sql})`
  const units = `${number} < 100000000000, ${number} * 1000, ${number} < 100000000000000, ${number}, ${number} < 100000000000000000, intDiv(${number}, 1000)`
  return { value: `multiIf(${units}, intDiv(${number}, 1000000))`, bad: `${sql} < 0` }
}

const money: Dialect['money'] = (sql, type) =>
  /^(?:Decimal.*|U?Int(?:8|16|32|64))$/.test(bare(type)) ? { value: sql, bad: null } : null

/** What both ClickHouse 18.16 and today's understand. */
export const clickhouse: Dialect = {
  name: column => `\`${column.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``,
  count,
  instant,
  money,
  text: sql => `nullIf(toString(${sql}), '')`,
  bit: condition => `multiIf(${condition}, 1, 0)`,
  quotient: (dividend, divisor) => `intDiv(${dividend}, ${divisor})`,
  sum: sql => `toString(sum(${sql}))`,
  // The table travels with the query, so that a reader needs no right to create one; beyond its end the state is 0.
  lookup: ({ slots }, index) => ({
    before: [],
    join: '',
    state: `arrayElement([${slots.join(',')}], toUInt32(${index} + 1))`,
  }),
  repeated: rows => `select id from (${rows}) as i group by id having count() > 1`,
  once: () => null,
  mostDays: 32,
  wraps: true,
}
