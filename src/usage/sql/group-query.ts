import { METERS, type MeterKey } from '../../model/meters.ts'
import type { RatePlan } from '../plan/plan-rates.ts'
import type { Dialect, Lookup } from './dialect.ts'
import { textLiteral } from './duckdb.ts'
import { CACHE_METERS, hasColumn, keyColumn, optionalColumn, type RowShape, stampOf } from './rows.ts'
import { type Columns, type Rows, selectSums } from './select.ts'

/** What a query groups by, besides what rates depend on. */
export interface Grouped {
  readonly shape: RowShape
  /** `null`: rows that tell no time. */
  readonly plan: RatePlan | null
  /** Whether the states of the plan tell days apart as well. */
  readonly byDay: boolean
  /** Prompt lengths at which a rate of any of the models changes. */
  readonly edges: readonly number[]
  /** Meters by which rows with tokens and rows without are told apart. */
  readonly apart: readonly MeterKey[]
  /** Whether rows may be among them that cannot be read: the column `sound` is then 0 where a group has any. */
  readonly isChecked: boolean
  /**
   * Whether rows that tell a meter and rows that do not are told apart. Few logs have both with equal rates, and a key
   * more costs as much as a sum; without it the columns `told_…` count the rows that tell a meter.
   */
  readonly isMixed: boolean
}

/** One thing that rows are told apart by, as a bit of their `kind`. */
export type Bit = `null:${MeterKey}` | `some:${MeterKey}` | 'stated' | 'uncounted' | 'money'

/** The bits of a query, from the lowest. */
export const bitsOf = ({ shape, apart, isMixed }: Pick<Grouped, 'shape' | 'apart' | 'isMixed'>): Bit[] => {
  const isStated = hasColumn(shape, 'stated_usd')
  const isUncounted = hasColumn(shape, 'end')
  return [
    ...(isMixed ? nullableIn(shape).map(meter => `null:${meter}` as const) : []),
    ...apart.map(meter => `some:${meter}` as const),
    ...(isStated ? (['stated'] as const) : []),
    ...(isUncounted ? (['uncounted'] as const) : []),
    ...(isStated && isUncounted ? (['money'] as const) : []),
  ]
}

/** Meters that a row may not tell. */
const nullableIn = (shape: RowShape): MeterKey[] => CACHE_METERS.filter(meter => hasColumn(shape, meter))

const NOTHING = METERS.map(({ key }) => `coalesce(dsp_${key}, 0) = 0`).join(' and ')

/** A call is one request; a bucket may leave them uncounted. */
const uncountedIn = (shape: RowShape): string =>
  hasColumn(shape, 'requests') ? '(dsp_requests is null and dsp_end_ms is not null)' : 'dsp_end_ms is not null'

const conditionOf = (bit: Bit, shape: RowShape): string => {
  if (bit === 'stated') return 'dsp_stated_usd is not null'
  if (bit === 'uncounted') return uncountedIn(shape)
  if (bit === 'money') return `dsp_stated_usd is not null and ${uncountedIn(shape)} and ${NOTHING}`
  const [what, meter] = bit.split(':')
  return what === 'null' ? `dsp_${meter} is null` : `coalesce(dsp_${meter}, 0) > 0`
}

/** The band of a prompt, by its number. */
const bandIn = (edges: readonly number[]): string =>
  `case ${edges.map((edge, i) => `when dsp_prompt < ${edge} then ${i}`).join(' ')} else ${edges.length} end`

/** The shortest prompt of a band. */
export const bandStart = (edges: readonly number[], band: number): number => (band === 0 ? 0 : (edges[band - 1] ?? 0))

/** The slot of an instant, as `slotAt` counts them. A quotient is rounded down from 0 on alone. */
const slotIn = ({ first, grid, cuts }: RatePlan, { quotient, bit }: Dialect): string =>
  [
    first < 0 ? `${quotient(`(dsp_at_ms - ${first * grid})`, grid)} + ${first}` : quotient('dsp_at_ms', grid),
    ...cuts.map(cut => bit(`dsp_at_ms >= ${cut}`)),
  ].join(' + ')

