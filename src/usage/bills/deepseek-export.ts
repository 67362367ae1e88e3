import { BadRecord } from '../reading/bad-record.ts'
import { neededCellAt } from '../reading/counts.ts'
import { type Fields, hasAll, textAt } from '../reading/fields.ts'
import type { Format, Run, Sink, Taker } from '../reading/format.ts'
import { keysOf } from '../reading/keys.ts'
import { usdOf } from '../reading/usd.ts'
import type { UsageRecord } from '../record.ts'
import { daySpan, moneyRecord, type Span, spanOf } from './bucket.ts'
import { type Group, METERS, recordsOf } from './deepseek-rows.ts'

/** Buckets start at the viewer's own offset; older files have a day of UTC. @throws {BadRecord} */
const spanAt = (row: Fields): Span =>
  'utc_date' in row ? daySpan(row['utc_date']) : spanOf(row['start_time_iso'], row['end_time_iso'])

const groupAt = (row: Fields): Group => {
  const model = textAt(row, 'model')
  if (model === null) throw new BadRecord('its model is missing')
  return {
    ...{ span: spanAt(row), model, amounts: [], requests: null },
    keys: keysOf({ api_key_name: textAt(row, 'api_key_name') }),
  }
}

const addRow = (group: Group, row: Fields): void => {
  const type = textAt(row, 'type') ?? ''
  const tokens = neededCellAt(row, 'amount')
  if (type === 'request_count') {
    group.requests = (group.requests ?? 0) + tokens
    return
  }
  if (!Object.hasOwn(METERS, type)) throw new BadRecord('its type is not known')
  group.amounts.push({ meter: METERS[type as keyof typeof METERS], price: usdOf(row['price']), tokens })
}

const KEYS = ['utc_date', 'start_time_iso', 'end_time_iso', 'model', 'api_key_name', 'api_key'] as const

const openAmounts = (sink: Sink, currency: () => string | null): Taker => {
  let key = ''
  let group: Group | null = null
  let rows = 0
  const give = (): void => {
    const records = group === null || rows === 0 ? [] : recordsOf(group, currency())
    for (const record of records) sink.record(record)
    for (let i = records.length; i < rows; i++) sink.part()
    group = null
    rows = 0
  }
  return {
    take: row => {
      const own = KEYS.map(name => row[name]).join('\n')
      if (own !== key) give()
      key = own
      group ??= groupAt(row)
      addRow(group, row)
      rows++
    },
    end: give,
  }
}

/** What the files of an export tell of each other. */
interface Told {
  currency: string | null
  isMixed: boolean
  hasAmounts: boolean
  readonly costs: { readonly record: UsageRecord; readonly sink: Sink }[]
}

const takeCost = (row: Fields, told: Told, sink: Sink): void => {
  const currency = textAt(row, 'currency')
  const usd = usdOf(row['cost'])
  told.costs.push({ record: moneyRecord(spanAt(row), currency === 'USD' ? usd : null, {}), sink })
  if (told.currency !== null && told.currency !== currency) told.isMixed = true
  told.currency = currency
}

/** Costs are records of money only where no file has the amounts that they are of. */
const giveCosts = ({ costs, hasAmounts }: Told): void => {
  for (const { record, sink } of costs) {
    if (hasAmounts) sink.skip('the amounts of this export have the same cost')
    else sink.record(record)
  }
}

/** The run of both shapes: a cost file that is read first tells the currency of the amounts. */
const start = (): Run => {
  const told: Told = { currency: null, isMixed: false, hasAmounts: false, costs: [] }
  return {
    open: sink => {
      const amounts = openAmounts(sink, () => (told.isMixed ? null : told.currency))
      return {
        take: row => {
          if ('cost' in row) {
            takeCost(row, told, sink)
            return
          }
          told.hasAmounts = true
          amounts.take(row)
        },
        end: () => amounts.end?.(),
      }
    },
    end: () => giveCosts(told),
  }
}

export const deepseekExport: Format = {
  name: 'deepseek-export',
  what: "DeepSeek's export: amounts by the hour or day with their prices, and the costs beside them",
  shapes: [
    {
      ...{ form: 'csv', granularity: 'bucket' },
      recognises: row => hasAll(row, 'model', 'api_key_name', 'type', 'price', 'amount'),
      start,
    },
    {
      ...{ form: 'csv', granularity: 'money' },
      recognises: row => hasAll(row, 'model', 'wallet_type', 'cost', 'currency'),
      start,
    },
  ],
}
