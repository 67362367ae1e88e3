import { BadRecord } from '../reading/bad-record.ts'
import { type Counts, countAt, neededAt } from '../reading/counts.ts'
import { type Fields, fieldsAt, isFields, jsonIn } from '../reading/fields.ts'
import type { Sink } from '../reading/format.ts'
import { fromPrompt } from '../reading/from-prompt.ts'

/** Counts of a row of LiteLLM_SpendLogs: the cache stands in its metadata alone, in either of two places. */
export const litellmCounts = (row: Fields, sink: Pick<Sink, 'convention'>): Counts => {
  const metadata = metadataOf(row)
  const more = isFields(metadata['additional_usage_values'])
    ? metadata['additional_usage_values']
    : fieldsAt(metadata, 'usage_object')
  const input = fieldsAt(more, 'prompt_tokens_details')
  const split = fieldsAt(input, 'cache_creation_token_details')
  const [long, short] = [countAt(split, 'ephemeral_1h_input_tokens'), countAt(split, 'ephemeral_5m_input_tokens')]
  const write =
    countAt(more, 'cache_creation_input_tokens') ??
    countAt(input, 'cache_creation_tokens') ??
    countAt(input, 'cache_write_tokens')
  const read =
    countAt(more, 'cache_read_input_tokens') ??
    countAt(input, 'cached_tokens') ??
    countAt(more, 'prompt_cache_hit_tokens')
  return fromPrompt(
    {
      prompt: neededAt(row, 'prompt_tokens'),
      read: read ?? 0,
      write: write ?? (long ?? 0) + (short ?? 0),
      write1h: long ?? 0,
      output: neededAt(row, 'completion_tokens'),
      reasoning: countAt(fieldsAt(more, 'completion_tokens_details'), 'reasoning_tokens') ?? null,
      total: countAt(row, 'total_tokens'),
    },
    sink,
  )
}

const metadataOf = (row: Fields): Fields => {
  const { metadata } = row
  const read = typeof metadata === 'string' ? jsonIn(metadata) : metadata
  if (typeof metadata === 'string' && metadata !== '' && !isFields(read)) {
    throw new BadRecord('its metadata is not JSON, and holds its cache counts')
  }
  return isFields(read) ? read : {}
}
