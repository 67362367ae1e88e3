import type { Dialect, Reading } from './dialect.ts'
import { type Rows, selectNested } from './select.ts'

const MOST = Number.MAX_SAFE_INTEGER

const SMALL = /^U?(?:TINY|SMALL)?INT(?:EGER)?$|^BIGINT$/
const WIDE = /^(?:UBIGINT|U?HUGEINT)$/
const BROKEN = /^(?:FLOAT|DOUBLE|DECIMAL\(.*\))$/

/** White space as JavaScript trims it. */
const SPACE =
  '[\\x09-\\x0d\\x20\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}]*'

/** A count written as text: `400`, `400.0` or `1,234`. */
const countText = (sql: string): Reading => {
  const value = `nullif(${sql}, '')`
  const plain = `regexp_full_match(${value}, '[0-9]{1,15}')`
  const other = `regexp_extract(${value}, '^${SPACE}([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\\.0*)?${SPACE}$', 1)`
  const number = `case when ${plain} then ${value}::bigint else try_cast(replace(${other}, ',', '') as bigint) end`
  return { value: number, bad: `(${value} is not null and coalesce((${number}) > ${MOST}, true))` }
}

const whole = (sql: string): Reading => ({
  value: `case when ${sql} between 0 and ${MOST} then ${sql}::bigint end`,
  bad: `${sql} not between 0 and ${MOST}`,
})

/** Whether a value lies between the limits of a count; a decimal of few whole digits has no greater one, nor room for it. */
const isCountIn = (sql: string, type: string): string => {
  const [, width, scale] = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(type) ?? []
  const isNarrow = width !== undefined && Number(width) - Number(scale) < String(MOST).length
  return isNarrow ? `${sql} >= 0` : `${sql} between 0 and ${MOST}`
}

const count: Dialect['count'] = (sql, type) => {
  // What the statistics of a file rule out costs nothing.
  if (type === 'BIGINT') return { value: sql, bad: `${sql} not between 0 and ${MOST}` }
  if (SMALL.test(type)) return { value: sql, bad: `${sql} < 0` }
  if (WIDE.test(type)) return whole(sql)
  // What is whole is exact; NaN is greater than any number here.
  if (BROKEN.test(type)) {
    const isWhole = `(${isCountIn(sql, type)} and ${sql} = floor(${sql}))`
    return { value: `case when ${isWhole} then ${sql}::bigint end`, bad: `not ${isWhole}` }
  }
  if (type === '"NULL"') return { value: 'null::bigint', bad: null }
  return type === 'VARCHAR' ? countText(sql) : null
}

/** Each unit of an epoch by the number below which it is meant, and what makes it milliseconds. */
const epoch = (sql: string, isWhole: boolean): Reading => {
  const over = (by: number): string => (isWhole ? `${sql} // ${by}` : `floor(${sql} / ${by})::bigint`)
  const value = `case when ${sql} < 0 or ${sql} >= 1e20 then null when ${sql} < 1e11 then ${isWhole ? `${sql} * 1000` : `floor(${sql} * 1000)::bigint`} when ${sql} < 1e14 then ${over(1)} when ${sql} < 1e17 then ${over(1e3)} else ${over(1e6)} end`
  return { value, bad: `(${sql} is not null and (${value}) is null)` }
}

/** Forms of time that are read from text, as everywhere in dsprice: one without a zone is of UTC. */
const FAST = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?Z'
const WRITTEN =
  '^(\\d{4})-?(\\d\\d)-?(\\d\\d)(?:[Tt ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,9}))?)?)? ?((?i:Z|UTC|[+-](?:[01]\\d|2[0-3])(?::?[0-5]\\d)?(?: UTC)?))?$'

const instantText = (sql: string): Reading => {
  const text = `nullif(${sql}, '')`
  const fast = `case when regexp_full_match(${text}, '${FAST}') then epoch_ms(try_cast(${text} as timestamp)) end`
  const number = `case when regexp_full_match(${text}, '\\d{9,19}(?:\\.\\d+)?') then ${epoch(`(${text}::double)`, false).value} end`
  const value = `coalesce(${fast}, ${writtenText(`trim(${text}, ' ' || chr(9) || chr(10) || chr(13))`)}, ${number})`
  return { value, bad: `(${text} is not null and ${value} is null)` }
}

/** Year, month, day, hour, minute, second, fraction and zone, put together as whole numbers. */
const writtenText = (text: string): string => {
  const part = (i: number): string => `regexp_extract(${text}, '${WRITTEN}', ${i})`
  const number = (i: number): string => `coalesce(try_cast(${part(i)} as bigint), 0)`
  const day = `epoch_ms(try_cast(concat_ws('-', ${part(1)}, ${part(2)}, ${part(3)}) as date)::timestamp)`
  const ms = `rpad(${part(7)}, 3, '0')[:3]::bigint`
  const zone = `regexp_extract(${part(8)}, '^[+-](\\d\\d)', 1)`
  const minutes = `coalesce(try_cast(regexp_extract(${part(8)}, '^[+-]\\d\\d:?(\\d\\d)', 1) as bigint), 0)`
  const ahead = `(coalesce(try_cast(${zone} as bigint), 0) * 60 + ${minutes}) * case when ${part(8)}[1] = '-' then -60000 else 60000 end`
  const isTime = `${number(4)} <= 24 and ${number(5)} <= 59 and ${number(6)} <= 60`
  return `case when regexp_matches(${text}, '${WRITTEN}') and ${isTime} then ${day} + ${number(4)} * 3600000 + ${number(5)} * 60000 + ${number(6)} * 1000 + ${ms} - ${ahead} end`
}