/** A group query: what is run before it, and itself. */
export interface GroupQuery {
  readonly before: readonly string[]
  readonly sql: string
  /** The columns of its answer, in their order. */
  readonly columns: readonly string[]
}

/**
 * Sums rows by everything that rates depend on and by the keys. The SQL knows no time zone, no holiday and no price: an
 * instant becomes a slot, and the plan says in which state that is.
 *
 * @param rows - those that count
 */
export const groupQuery = (rows: Rows, grouped: Grouped, dialect: Dialect): GroupQuery => {
  const { plan } = grouped
  const lookup = plan && dialect.lookup(plan, slotIn(plan, dialect))
  return groupsOf(rows, { grouped, lookup }, dialect)
}

/**
 * The same for rows of few slots: they are summed by slot first, as it costs less to look the state of a group up, and by
 * a hash of the model, which costs less than a text. If two models had one hash, more rows would be summed than there are.
 *
 * @param models - all of them
 */
export const groupQueryBySlots = (
  rows: Rows,
  grouped: Grouped & { readonly plan: RatePlan; readonly models: readonly string[] },
  dialect: Dialect,
): GroupQuery => {
  const { plan, models } = grouped
  const slot: Lookup = { before: [], join: '', state: slotIn(plan, dialect) }
  const inner = groupsOf(rows, { grouped, lookup: slot, model: 'hash(dsp_model)' }, dialect)
  const names = `create or replace temp table models as select hash(name) as digest, name from (values ${models.map(model => `(${textLiteral(model)})`).join(', ')}) as t(name)`
  const { before, join, state } = dialect.lookup(plan, 'g.state')
  const made = new Map([
    ['model', 'm.name'],
    ['state', state],
  ])
  return regrouped({ ...inner, before: [...before, names] }, `join models as m on m.digest = g.model ${join}`, made)
}

interface Of {
  readonly grouped: Grouped
  readonly lookup: Lookup | null
  /** What stands for the model. */
  readonly model?: string
}

const groupsOf = (rows: Rows, { grouped, lookup, model = 'dsp_model' }: Of, dialect: Dialect): GroupQuery => {
  const keys = keysIn(grouped, { model, state: lookup?.state ?? null })
  const sums = sumsIn(grouped, dialect)
  const named = (columns: Columns): Columns =>
    columns.map(([sql, name]) => [sql, /^dsp_\w+$/.test(sql) ? sql : `dsp_of_${name}`])
  const asked = { keys: named(keys), sums: named(sums), join: lookup?.join ?? '' }
  return {
    before: lookup?.before ?? [],
    sql: selectSums({ ...rows, made: madeIn(grouped, dialect) }, asked, dialect),
    columns: [...keys, ...sums].map(([, name]) => name),
  }
}

/** The whole prompt, and what tells rows apart. */
const madeIn = (grouped: Grouped, { bit, total }: Dialect): Columns => {
  const prompt = METERS.filter(({ key }) => key !== 'output').map(({ key }) =>
    key === 'input' ? 'dsp_input' : `coalesce(dsp_${key}, 0)`,
  )
  const bits = bitsOf(grouped).map((one, i) => `${bit(conditionOf(one, grouped.shape))} * ${2 ** i}`)
  return [[total(prompt), 'dsp_prompt'], ...(bits.length === 0 ? [] : [[bits.join(' + '), 'dsp_kind'] as const])]
}

/**
 * A key that is the same for all rows costs as much as any: there is none.
 *
 * @param state - of the time that a row lies in; `null`: it tells none
 */
const keysIn = (
  grouped: Grouped,
  { model, state }: { readonly model: string; readonly state: string | null },
): Columns => {
  const { shape, edges } = grouped
  const isBucketed = hasColumn(shape, 'end')
  return [
    [model, 'model'],
    // The rates of a bucket depend on its start and end.
    ...(state === null
      ? []
      : [[isBucketed ? `case when dsp_end_ms is null then ${state} else 0 end` : state, 'state'] as const]),
    ...(edges.length === 0 ? [] : [[bandIn(edges), 'band'] as const]),
    ...(bitsOf(grouped).length === 0 ? [] : [['dsp_kind', 'kind'] as const]),
    ...(isBucketed
      ? ([
          ['case when dsp_end_ms is null then null else dsp_at_ms end', 'bucket_at'],
          ['dsp_end_ms', 'bucket_end'],
        ] as const)
      : []),
    ...(['service', 'batch'] as const)
      .filter(name => hasColumn(shape, name))
      .map(name => [optionalColumn(name), name] as const),
    ...shape.keys.map((_, i) => [keyColumn(i), `value_${i}`] as const),
  ]
}

