import { BadRecord } from '../reading/bad-record.ts'
import { neededCellAt } from '../reading/counts.ts'
import { type Fields, hasAll, textAt } from '../reading/fields.ts'
import type { Format, Run, Sink, Taker } from '../reading/format.ts'
import { keysOf } from '../reading/keys.ts'
import { usdOf } from '../reading/usd.ts'
import { daySpan, moneyRecord, type Span, spanOf } from './bucket.ts'
import { type Cost, type Held, stateCosts } from './deepseek-costs.ts'
import { type Group, METERS, recordsOf } from './deepseek-rows.ts'
import { type OtherMoney, otherMoney } from './other-money.ts'

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

/** What the files of an export tell of each other. */
interface Told {
  readonly costs: Cost[]
  readonly groups: { readonly group: Group; readonly rows: number; readonly sink: Sink }[]
}

const openAmounts = (sink: Sink, { groups }: Told): Required<Omit<Taker, 'plan'>> => {
  let key = ''
  let group: Group | null = null
  let rows = 0
  const close = (): void => {
    if (group !== null && rows > 0) groups.push({ group, rows, sink })
    group = null
    rows = 0
  }
  return {
    take: row => {
      const own = KEYS.map(name => row[name]).join('\n')
      if (own !== key) close()
      key = own
      group ??= groupAt(row)
      addRow(group, row)
      rows++
    },
    end: close,
  }
}

const takeCost = (row: Fields, sink: Sink, { costs }: Told): void => {
  const cost = usdOf(row['cost'])
  if (cost === null) throw new BadRecord('its cost is missing')
  costs.push({ span: spanAt(row), model: textAt(row, 'model'), cost, currency: textAt(row, 'currency'), sink })
}

/** The account's, which only costs tell; `null`: none does, or several. */
const currencyIn = (costs: readonly Cost[]): string | null => {
  const [first] = costs
  return first && costs.every(({ currency }) => currency === first.currency) ? first.currency : null
}

/** Costs are records of money only where no file has the amounts that they are of. */
const give = ({ costs, groups }: Told): void => {
  const currency = currencyIn(costs)
  const held: Held[] = groups.flatMap(({ group, rows, sink }) => {
    const records = recordsOf(group, currency)
    for (let i = records.length; i < rows; i++) sink.part()
    return records.map(record => ({ record, span: group.span, sink }))
  })
  const alone = new Set(stateCosts(costs, held))
  const others = new Map<Sink, OtherMoney>()
  for (const { record, sink } of held) sink.record(record)
  for (const one of costs) {
    const other = others.get(one.sink) ?? otherMoney(one.sink)
    others.set(one.sink, other)
    if (!alone.has(one)) one.sink.skip('costs that stand with the amounts of their time and model')
    else if (one.currency === 'USD') one.sink.record(moneyRecord(one.span, one.cost, {}))
    else other.add(one.currency, one.cost)
  }
  for (const other of others.values()) other.end()
}

/** The run of both shapes: amounts wait for the costs that are stated of them, and for their currency. */
const start = (): Run => {
  const told: Told = { costs: [], groups: [] }
  return {
    open: sink => {
      const amounts = openAmounts(sink, told)
      return {
        take: row => {
          if ('cost' in row) takeCost(row, sink, told)
          else amounts.take(row)
        },
        end: amounts.end,
      }
    },
    end: () => give(told),
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
