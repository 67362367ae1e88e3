import { METERS, type MeterKey } from '../../model/meters.ts'
import type { RatePlan } from '../plan/plan-rates.ts'
import type { Dialect } from './dialect.ts'
import { CACHE_METERS, hasColumn, keyColumn, type RowShape } from './rows.ts'

/** What a query groups by, besides what rates depend on. */
export interface Grouped {
  readonly shape: RowShape
  /** `null`: rows that tell no time. */
  readonly plan: RatePlan | null
  /** Prompt lengths at which a rate of any of the models changes. */
  readonly edges: readonly number[]
  /** Meters whose rate may be missing: rows with tokens and rows without are told apart. */
  readonly lacking: readonly MeterKey[]
}

/** One thing that rows are told apart by, as a bit of their `kind`. */
export type Bit = `null:${MeterKey}` | `some:${MeterKey}` | 'stated' | 'uncounted' | 'money'

/** The bits of a query, from the lowest. */
export const bitsOf = ({ shape, lacking }: Pick<Grouped, 'shape' | 'lacking'>): Bit[] => {
  const isStated = hasColumn(shape, 'stated_usd')
  const isUncounted = hasColumn(shape, 'end')
  return [
    ...CACHE_METERS.filter(meter => hasColumn(shape, meter)).map(meter => `null:${meter}` as const),
    ...lacking.map(meter => `some:${meter}` as const),
    ...(isStated ? (['stated'] as const) : []),
    ...(isUncounted ? (['uncounted'] as const) : []),
    ...(isStated && isUncounted ? (['money'] as const) : []),
  ]
}

const NOTHING = METERS.map(({ key }) => `coalesce(${key}, 0) = 0`).join(' and ')

/** A call is one request; a bucket may leave them uncounted. */
const uncountedIn = (shape: RowShape): string =>
  hasColumn(shape, 'requests') ? '(requests is null and end_ms is not null)' : 'end_ms is not null'

const conditionOf = (bit: Bit, shape: RowShape): string => {
  if (bit === 'stated') return 'stated_usd is not null'
  if (bit === 'uncounted') return uncountedIn(shape)
  if (bit === 'money') return `stated_usd is not null and ${uncountedIn(shape)} and ${NOTHING}`
  const [what, meter] = bit.split(':')
  return what === 'null' ? `${meter} is null` : `${meter} > 0`
}

/** The band of a prompt, by its number. */
const bandIn = (edges: readonly number[]): string =>
  edges.length === 0
    ? '0'
    : `case ${edges.map((edge, i) => `when prompt < ${edge} then ${i}`).join(' ')} else ${edges.length} end`

/** The shortest prompt of a band. */
export const bandStart = (edges: readonly number[], band: number): number => (band === 0 ? 0 : (edges[band - 1] ?? 0))

/** The index of an instant into the slots of a plan. */
const indexIn = (plan: RatePlan, { quotient, bit }: Dialect): string =>
  [quotient(`(at_ms - ${plan.first * plan.grid})`, plan.grid), ...plan.cuts.map(cut => bit(`at_ms >= ${cut}`))].join(
    ' + ',
  )

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
 * @param rows - in the form of `rowsOf`, those that count
 */
export const groupQuery = (rows: string, grouped: Grouped, dialect: Dialect): GroupQuery => {
  const { shape, plan, edges } = grouped
  const bits = bitsOf(grouped).map((bit, i) => `${dialect.bit(conditionOf(bit, shape))} * ${2 ** i}`)
  const prompt = METERS.filter(({ key }) => key !== 'output').map(({ key }) =>
    key === 'input' ? key : `coalesce(${key}, 0)`,
  )
  const lookup = plan && dialect.lookup(plan, indexIn(plan, dialect))
  const inner = `select *, ${prompt.join(' + ')} as prompt, ${bits.join(' + ') || '0'} as kind from (${rows}) as r`
  const isBucketed = hasColumn(shape, 'end')
  const keys = [
    ['model', 'model'],
    // The rates of a bucket depend on its start and end.
    [isBucketed ? `case when end_ms is null then ${lookup?.state ?? '0'} else 0 end` : (lookup?.state ?? '0'), 'state'],
    [bandIn(edges), 'band'],
    ['kind', 'kind'],
    ...(isBucketed
      ? [
          ['case when end_ms is null then null else at_ms end', 'bucket_at'],
          ['end_ms', 'bucket_end'],
        ]
      : []),
    ...(['service', 'batch'] as const).filter(name => hasColumn(shape, name)).map(name => [name, name]),
    ...shape.keys.map((_, i) => [keyColumn(i), `value_${i}`]),
  ] as [string, string][]
  const sums = [
    ...METERS.map(({ key }) => [dialect.sum(key), `sum_${key}`]),
    ['count(*)', 'n'],
    ['min(at_ms)', 'first_ms'],
    [isBucketed ? 'max(coalesce(end_ms, at_ms))' : 'max(at_ms)', 'last_ms'],
    ...(hasColumn(shape, 'requests') ? [[dialect.sum('coalesce(requests, 1)'), 'sum_requests']] : []),
    ...(hasColumn(shape, 'stated_usd') ? [[dialect.sum('stated_usd'), 'sum_stated']] : []),
    ...(dialect.wraps
      ? [
          ['max(prompt)', 'longest'],
          ['max(output)', 'longest_output'],
        ]
      : []),
  ] as [string, string][]
  const listed = [...keys, ...sums].map(([sql, name]) => `${sql} as ${name}`).join(', ')
  const sql = `select ${listed} from (${inner}) as u ${lookup?.join ?? ''} group by ${keys.map(([, name]) => name).join(', ')}`
  return { before: lookup?.before ?? [], sql, columns: [...keys, ...sums].map(([, name]) => name) }
}