const sumsIn = ({ shape, isChecked, isMixed }: Grouped, { sum, wraps }: Dialect): Columns => {
  const stamp = stampOf(shape)
  const requests = hasColumn(shape, 'requests') ? 'coalesce(dsp_requests, 1)' : null
  return [
    // A sum of nothing takes as long as any.
    ...METERS.map(({ key }) => [hasColumn(shape, key) ? sum(`dsp_${key}`) : '0', `sum_${key}`] as const),
    ['count(*)', 'n'],
    ...(isChecked ? [['min(dsp_sound)', 'sound'] as const] : []),
    ...(isMixed ? [] : nullableIn(shape).map(meter => [`count(dsp_${meter})`, `told_${meter}`] as const)),
    [stamp('min(dsp_at)'), 'first_ms'],
    [
      hasColumn(shape, 'end')
        ? 'max(case when dsp_at_ms is null then null else coalesce(dsp_end_ms, dsp_at_ms) end)'
        : stamp('max(dsp_at)'),
      'last_ms',
    ],
    ...(requests === null ? [] : [[sum(requests), 'sum_requests'] as const]),
    ...(hasColumn(shape, 'stated_usd') ? [[sum('dsp_stated_usd'), 'sum_stated'] as const] : []),
    ...(wraps
      ? LONGEST.filter(name => name !== 'requests' || requests !== null).map(
          name => [`max(${name === 'requests' ? requests : `dsp_${name}`})`, `longest_${name}`] as const,
        )
      : []),
  ]
}

/** What is summed, or more than each part of it: sums wrap where many are as large as the largest. */
export const LONGEST = ['prompt', 'output', 'requests'] as const

/** Which states and bands of all models together are the same for one of them: they have one rate card. */
export type Cards = readonly (readonly [model: string, state: number, band: number, toState: number, toBand: number])[]

/** The groups of a query, put together by rate cards: there are far fewer where a key has many values. */
export const groupedByCards = ({ before, sql, columns }: GroupQuery, cards: Cards): GroupQuery => {
  const values = cards.map(([model, ...numbers]) => `(${textLiteral(model)}, ${numbers.join(', ')})`)
  const table = `create or replace temp table cards as select * from (values ${values.join(', ')}) as t(model, state, band, to_state, to_band)`
  const hasBand = columns.includes('band')
  const on = ['c.model = g.model', 'c.state = g.state', `c.band = ${hasBand ? 'g.band' : '0'}`].join(' and ')
  const keys = new Map([
    ['state', 'c.to_state'],
    ['band', 'c.to_band'],
  ])
  return regrouped({ before: [...before, table], sql, columns }, `join cards as c on ${on}`, keys)
}

/** Groups, put together by keys of which a join makes others. @param made - what becomes of them */
const regrouped = (
  { before, sql, columns }: GroupQuery,
  join: string,
  made: ReadonlyMap<string, string>,
): GroupQuery => {
  const outerOf = (name: string): string => {
    const [, aggregate] = AGGREGATES.find(([prefix]) => prefix.test(name)) ?? []
    return aggregate ? `${aggregate}(g.${name})` : (made.get(name) ?? `g.${name}`)
  }
  const selected = columns.map(name => `${outerOf(name)} as ${name}`)
  const keys = columns.flatMap((name, i) => (AGGREGATES.some(([prefix]) => prefix.test(name)) ? [] : `${i + 1}`))
  return {
    before,
    sql: `select ${selected.join(', ')} from (${sql}) as g(${columns.join(', ')}) ${join} group by ${keys.join(', ')}`,
    columns,
  }
}

/** How the columns of groups are put together; every other one is a key. */
const AGGREGATES = [
  [/^(?:sum_|told_|n$)/, 'sum'],
  [/^(?:sound|first_ms)$/, 'min'],
  [/^last_ms$/, 'max'],
] as const
