import type { ReadCounts } from '../bodies/body.ts'
import { BadRecord } from '../reading/bad-record.ts'
import { type Cell, type CellAt, countIn, firstCell, fixedCells, neededIn, textIn } from '../reading/cell.ts'
import { type Fields, fieldsAt, isFields, jsonIn } from '../reading/fields.ts'
import { fromPrompt } from '../reading/from-prompt.ts'

/** Counts of a row of LiteLLM_SpendLogs: the cache stands in its metadata alone, in either of two places. */
export const planLitellmCounts = (row: Fields, at: CellAt): ReadCounts => {
  const metadata = at(row, 'metadata')
  const own = {
    prompt: at(row, 'prompt_tokens'),
    output: at(row, 'completion_tokens'),
    total: at(row, 'total_tokens'),
  }
  if (metadata?.kind !== 'text') return planCounts(own, fieldsAt(row, 'metadata'), at)
  return sink => {
    const read = jsonIn(textIn(metadata))
    if (!isFields(read)) throw new BadRecord('its metadata is not JSON, and holds its cache counts')
    return planCounts(own, read, fixedCells)(sink)
  }
}

const planCounts = (
  own: Readonly<Record<'prompt' | 'output' | 'total', Cell | null>>,
  metadata: Fields,
  at: CellAt,
): ReadCounts => {
  const values = fieldsAt(metadata, 'additional_usage_values')
  const more = isFields(metadata['additional_usage_values']) ? values : fieldsAt(metadata, 'usage_object')
  const input = fieldsAt(more, 'prompt_tokens_details')
  const split = fieldsAt(input, 'cache_creation_token_details')
  const cells = {
    ...own,
    long: at(split, 'ephemeral_1h_input_tokens'),
    short: at(split, 'ephemeral_5m_input_tokens'),
    write:
      firstCell(more, at, 'cache_creation_input_tokens') ??
      firstCell(input, at, 'cache_creation_tokens', 'cache_write_tokens'),
    read:
      firstCell(more, at, 'cache_read_input_tokens') ??
      firstCell(input, at, 'cached_tokens') ??
      firstCell(more, at, 'prompt_cache_hit_tokens'),
    reasoning: at(fieldsAt(more, 'completion_tokens_details'), 'reasoning_tokens'),
  }
  return sink => {
    const long = countIn(cells.long) ?? 0
    const short = countIn(cells.short) ?? 0
    return fromPrompt(
      {
        prompt: neededIn(cells.prompt, 'prompt_tokens'),
        read: countIn(cells.read) ?? 0,
        write: countIn(cells.write) ?? long + short,
        write1h: long,
        output: neededIn(cells.output, 'completion_tokens'),
        reasoning: countIn(cells.reasoning) ?? null,
        total: countIn(cells.total),
      },
      sink,
    )
  }
}
