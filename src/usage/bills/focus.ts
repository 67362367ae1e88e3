import { exact } from '../../model/number/money.ts'
import { BadRecord } from '../reading/bad-record.ts'
import { neededCellAt } from '../reading/counts.ts'
import { type Fields, hasAll, jsonIn, textAt } from '../reading/fields.ts'
import type { Format, Sink, Taker } from '../reading/format.ts'
import { keysOf, tagsOf } from '../reading/keys.ts'
import { serviceOf } from '../reading/service.ts'
import { usdOf } from '../reading/usd.ts'
import type { UsageRecord } from '../record.ts'
import { moneyRecord, type Span, spanOf } from './bucket.ts'
import { type OtherMoney, otherMoney } from './other-money.ts'

/**
 * Meters by the names that issuers are known to give them. FOCUS leaves these names to the issuer, so a row of any other
 * meter keeps its money and no tokens.
 */
const METERS = {
  input: 'input',
  input_no_cache: 'input',
  cache_read: 'cache_read',
  input_cache_read: 'cache_read',
  cache_write: 'cache_write',
  input_cache_write_5m: 'cache_write',
  cache_write_1h: 'cache_write_1h',
  input_cache_write_1h: 'cache_write_1h',
  output: 'output',
} as const

type Meter = (typeof METERS)[keyof typeof METERS]

/** The rows of one span, model, account and set of tags, and where dsprice wrote them of one price. */
interface Open extends Pick<UsageRecord, 'model' | 'service' | 'batch' | 'region' | 'keys'> {
  readonly span: Span
  readonly tokens: Record<Meter, number>
  /** USD per 1M tokens, where dsprice wrote them. */
  readonly prices: { [meter in Meter]?: string }
  /** USD as billed; `null`: of some row it is not told. */
  usd: string | null
}

/** What decides a price, in columns of dsprice's own: FOCUS has none for it. */
const OWN = ['x_Service', 'x_Batch', 'x_Region', 'x_Hours', 'x_PromptLength', 'x_RowDate'] as const

const opened = (row: Fields, { span, model }: Pick<Open, 'span' | 'model'>): Open => ({
  ...{ span, model, keys: keysAt(row) },
  service: serviceOf(textAt(row, 'x_Service')).service,
  batch: textAt(row, 'x_Batch') === 'true',
  ...(textAt(row, 'x_Region') === null ? {} : { region: textAt(row, 'x_Region') }),
  tokens: { input: 0, cache_read: 0, cache_write: 0, cache_write_1h: 0, output: 0 },
  prices: {},
  usd: '0',
})

const meterOf = (row: Fields): Meter | null => {
  const name = textAt(row, 'SkuMeter') ?? ''
  const isOfTokens = /^tokens?$/i.test(textAt(row, 'ConsumedUnit') ?? '')
  const isUsage = textAt(row, 'ChargeCategory') === 'Usage' && textAt(row, 'ChargeClass') === null
  return isOfTokens && isUsage && Object.hasOwn(METERS, name) ? METERS[name as keyof typeof METERS] : null
}

const billedIn = (row: Fields): string | null =>
  textAt(row, 'BillingCurrency') === 'USD' ? usdOf(row['BilledCost']) : null

const keysAt = (row: Fields): UsageRecord['keys'] => ({
  ...keysOf({ project: textAt(row, 'SubAccountId') }),
  ...tagsOf(jsonIn(row['Tags'])),
})

const addTo = (
  group: Open,
  row: Fields,
  { meter, tokens }: { readonly meter: Meter; readonly tokens: number },
): void => {
  const usd = billedIn(row)
  const price = textAt(row, 'x_Model') === null ? null : usdOf(row['ListUnitPrice'])
  group.tokens[meter] += tokens
  group.usd = group.usd === null || usd === null ? null : exact(group.usd).plus(exact(usd)).toFixed()
  if (price !== null) group.prices[meter] = price
}

/** A row of no meter that is known has its money alone. */
const takeMoney = (row: Fields, span: Span, to: { readonly sink: Sink; readonly other: OtherMoney }): void => {
  const billed = usdOf(row['BilledCost'])
  const currency = textAt(row, 'BillingCurrency')
  if (billed !== null && currency !== 'USD') {
    to.other.add(currency, billed)
    return
  }
  const keys = { ...keysAt(row), ...keysOf({ item: textAt(row, 'SkuMeter', 'ChargeDescription') }) }
  to.sink.record(moneyRecord(span, billed, keys))
}

const openFile = (sink: Sink): Taker => {
  const groups = new Map<string, Open>()
  const other = otherMoney(sink)
  return {
    take: row => {
      if (textAt(row, 'ServiceCategory') !== 'AI and Machine Learning') {
        sink.skip('a service that is not of AI')
        return
      }
      const span = spanOf(row['ChargePeriodStart'], row['ChargePeriodEnd'])
      const meter = meterOf(row)
      if (meter === null) {
        takeMoney(row, span, { sink, other })
        return
      }
      const model = textAt(row, 'x_Model', 'SkuId')
      if (model === null) throw new BadRecord('its SkuId, which is the model, is missing')
      const tokens = neededCellAt(row, 'ConsumedQuantity')
      const own = OWN.map(column => row[column])
      const key = [span.at, span.end, model, row['SubAccountId'], row['Tags'], ...own].join('\0')
      const known = groups.get(key)
      const group = known ?? opened(row, { span, model })
      addTo(group, row, { meter, tokens })
      if (known) sink.part()
      else groups.set(key, group)
    },
    end: () => {
      for (const { span, tokens, prices, usd, ...told } of groups.values()) {
        const rates = Object.keys(prices).length > 0 ? { rates: { prices } } : {}
        sink.record({
          ...span,
          ...tokens,
          reasoning: null,
          requests: null,
          id: null,
          stated_usd: usd,
          ...told,
          ...rates,
        })
      }
      groups.clear()
      other.end()
    },
  }
}

export const focus: Format = {
  name: 'focus',
  what: 'Rows of FOCUS, one a meter, where the issuer calls its meters by names that are known',
  shapes: [
    {
      ...{ form: 'csv', granularity: 'bucket' },
      recognises: row => hasAll(row, 'ChargePeriodStart', 'ChargePeriodEnd', 'BilledCost', 'ServiceCategory', 'SkuId'),
      start: () => ({ open: openFile }),
    },
  ],
}
