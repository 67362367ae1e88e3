import { moneyRecord, spanOf } from '../bills/bucket.ts'
import { BadRecord, isMissing, NO_END, NO_MODEL, NO_SPAN } from '../reading/bad-record.ts'
import {
  type Cell,
  type CellAt,
  countIn,
  textCell,
  textIn,
  timeIn,
  usdIn,
  valueIn,
  writtenIn,
} from '../reading/cell.ts'
import { type Fields, hasAll } from '../reading/fields.ts'
import { type Format, planned, type Run, type Shape, type Sink, type Take } from '../reading/format.ts'
import { keysOf, noKeys, planKeys, planTags } from '../reading/keys.ts'
import { type IdScope, idScope } from '../reading/seen-ids.ts'
import { serviceOf } from '../reading/service.ts'
import { usdOf } from '../reading/usd.ts'
import type { UsageRecord } from '../record.ts'
import { type NearColumn, nearColumns } from './near-columns.ts'

/** The count in a cell, as JSON or as CSV writes it. @throws {BadRecord} */
type CountIn = (cell: Cell | null) => number | null | undefined

/** The service that was billed, and whether it was a batch. */
export const termsOf = (service: unknown, batch: unknown): Pick<UsageRecord, 'service' | 'batch'> => ({
  ...serviceOf(service),
  ...(/^(?:true|1(?:\.0+)?|yes)$/i.test(String(batch ?? '')) ? { batch: true } : {}),
})

interface Into {
  readonly countIn: CountIn
  readonly scope: IdScope
  readonly sink: Sink
  readonly near: (row: Fields) => readonly NearColumn[]
}

/** Columns without which a row is none of our own form. */
export const NEEDED = ['at', 'model', 'input', 'output'] as const

/** Columns that say who used it: reports can be grouped by them, as by tags. */
export const KEYS = ['user', 'team', 'project', 'conversation'] as const

const rowCells = (row: Fields, at: CellAt) => ({
  model: textCell(row, at, 'model'),
  time: at(row, 'at'),
  end: at(row, 'end'),
  input: at(row, 'input'),
  read: at(row, 'cache_read'),
  write: at(row, 'cache_write'),
  write1h: at(row, 'cache_write_1h'),
  output: at(row, 'output'),
  reasoning: at(row, 'reasoning'),
  requests: at(row, 'requests'),
  service: at(row, 'service'),
  batch: at(row, 'batch'),
  id: at(row, 'id'),
  stated: at(row, 'stated_usd'),
})

const planRow = (row: Fields, at: CellAt, into: Into): Take => {
  const tags = Object.keys(row).filter(key => key.startsWith('tag.'))
  const named = (keys: readonly string[]) => keys.map(key => [key, at(row, key)] as const)
  const keys = into.sink.isKeyed ? planKeys([...named(KEYS), ...named(tags)], planTags(row, at, 'tags')) : noKeys
  const near = into.near(row).flatMap(({ name, nearest }) => {
    const cell = at(row, name)
    return cell === null ? [] : [{ name, nearest, cell }]
  })
  return takeRow({ ...rowCells(row, at), keys, near }, into)
}

/** An id may be written as a number, which is the same as its text. */
const idOf = (cell: Cell | null): Cell | string | null => (cell?.kind === 'number' ? String(valueIn(cell)) : cell)

interface RowCells extends ReturnType<typeof rowCells> {
  readonly keys: () => UsageRecord['keys']
  readonly near: readonly (NearColumn & { readonly cell: Cell })[]
}

const USUAL = termsOf(null, null)

const toldIn = (cell: Cell | null): unknown => cell && valueIn(cell)

const takeRow = (cells: RowCells, { countIn, scope, sink }: Into): Take => {
  const needed = (cell: Cell | null, key: string): number => {
    const count = countIn(cell)
    if (typeof count === 'number') return count
    throw new BadRecord(isMissing(key))
  }
  const isUsual = cells.service === null && cells.batch === null
  // Counts that are left out are 0; an empty cell or `null` is unknown.
  const cached = (cell: Cell | null): number | null => (cell === null ? 0 : (countIn(cell) ?? null))
  return () => {
    const model = textIn(cells.model)
    if (model === null) throw new BadRecord(NO_MODEL)
    const end = timeIn(cells.end)
    const { service, batch } = isUsual ? USUAL : termsOf(toldIn(cells.service), toldIn(cells.batch))
    const record: UsageRecord = {
      at: timeIn(cells.time),
      end,
      model,
      input: needed(cells.input, 'input'),
      cache_read: cached(cells.read),
      cache_write: cached(cells.write),
      cache_write_1h: cached(cells.write1h),
      output: needed(cells.output, 'output'),
      reasoning: countIn(cells.reasoning) ?? null,
      requests: countIn(cells.requests) ?? (end === null ? 1 : null),
      service,
      batch,
      stated_usd: usdIn(cells.stated),
      keys: cells.keys(),
    }
    checkTime(record)
    for (const { name, nearest, cell } of cells.near) if (isNumber(valueIn(cell))) sink.ignored(name, nearest)
    sink.once(record, scope, idOf(cells.id))
  }
}

/** Whether it says of something that there is some of it. */
const isNumber = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'string' ? Number(String(value).replaceAll(',', '')) > 0 : false

/** Sums of several requests are buckets: taken as a call they would be one long prompt. @throws {BadRecord} */
const checkTime = ({ at, end, requests }: UsageRecord): void => {
  if (end === null) {
    if (requests !== null && requests > 1) throw new BadRecord(NO_END)
  } else if (at !== null && end <= at) throw new BadRecord(NO_SPAN)
}

/** A row that has a span of time and its cost alone. */
const isMoney = (row: Fields): boolean => hasAll(row, 'at', 'end', 'stated_usd') && !hasAll(row, 'model', 'input')

const takeMoney = (row: Fields, sink: Sink): void => {
  const { user, team, project } = row
  sink.record(moneyRecord(spanOf(row['at'], row['end']), usdOf(row['stated_usd']), keysOf({ user, team, project })))
}

const moneyShape = (form: 'json' | 'csv') => ({
  ...{ form, granularity: 'money' as const, recognises: isMoney },
  start: (): Run => ({ open: sink => ({ take: row => takeMoney(row, sink) }) }),
})

const runOf = (countIn: CountIn, form: Shape['form']) => (): Run => {
  const scope = idScope()
  return {
    open: sink => {
      const near = form === 'csv' ? once(nearColumns) : nearColumns
      return planned((row, at) => planRow(row, at, { countIn, scope, sink, near }))
    },
  }
}

/** All rows of a file of CSV have the same columns. */
const once = <T>(work: (row: Fields) => T): ((row: Fields) => T) => {
  let answer: T | null = null
  return row => {
    answer ??= work(row)
    return answer
  }
}

const recognises = (row: Fields): boolean => hasAll(row, ...NEEDED)

/** Our own form, into which anything can be brought that has another. */
export const plain: Format = {
  name: 'dsprice',
  what: 'our own plain form, as CSV or JSON Lines: at, model, input, output and what else is known',
  shapes: [
    moneyShape('json'),
    moneyShape('csv'),
    { ...{ form: 'json', granularity: 'call' }, recognises, start: runOf(countIn, 'json') },
    { ...{ form: 'csv', granularity: 'call' }, recognises, start: runOf(writtenIn, 'csv') },
  ],
}
