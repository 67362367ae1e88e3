import { moneyRecord, spanOf } from '../bills/bucket.ts'
import { BadRecord, isMissing, NO_MODEL } from '../reading/bad-record.ts'
import { cellAt, countAt } from '../reading/counts.ts'
import { type Fields, hasAll, textAt } from '../reading/fields.ts'
import type { Format, Run, Sink } from '../reading/format.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf, tagsOf } from '../reading/keys.ts'
import { type SeenIds, seenIds } from '../reading/seen-ids.ts'
import { serviceOf } from '../reading/service.ts'
import { usdOf } from '../reading/usd.ts'
import type { UsageRecord } from '../record.ts'

type CountIn = (fields: Fields, key: string) => number | null | undefined

/** Counts that are left out are 0; an empty cell or `null` is unknown. */
const cacheCount = (row: Fields, key: string, countIn: CountIn): number | null =>
  key in row ? (countIn(row, key) ?? null) : 0

const needed = (row: Fields, key: string, countIn: CountIn): number => {
  const count = countIn(row, key)
  if (typeof count === 'number') return count
  throw new BadRecord(isMissing(key))
}

/** The service that was billed, and whether it was a batch. */
export const termsOf = (service: unknown, batch: unknown): Pick<UsageRecord, 'service' | 'batch'> => ({
  ...serviceOf(service),
  ...(/^(?:true|1|yes)$/i.test(String(batch ?? '')) ? { batch: true } : {}),
})

const takeRow = (row: Fields, countIn: CountIn, { seen, sink }: { seen: SeenIds; sink: Sink }): void => {
  const model = textAt(row, 'model')
  if (model === null) throw new BadRecord(NO_MODEL)
  const end = instantOf(row['end'])
  const tags = Object.keys(row).filter(key => key.startsWith('tag.'))
  const id = textAt(row, 'id')
  const record = {
    ...{ at: instantOf(row['at']), end, model, input: needed(row, 'input', countIn) },
    cache_read: cacheCount(row, 'cache_read', countIn),
    cache_write: cacheCount(row, 'cache_write', countIn),
    cache_write_1h: cacheCount(row, 'cache_write_1h', countIn),
    ...{ output: needed(row, 'output', countIn), reasoning: countIn(row, 'reasoning') ?? null },
    requests: countIn(row, 'requests') ?? (end === null ? 1 : null),
    ...termsOf(row['service'], row['batch']),
    ...{ id, stated_usd: usdOf(row['stated_usd']) },
    keys: {
      ...keysOf({ user: row['user'], team: row['team'], project: row['project'], conversation: row['conversation'] }),
      ...tagsOf(row['tags']),
      ...keysOf(Object.fromEntries(tags.map(key => [key, row[key]]))),
    },
  }
  if (id !== null && !seen.add(id)) {
    sink.duplicate()
    return
  }
  sink.record(record)
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

const runOf = (countIn: CountIn) => (): Run => {
  const seen = seenIds()
  return { open: sink => ({ take: row => takeRow(row, countIn, { seen, sink }) }) }
}

const recognises = (row: Fields): boolean => hasAll(row, 'at', 'model', 'input', 'output')

/** Our own form, into which anything can be brought that has another. */
export const plain: Format = {
  name: 'dsprice',
  what: 'our own plain form, as CSV or JSON Lines: at, model, input, output and what else is known',
  shapes: [
    moneyShape('json'),
    moneyShape('csv'),
    { ...{ form: 'json', granularity: 'call' }, recognises, start: runOf(countAt) },
    { ...{ form: 'csv', granularity: 'call' }, recognises, start: runOf(cellAt) },
  ],
}
