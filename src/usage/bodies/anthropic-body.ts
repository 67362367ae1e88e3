import { type Cell, type CellAt, countIn, fixedCells, neededIn, textCell } from '../reading/cell.ts'
import type { Counts } from '../reading/counts.ts'
import { type Fields, fieldsAt, isFields } from '../reading/fields.ts'
import type { Sink } from '../reading/format.ts'
import { EXCLUDED, splitWrites } from '../reading/from-prompt.ts'
import type { PlanBody, ReadCounts } from './body.ts'

/** Counts of a Message: its input excludes reads and writes. A write without a split is of 5 minutes. */
const planAnthropicCounts = (usage: Fields, at: CellAt): ReadCounts => {
  const isSplit = isFields(usage['cache_creation'])
  const split = fieldsAt(usage, 'cache_creation')
  const cells = {
    long: at(split, 'ephemeral_1h_input_tokens'),
    short: at(split, 'ephemeral_5m_input_tokens'),
    write: at(usage, 'cache_creation_input_tokens'),
    read: at(usage, 'cache_read_input_tokens'),
    input: at(usage, 'input_tokens'),
    output: at(usage, 'output_tokens'),
    reasoning: at(fieldsAt(usage, 'output_tokens_details'), 'thinking_tokens'),
  }
  return ({ convention }) => {
    const long = countIn(cells.long) ?? 0
    const short = countIn(cells.short) ?? 0
    const told = countIn(cells.write)
    const write = isSplit && typeof told !== 'number' ? short + long : told
    if (typeof write === 'number' && short + long > write) convention('the split of writes is more than their sum')
    const read = countIn(cells.read)
    convention(EXCLUDED)
    const { cache_write, cache_write_1h } = splitWrites(write === undefined ? 0 : write, long)
    return {
      input: neededIn(cells.input, 'input_tokens'),
      cache_read: read === undefined ? 0 : read,
      cache_write,
      cache_write_1h,
      output: neededIn(cells.output, 'output_tokens'),
      reasoning: countIn(cells.reasoning) ?? null,
    }
  }
}

export const anthropicCounts = (usage: Fields, sink: Pick<Sink, 'convention'>): Counts =>
  planAnthropicCounts(usage, fixedCells)(sink)

const NO_AUDIO: readonly Cell[] = []

/** A Message has no time: whatever logs it must. */
export const planAnthropic: PlanBody = (body, usage, at) => ({
  time: null,
  model: textCell(body, at, 'model'),
  id: textCell(body, at, 'id'),
  tier: textCell(usage, at, 'service_tier'),
  speed: textCell(usage, at, 'speed'),
  geo: textCell(usage, at, 'inference_geo'),
  searches: at(fieldsAt(usage, 'server_tool_use'), 'web_search_requests'),
  audio: NO_AUDIO,
  counts: planAnthropicCounts(usage, at),
})
