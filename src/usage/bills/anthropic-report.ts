import { exact } from '../../model/number/money.ts'
import { BadRecord } from '../reading/bad-record.ts'
import { countAt, neededAt } from '../reading/counts.ts'
import { type Fields, fieldsAt, isFields, listAt, textAt } from '../reading/fields.ts'
import { each, type Shape, type Sink } from '../reading/format.ts'
import { EXCLUDED } from '../reading/from-prompt.ts'
import { regionOf } from '../reading/service.ts'
import { amountOf } from '../reading/usd.ts'
import { type AnthropicBucket, anthropicKeys, anthropicRecord } from './anthropic-counts.ts'
import { moneyRecord, type Span, spanOf } from './bucket.ts'
import { eachMoney, type OtherMoney } from './other-money.ts'

const bucketOf = (usage: Fields, group: Fields): AnthropicBucket => {
  const writes = fieldsAt(usage, 'cache_creation')
  return {
    counts: {
      input: neededAt(usage, 'uncached_input_tokens'),
      cache_read: countAt(usage, 'cache_read_input_tokens') ?? 0,
      cache_write: countAt(writes, 'ephemeral_5m_input_tokens') ?? 0,
      cache_write_1h: countAt(writes, 'ephemeral_1h_input_tokens') ?? 0,
      output: neededAt(usage, 'output_tokens'),
      reasoning: null,
    },
    requests: countAt(usage, 'requests') ?? null,
    searches: countAt(fieldsAt(usage, 'server_tool_use'), 'web_search_requests') ?? null,
    ...{ tier: textAt(group, 'service_tier'), speed: textAt(group, 'speed'), window: textAt(group, 'context_window') },
    region: regionOf(textAt(group, 'inference_geo')),
    keys: anthropicKeys(group),
  }
}

const takeResult = (span: Span, result: Fields, sink: Sink, other: OtherMoney): void => {
  // The cost report counts in cents.
  if ('amount' in result) {
    const cents = amountOf(result['amount'])
    if (cents === null) {
      sink.skip('a bucket without usage')
      return
    }
    const currency = (textAt(result, 'currency') ?? 'USD').toUpperCase()
    const amount = cents.times(exact('0.01')).toFixed()
    if (currency === 'USD') sink.record(moneyRecord(span, amount, anthropicKeys(result)))
    else other.add(currency, amount)
    return
  }
  sink.convention(EXCLUDED)
  sink.record(anthropicRecord(span, textAt(result, 'model'), bucketOf(result, result)))
}

/** `usage_report/messages` and `cost_report`: results in buckets. */
const takeBucket = (bucket: Fields, sink: Sink, other: OtherMoney): void => {
  const span = spanOf(bucket['starting_at'], bucket['ending_at'])
  const results = listAt(bucket, 'results')
  if (results.length === 0) sink.skip('a bucket without usage')
  for (const result of results) {
    try {
      takeResult(span, result, sink, other)
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error
      sink.bad(error.message)
    }
  }
}

/** `analytics/usage`: a group a bucket. */
const takeGroup = (value: Fields, sink: Sink): void => {
  const span = spanOf(value['starting_at'], value['ending_at'])
  const group = fieldsAt(value, 'group')
  sink.convention(EXCLUDED)
  sink.record(anthropicRecord(span, textAt(group, 'model'), bucketOf(fieldsAt(value, 'usage'), group)))
}

const isBucket = (value: Fields): boolean => 'starting_at' in value && Array.isArray(value['results'])

export const anthropicCostReport: Shape = eachMoney(
  {
    ...{ form: 'json', granularity: 'money' },
    recognises: value => isBucket(value) && 'amount' in (listAt(value, 'results')[0] ?? {}),
  },
  takeBucket,
)

export const anthropicReport: Shape = eachMoney(
  { ...{ form: 'json', granularity: 'bucket' }, recognises: isBucket },
  takeBucket,
)

export const anthropicAnalytics: Shape = each(
  {
    ...{ form: 'json', granularity: 'bucket' },
    recognises: value => 'starting_at' in value && isFields(value['usage']),
  },
  takeGroup,
)
