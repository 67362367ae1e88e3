import { type Counts, countAt, neededAt } from '../reading/counts.ts'
import { type Fields, fieldsAt, isFields, textAt } from '../reading/fields.ts'
import type { Sink } from '../reading/format.ts'
import { EXCLUDED, splitWrites } from '../reading/from-prompt.ts'
import { serviceOf } from '../reading/service.ts'
import type { ReadBody } from './body.ts'

/** Counts of a Message: its input excludes reads and writes. A write without a split is of 5 minutes. */
export const anthropicCounts = (usage: Fields, { convention }: Pick<Sink, 'convention'>): Counts => {
  const split = usage['cache_creation']
  const long = isFields(split) ? (countAt(split, 'ephemeral_1h_input_tokens') ?? 0) : 0
  const short = isFields(split) ? (countAt(split, 'ephemeral_5m_input_tokens') ?? 0) : 0
  const told = countAt(usage, 'cache_creation_input_tokens')
  const write = isFields(split) && (told === undefined || told === null) ? short + long : told
  if (typeof write === 'number' && short + long > write) convention('the split of writes is more than their sum')
  const read = countAt(usage, 'cache_read_input_tokens')
  convention(EXCLUDED)
  const { cache_write, cache_write_1h } = splitWrites(write === undefined ? 0 : write, long)
  return {
    input: neededAt(usage, 'input_tokens'),
    cache_read: read === undefined ? 0 : read,
    cache_write,
    cache_write_1h,
    output: neededAt(usage, 'output_tokens'),
    reasoning: countAt(fieldsAt(usage, 'output_tokens_details'), 'thinking_tokens') ?? null,
  }
}

/** A Message has no time: whatever logs it must. */
export const readAnthropic: ReadBody = (body, usage, sink) => {
  const { service, batch } = serviceOf(usage['service_tier'], usage['speed'])
  const counts = anthropicCounts(usage, sink)
  return {
    at: null,
    model: textAt(body, 'model'),
    id: textAt(body, 'id'),
    service,
    batch,
    input: counts.input,
    cache_read: counts.cache_read,
    cache_write: counts.cache_write,
    cache_write_1h: counts.cache_write_1h,
    output: counts.output,
    reasoning: counts.reasoning,
    web_searches: countAt(fieldsAt(usage, 'server_tool_use'), 'web_search_requests') ?? null,
  }
}
