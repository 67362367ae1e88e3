import { BadRecord } from '../reading/bad-record.ts'
import { cellAt, neededCellAt } from '../reading/counts.ts'
import { type Fields, hasAll, textAt } from '../reading/fields.ts'
import { each, type Format, type Sink } from '../reading/format.ts'
import { EXCLUDED } from '../reading/from-prompt.ts'
import { keysOf } from '../reading/keys.ts'
import { regionOf } from '../reading/service.ts'
import { usdOf } from '../reading/usd.ts'
import { anthropicKeys, anthropicRecord } from './anthropic-counts.ts'
import { anthropicAnalytics, anthropicCostReport, anthropicReport } from './anthropic-report.ts'
import { daySpan, moneyRecord } from './bucket.ts'

const takeTokens = (row: Fields, sink: Sink): void => {
  const model = textAt(row, 'model_version', 'model')
  if (model === null) throw new BadRecord('its model is missing')
  const record = anthropicRecord(daySpan(row['usage_date_utc']), model, {
    counts: {
      input: neededCellAt(row, 'usage_input_tokens_no_cache'),
      cache_read: cellAt(row, 'usage_input_tokens_cache_read'),
      cache_write: cellAt(row, 'usage_input_tokens_cache_write_5m'),
      cache_write_1h: cellAt(row, 'usage_input_tokens_cache_write_1h'),
      output: neededCellAt(row, 'usage_output_tokens'),
      reasoning: null,
    },
    requests: null,
    searches: cellAt(row, 'web_search_count'),
    ...{ tier: textAt(row, 'usage_type'), speed: textAt(row, 'speed'), window: textAt(row, 'context_window') },
    region: regionOf(textAt(row, 'inference_geo')),
    keys: anthropicKeys(row),
  })
  sink.convention(EXCLUDED)
  sink.record(record)
}

/** Rounded to cents, and models by the names that people read. */
const takeCost = (row: Fields, sink: Sink): void => {
  const keys = { ...anthropicKeys(row), ...keysOf({ item: textAt(row, 'model') }) }
  sink.record(moneyRecord(daySpan(row['usage_date_utc']), usdOf(row['cost_usd']), keys))
}

export const anthropicUsage: Format = {
  name: 'anthropic-usage',
  what: "Anthropic's usage and cost reports (API), analytics, and the console's CSVs",
  shapes: [
    anthropicCostReport,
    anthropicReport,
    anthropicAnalytics,
    each(
      {
        ...{ form: 'csv', granularity: 'bucket' },
        recognises: row => hasAll(row, 'usage_date_utc', 'usage_input_tokens_no_cache', 'usage_output_tokens'),
      },
      takeTokens,
    ),
    each(
      { ...{ form: 'csv', granularity: 'money' }, recognises: row => hasAll(row, 'usage_date_utc', 'cost_usd') },
      takeCost,
    ),
  ],
}