/**
 * Years of four digits, as in text: others are no times of usage. An infinite one is none of them; its milliseconds are
 * null, and so would be no time at all.
 */
const datedIn = (sql: string, type: string): string => {
  // Nanoseconds reach from 1677 to 2262.
  const [first, last] = type === 'TIMESTAMP_NS' ? ['1700-01-01', '2262-01-01'] : ['0001-01-01', '9999-12-31']
  return `(${sql} between '${first}'::${type} and '${last}'::${type})`
}

const instant: Dialect['instant'] = (sql, type) => {
  if (/^TIMESTAMP/.test(type)) {
    const bad = `not ${datedIn(sql, type)}`
    const value = (of: string): string => `epoch_ms(${of})`
    return { value: value(sql), bad, ends: [value(`min(${sql})`), value(`max(${sql})`)], stamp: { sql, type, value } }
  }
  if (type === 'DATE') {
    const isDated = datedIn(sql, type)
    return { value: `epoch_ms((case when ${isDated} then ${sql} end)::timestamp)`, bad: `not ${isDated}` }
  }
  // Seconds of a small type times 1,000 would overflow it.
  if (SMALL.test(type)) return epoch(`(${sql})::bigint`, true)
  if (WIDE.test(type)) return epoch(sql, true)
  if (BROKEN.test(type)) return epoch(`(${sql}::double)`, false)
  if (type === '"NULL"') return { value: 'null::bigint', bad: null }
  return type === 'VARCHAR' ? instantText(sql) : null
}

/** An amount with 26 decimals at most: 10 to the 12th dollars can be summed. */
const AMOUNT = 'decimal(38, 26)'

const money: Dialect['money'] = (sql, type) => {
  const text = type === 'VARCHAR' ? `regexp_replace(trim(nullif(${sql}, '')), '^\\$', '')` : `${sql}::varchar`
  if (type === '"NULL"') return { value: `null::${AMOUNT}`, bad: null }
  if (type !== 'VARCHAR' && !SMALL.test(type) && !WIDE.test(type) && !BROKEN.test(type)) return null
  const isAmount = `regexp_full_match(${text}, '-?(?:\\d+|[1-9]\\d{0,2}(?:,\\d{3})+)(?:\\.\\d*)?(?:[eE][+-]?\\d{1,3})?')`
  const decimals = `greatest(length(regexp_extract(${text}, '\\.(\\d*)', 1)) - coalesce(try_cast(regexp_extract(${text}, '[eE]([+-]?\\d+)', 1) as integer), 0), 0)`
  const value = `case when ${isAmount} and ${decimals} <= 26 then try_cast(replace(${text}, ',', '') as ${AMOUNT}) end`
  return { value, bad: `(${text} is not null and ${value} is null)` }
}

/** Slots that are given as one text: a literal of a list would be parsed element by element. */
const lookup: Dialect['lookup'] = ({ first, slots }, slot) => {
  // Smaller numbers are joined faster; a slot of a minute is a larger one from the year 6053 on.
  const type = first + slots.length < 2 ** 31 ? 'integer' : 'bigint'
  return {
    before: [
      `create or replace temp table slots as select unnest(states)::uinteger as state, (generate_subscripts(states, 1) + ${first - 1})::${type} as slot from (select string_split('${slots.join(',')}', ',') as states)`,
    ],
    join: `join slots as s on s.slot = (${slot})::${type}`,
    state: 's.state',
  }
}

/** Hashes first: long texts would fill the memory, and few come again. */
const repeated = (rows: Rows): string => {
  const ids = selectNested(rows, '*', '')
  return `select dsp_id from (${ids}) as i where hash(dsp_id) in (select hash(dsp_id) as h from (${ids}) as j group by h having count(*) > 1) group by dsp_id having count(*) > 1`
}

/** A text as SQL; a NUL would end the statement. */
export const textLiteral = (text: string): string =>
  `'${text.replaceAll("'", "''").replaceAll('\0', "' || chr(0) || '")}'`

/** What DuckDB 1.5 understands. */
export const duckdb: Dialect = {
  name: column => `"${column.replaceAll('"', '""')}"`,
  count,
  instant,
  money,
  text: (sql, type) => (type === 'VARCHAR' ? sql : `(${sql})::varchar`),
  bit: condition => `(${condition})::utinyint`,
  // One that overflows would end the query; then it is null.
  total: counts => `try(${counts.map(sql => `(${sql})::bigint`).join(' + ')})`,
  quotient: (dividend, divisor) => `(${dividend} // ${divisor})`,
  sum: sql => `sum(${sql})`,
  lookup,
  select: selectNested,
  repeated,
  once: rows => ({
    before: [
      `create or replace temp table repeated as ${repeated(rows)}`,
      `create or replace temp table repeats as select dsp_source, dsp_line from (select dsp_source, dsp_line, row_number() over (partition by dsp_id order by dsp_source, dsp_line) as nth from (${selectNested(rows, '*', '')}) as k where dsp_id in (select dsp_id from repeated)) where nth > 1`,
    ],
    counts: 'select dsp_source, count(*) from repeats group by dsp_source',
    counted: 'not exists (select 1 from repeats as p where p.dsp_source = r.dsp_source and p.dsp_line = r.dsp_line)',
  }),
  regroups: true,
  mostDays: 20 * 366,
  wraps: false,
}
