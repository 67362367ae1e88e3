import { greatestOf, leastOf } from '../../model/number/extremes.ts'
import type { Bound } from './columns.ts'
import type { Dialect } from './dialect.ts'
import type { Row } from './engine.ts'
import { type Rows, selectSums } from './select.ts'

/** Days that are planned together at least. */
const DAYS = 32
const SPAN = DAYS * 86_400_000
/** Spans before 1970, so that all from the year 1 on are counted from 0. */
const EARLIER = 25_000

/** Rows of a model in a span of time. */
export interface Surveyed {
  /** Which table. */
  readonly source: number
  readonly model: string | null
  /** The span; `null`: they tell no time. */
  readonly span: number | null
  readonly isSound: boolean
  /** Whether they lie in the time asked for. */
  readonly isInside: boolean
  readonly rows: number
}

/** The time asked for, milliseconds since 1970, half-open; `null`: no limit. */
export interface Asked {
  readonly since: number | null
  readonly until: number | null
}

const BY_MODEL = [
  ['dsp_source', 'dsp_source'],
  ['dsp_model', 'dsp_model'],
] as const

/** Counts every row: which models there are and when, what cannot be read and what lies outside. */
export const surveyQuery = (rows: Rows, asked: Asked, dialect: Dialect): string => {
  const keys = [
    ...BY_MODEL,
    [dialect.quotient(`(dsp_at_ms + ${EARLIER * SPAN})`, SPAN), 'dsp_of_span'],
    ['dsp_sound', 'dsp_sound'],
    [insideIn(asked, dialect), 'dsp_of_inside'],
  ] as const
  return selectSums(rows, { keys, sums: [['count(*)', 'dsp_of_n']] }, dialect)
}

/** Whether a row lies in the time asked for, as 0 or 1. */
export const insideIn = ({ since, until }: Asked, { bit }: Dialect): string => {
  const outside = [
    ...(since === null ? [] : [`dsp_at_ms < ${since}`]),
    ...(until === null ? [] : [`dsp_at_ms >= ${until}`]),
  ]
  return outside.length === 0 ? '1' : `1 - ${bit(`coalesce(${outside.join(' or ')}, 1 = 0)`)}`
}

/** @throws if an instant lies before all that is counted */
export const surveyedIn = ([source, model = null, span = null, sound, inside, rows]: Row): Surveyed => ({
  source: Number(source),
  model,
  span: span === null ? null : Number(span) - EARLIER,
  isSound: Number(sound) === 1,
  isInside: Number(inside) === 1,
  rows: Number(rows),
})

/** Counts rows by model, with their first instant and last. */
export const spanQuery = (rows: Rows, dialect: Dialect): string => {
  const sums = [
    ['count(*)', 'dsp_of_n'],
    ['count(dsp_at_ms)', 'dsp_of_timed'],
    ['min(dsp_at_ms)', 'dsp_of_first'],
    ['max(dsp_at_ms)', 'dsp_of_last'],
  ] as const
  return selectSums(rows, { keys: BY_MODEL, sums }, dialect)
}

/**
 * The models of each table: the cheapest survey, where another query counts the rows and tells the ends of their time.
 * One key alone is found faster in a column with a dictionary.
 */
export const modelsQuery = ({ tables, ...rest }: Rows, dialect: Dialect): string =>
  tables
    .map((table, source) => {
      const asked = { keys: [['dsp_model', 'dsp_model']], sums: [] } as const
      const models = selectSums({ ...rest, tables: [table] }, asked, dialect)
      return `select ${source} as dsp_source, c.* from (${models}) as c`
    })
    .join(' union all ')

/** First instant, last, and rows of each table. @returns `null`: that takes as long as to read them */
export const endsQuery = (bounds: readonly Bound[]): string | null => {
  const queries = bounds.map(({ readings, table }, source) => {
    const ends = readings.get('at')?.ends
    return ends ? `select ${source} as dsp_source, ${ends.join(', ')}, count(*) from ${table.from}` : null
  })
  return queries.includes(null) ? null : queries.join(' union all ')
}

/**
 * The answers of both as one of `spanQuery`, in which all rows tell their time. Those of a table stand with its first
 * model: only their sum is asked for.
 */
export const withEnds = (models: readonly Row[], ends: readonly Row[]): Row[] => {
  const bySource = new Map(ends.map(([source, first = null, last = null, n = null]) => [source, { first, last, n }]))
  const begun = new Set<string | null>()
  return models.map(([source = null, model = null]) => {
    const { first = null, last = null, n = null } = bySource.get(source) ?? {}
    const rows = begun.has(source) ? '0' : n
    begun.add(source)
    return [source, model, rows, first === null || last === null ? null : rows, first, last]
  })
}

/** The rows of a table, if all tell their time and one query can plan it. */
export const spannedIn = (rows: readonly Row[], mostDays: number): Surveyed[] | null => {
  const found = rows.map(([source, model = null, n, timed, first, last]) => ({
    ...{ source: Number(source), model, rows: Number(n), isTimed: n === timed },
    span: [first, last].map(ms => Math.floor(Number(ms) / SPAN)),
  }))
  const spans = found.flatMap(({ span }) => span)
  if (found.some(({ isTimed }) => !isTimed)) return null
  if ((greatestOf(spans) - leastOf(spans) + 1) * DAYS > mostDays) return null
  return found.flatMap(({ source, model, rows: n, span: [first = 0, last = first] }) => [
    { source, model, span: first, isSound: true, isInside: true, rows: n },
    // A model's last span counts as well: no row is counted for it.
    { source, model, span: last, isSound: true, isInside: true, rows: 0 },
  ])
}

/** A time that one query asks for, and how many rows it must find. */
export interface Part {
  readonly from: number
  readonly to: number
  readonly rows: number
}

/** The spans that have rows, put together to parts of at most so many days, and at least one span. */
export const partsOf = (surveyed: readonly Surveyed[], mostDays: number): Part[] => {
  const rows = new Map<number, number>()
  for (const { span, rows: n } of surveyed) if (span !== null) rows.set(span, (rows.get(span) ?? 0) + n)
  const parts: Part[] = []
  for (const [span, n] of [...rows].sort(([a], [b]) => a - b)) {
    const [from, to] = [span * SPAN, (span + 1) * SPAN]
    const last = parts.at(-1)
    if (last && to - last.from <= mostDays * 86_400_000)
      parts[parts.length - 1] = { from: last.from, to, rows: last.rows + n }
    else parts.push({ from, to, rows: n })
  }
  return parts
}
