import { BadRecord } from '../reading/bad-record.ts'
import { cellAt } from '../reading/counts.ts'
import { type Fields, hasAll, jsonIn, textAt } from '../reading/fields.ts'
import { each, type Format, type Run, type Shape, type Sink } from '../reading/format.ts'
import { instantOf } from '../reading/instants.ts'
import { keysOf, withTags } from '../reading/keys.ts'
import { type SeenIds, seenIds } from '../reading/seen-ids.ts'
import { usdOf } from '../reading/usd.ts'
import { readLitellmDay } from './litellm-days.ts'
import { litellmCounts } from './litellm-row.ts'

/** As JSON and Python write it. */
const OWN_CACHE: readonly unknown[] = [true, 'True', 'true', 'TRUE']

const takeRow = (row: Fields, seen: SeenIds, sink: Sink): void => {
  if (row['status'] === 'failure') {
    sink.skip('the request failed')
    return
  }
  // Tokens and a price of 0 stand there all the same.
  if (OWN_CACHE.includes(row['cache_hit'])) {
    sink.skip("LiteLLM's own cache answered, not the provider")
    return
  }
  const model = textAt(row, 'model')
  if (model === null) throw new BadRecord('its model is missing')
  const id = textAt(row, 'request_id')
  const counts = litellmCounts(row, sink)
  const stated = usdOf(row['spend'])
  const at = instantOf(row['startTime'])
  if (id !== null && !seen.add(id)) {
    sink.duplicate()
    return
  }
  const tags = row['request_tags']
  const type = textAt(row, 'call_type') ?? ''
  sink.record({
    at,
    end: null,
    model,
    input: counts.input,
    cache_read: counts.cache_read,
    cache_write: counts.cache_write,
    cache_write_1h: counts.cache_write_1h,
    output: counts.output,
    reasoning: counts.reasoning,
    requests: 1,
    service: null,
    batch: type.includes('batch'),
    id,
    stated_usd: stated,
    keys: withTags(
      keysOf({
        user: textAt(row, 'end_user', 'user'),
        team: textAt(row, 'team_id'),
        project: textAt(row, 'organization_id'),
        conversation: textAt(row, 'session_id'),
        asked: textAt(row, 'model_group'),
      }),
      typeof tags === 'string' ? jsonIn(tags) : tags,
    ),
  })
}

const runOf = (rowOf: (value: Fields) => Fields) => (): Run => {
  const seen = seenIds()
  return { open: sink => ({ take: value => takeRow(rowOf(value), seen, sink) }) }
}

const COLUMNS = ['request_id', 'call_type', 'prompt_tokens', 'completion_tokens', 'startTime', 'model']

const json: Shape = {
  ...{ form: 'json', granularity: 'call' },
  recognises: value => hasAll(value, 'request_id', 'call_type', 'startTime'),
  start: runOf(value => value),
}

const csv: Shape = {
  ...{ form: 'csv', granularity: 'call' },
  recognises: value => hasAll(value, ...COLUMNS),
  start: runOf(row => ({
    ...row,
    prompt_tokens: cellAt(row, 'prompt_tokens'),
    completion_tokens: cellAt(row, 'completion_tokens'),
    total_tokens: cellAt(row, 'total_tokens'),
  })),
}

const days = each(
  {
    ...{ form: 'csv', granularity: 'bucket' },
    recognises: row => hasAll(row, 'Date', 'Spend ($)', 'Prompt Tokens', 'Completion Tokens'),
  },
  readLitellmDay,
)

export const litellm: Format = {
  name: 'litellm',
  what: "LiteLLM's spend logs, as JSON or CSV, and the CSV of its usage page",
  shapes: [json, csv, days],
}
