import { InputError, problems } from '../../errors/index.ts'
import type { CollectOptions } from '../groups/collect.ts'
import type { Summed } from '../groups/group.ts'
import type { Engine, Row } from './engine.ts'
import { type Grouped, type GroupQuery, groupedByCards, groupQuery, groupQueryBySlots, LONGEST } from './group-query.ts'
import { cardsOf, plannedModels } from './planned-models.ts'
import { hasColumn, type RowShape, rowsOf } from './rows.ts'
import type { Rows } from './select.ts'
import { sumsIn } from './sums.ts'
import { endsQuery, type Part, partsOf, type Surveyed } from './survey.ts'
import { planTime } from './time-plan.ts'

/** Groups that one report can hold in memory. */
const MOST_GROUPS = 400_000

/** What the group queries of a run have in common. */
export interface AskedFor {
  readonly shape: RowShape
  readonly engine: Engine
  readonly collecting: CollectOptions
  readonly inside: readonly Surveyed[]
  /** Whether every row lies inside; whether it can be read, and tells its time, is then looked at by the way. */
  readonly isWhole: boolean
  readonly counted: string
}

/**
 * Sums the rows that count, part by part.
 *
 * @param keys - of the records
 * @returns `null`: some of them cannot be read
 * @throws {InputError} TOO_MANY_GROUPS; COUNTS_DIFFER
 */
export const sumBy = async (keys: readonly string[], byDay: boolean, asked: AskedFor): Promise<Summed[] | null> => {
  const { engine, collecting, inside } = asked
  const { used, edges, apart } = plannedModels(inside, collecting.served)
  const timeless = inside.filter(({ span }) => span === null).reduce((sum, { rows }) => sum + rows, 0)
  const parts = partsOf(inside, engine.dialect.mostDays)
  const found: Summed[][] = []
  const also: RowShape['also'] = asked.counted === '1 = 1' ? [] : ['source']
  const grouped = {
    shape: { ...asked.shape, keys, also, isTold: asked.isWhole },
    edges,
    apart,
    isChecked: asked.isWhole,
    isMixed: false,
    byDay,
  }
  for (const part of parts) {
    const time = clipped(part, collecting)
    // A condition costs as much as a sum.
    const where =
      asked.isWhole && parts.length === 1
        ? []
        : ['dsp_sound = 1', `dsp_at_ms >= ${time.from}`, `dsp_at_ms < ${time.to}`]
    const plan = planTime(used, time, byDay ? collecting.clock : null)
    const some = rowsOf(grouped.shape, [...where, asked.counted], where.length === 0 ? null : time)
    const sums = await ask(some, { ...grouped, plan }, { ...asked, rows: part.rows })
    if (sums === null) return null
    found.push(sums)
  }
  if (timeless > 0) {
    const some = rowsOf(grouped.shape, ['dsp_sound = 1', 'dsp_at_ms is null', asked.counted])
    found.push((await ask(some, { ...grouped, plan: null }, { ...asked, rows: timeless })) ?? [])
  }
  const sums = found.flat()
  if (sums.length > MOST_GROUPS) throw new InputError([problems.tooManyGroups(collecting.by, MOST_GROUPS)])
  return sums
}

/** What lies in a part and in the time asked for. */
const clipped = ({ from, to }: Part, { since, until }: CollectOptions): Pick<Part, 'from' | 'to'> => ({
  from: Math.max(from, since ?? from),
  to: Math.min(to, until ?? to),
})

const ask = async (
  some: Rows,
  grouped: Grouped,
  asked: AskedFor & { readonly rows: number },
): Promise<Summed[] | null> => {
  const { engine, collecting, rows } = asked
  const { before, sql, columns } = queryFor(some, grouped, asked)
  for (const statement of before) await engine.prepare(statement)
  const answer = await engine.run(`${sql} limit ${MOST_GROUPS + 1}`)
  if (answer.length > MOST_GROUPS) throw new InputError([problems.tooManyGroups(collecting.by, MOST_GROUPS)])
  const sound = columns.indexOf('sound')
  if (answer.some(row => row[sound] === '0')) return null
  if (isMixedIn(answer, columns)) return ask(some, { ...grouped, isMixed: true }, asked)
  if (engine.dialect.wraps) refuseWrapping(answer, columns)
  const sums = sumsIn(answer, columns, grouped)
  const summed = sums.reduce((sum, { records }) => sum + records, 0)
  if (summed === rows) return sums
  // Statistics do not say whether every row tells its time, and one without is in no slot.
  if (grouped.isChecked && endsQuery(grouped.shape.bounds) !== null) return null
  throw new InputError([problems.countsDiffer(rows, summed)])
}

/** Most slots, of each model, by which rows are summed as quickly as by states, also where they have no order. */
const MOST_BY_SLOTS = 10_000

/** Keys of the records may have very many values: their groups are put together before they are answered. */
const queryFor = (some: Rows, grouped: Grouped, { engine, collecting, inside }: AskedFor): GroupQuery => {
  const { dialect } = engine
  const { shape, plan, edges, byDay } = grouped
  if (!dialect.regroups || !plan) return groupQuery(some, grouped, dialect)
  const models = [...new Set(inside.flatMap(({ model }) => model ?? []))]
  if (shape.keys.length === 0) {
    // Most prompts are of the first band.
    const areFew = plan.slots.length * models.length <= MOST_BY_SLOTS && !hasColumn(shape, 'end')
    return areFew ? groupQueryBySlots(some, { ...grouped, plan, models }, dialect) : groupQuery(some, grouped, dialect)
  }
  const query = groupQuery(some, grouped, dialect)
  const cards = byDay ? null : cardsOf(models, { plan, edges }, collecting.served)
  return cards ? groupedByCards(query, cards) : query
}

/** Whether rows that tell a meter and rows that do not are summed together. */
const isMixedIn = (answer: readonly Row[], columns: readonly string[]): boolean => {
  const n = columns.indexOf('n')
  const told = columns.flatMap((name, i) => (name.startsWith('told_') ? i : []))
  return answer.some(row => told.some(i => row[i] !== '0' && row[i] !== row[n]))
}

/** A sum of counts below 2^53 each cannot wrap unless there are very many of them. */
const refuseWrapping = (answer: readonly Row[], columns: readonly string[]): void => {
  const n = columns.indexOf('n')
  const longest = LONGEST.map(name => columns.indexOf(`longest_${name}`)).filter(at => at >= 0)
  for (const row of answer) {
    const rows = BigInt(row[n] ?? 0)
    if (longest.some(at => rows * BigInt(row[at] ?? 0) >= 2n ** 63n)) throw new InputError([problems.sumsTooLarge()])
  }
}
