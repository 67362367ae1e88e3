import { BadRecord } from '../reading/bad-record.ts'
import { type Counts, cellAt, countAt, lessThan } from '../reading/counts.ts'
import { type Fields, fieldsAt, hasAll, isFields, listAt, textAt } from '../reading/fields.ts'
import { each, type Format, type Sink } from '../reading/format.ts'
import { INCLUDED } from '../reading/from-prompt.ts'
import { keysOf } from '../reading/keys.ts'
import { serviceOf } from '../reading/service.ts'
import { usdOf } from '../reading/usd.ts'
import { moneyRecord, type Span, spanOf } from './bucket.ts'
import { eachMoney, type OtherMoney } from './other-money.ts'

const NO_USAGE = 'a bucket without usage'

/** Reads a count of a row or of a result. */
type CountIn = (fields: Fields, key: string) => number | null | undefined

/**
 * The input includes reads and writes: `input_uncached_tokens` is what is left of it. So where writes are not told,
 * they are what is missing between the two.
 */
const countsOf = (fields: Fields, countIn: CountIn, { convention }: Sink): Counts => {
  const [input, output] = [countIn(fields, 'input_tokens'), countIn(fields, 'output_tokens')]
  if (typeof input !== 'number') throw new BadRecord('input_tokens is missing')
  const read = countIn(fields, 'input_cached_tokens') ?? null
  const uncached = countIn(fields, 'input_uncached_tokens') ?? null
  const untold = read === null || uncached === null ? 0 : Math.max(0, input - read - uncached)
  const write = countIn(fields, 'input_cache_write_tokens') ?? untold
  const rest = lessThan(input, (read ?? 0) + write, 'it has more cached tokens than input')
  convention(uncached !== null && uncached !== rest ? 'input_uncached_tokens is not the rest' : INCLUDED)
  return {
    ...{ input: rest, cache_read: read, cache_write: write, cache_write_1h: 0 },
    ...{ output: output ?? 0, reasoning: null },
  }
}

const takeUsage = (span: Span, fields: Fields, countIn: CountIn, sink: Sink): void => {
  const counts = countsOf(fields, countIn, sink)
  const requests = countIn(fields, 'num_model_requests') ?? null
  const { service, batch } = serviceOf(fields['service_tier'])
  sink.record({
    ...{ ...span, model: textAt(fields, 'model'), ...counts, requests },
    ...{ service, batch: batch || /^true$/i.test(String(fields['batch'])), id: null, stated_usd: null },
    keys: keysOf({
      user: textAt(fields, 'user_id'),
      project: textAt(fields, 'project_id'),
      api_key_id: textAt(fields, 'api_key_id'),
    }),
  })
}

interface Paid {
  readonly amount: unknown
  readonly currency: unknown
}

const takeMoney = (span: Span, fields: Fields, { amount, currency }: Paid, to: Money): void => {
  const usd = usdOf(amount)
  if (usd === null) {
    to.sink.skip(NO_USAGE)
    return
  }
  const code = String(currency ?? 'usd').toUpperCase()
  const keys = keysOf({ item: textAt(fields, 'line_item'), project: textAt(fields, 'project_id') })
  if (code === 'USD') to.sink.record(moneyRecord(span, usd, keys))
  else to.other.add(code, usd)
}

interface Money {
  readonly sink: Sink
  readonly other: OtherMoney
}

/** Reads every result of a bucket of a page. */
const takeBucket = (bucket: Fields, sink: Sink, take: (span: Span, result: Fields) => void): void => {
  const span = spanOf(bucket['start_time'], bucket['end_time'])
  const results = listAt(bucket, 'results')
  if (results.length === 0) sink.skip(NO_USAGE)
  for (const result of results) {
    try {
      take(span, result)
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error
      sink.bad(error.message)
    }
  }
}

const isBucket = (value: Fields): boolean => 'start_time' in value && Array.isArray(value['results'])

export const openaiUsage: Format = {
  name: 'openai-usage',
  what: "OpenAI's usage and costs (API), and the dashboard's CSVs",
  shapes: [
    eachMoney(
      {
        ...{ form: 'json', granularity: 'money' },
        recognises: value => isBucket(value) && isFields(listAt(value, 'results')[0]?.['amount']),
      },
      (bucket, sink, other) =>
        takeBucket(bucket, sink, (span, result) => {
          const { value: amount, currency } = fieldsAt(result, 'amount')
          takeMoney(span, result, { amount, currency }, { sink, other })
        }),
    ),
    each({ ...{ form: 'json', granularity: 'bucket' }, recognises: isBucket }, (bucket, sink) =>
      takeBucket(bucket, sink, (span, result) => takeUsage(span, result, countAt, sink)),
    ),
    each(
      {
        ...{ form: 'csv', granularity: 'bucket' },
        recognises: row => hasAll(row, 'start_time', 'end_time', 'model', 'input_tokens', 'output_tokens'),
      },
      (row, sink) => {
        if (textAt(row, 'input_tokens') === null) {
          sink.skip(NO_USAGE)
          return
        }
        takeUsage(spanOf(row['start_time'], row['end_time']), row, cellAt, sink)
      },
    ),
    eachMoney(
      {
        ...{ form: 'csv', granularity: 'money' },
        recognises: row => hasAll(row, 'start_time', 'end_time', 'amount_value', 'amount_currency'),
      },
      (row, sink, other) => {
        const paid = { amount: row['amount_value'], currency: textAt(row, 'amount_currency') }
        takeMoney(spanOf(row['start_time'], row['end_time']), row, paid, { sink, other })
      },
    ),
  ],
}
