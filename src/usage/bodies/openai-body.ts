import { type Cell, type CellAt, countIn, firstCell, fixedCells, neededIn, textCell } from '../reading/cell.ts'
import { type Counts, lessThan } from '../reading/counts.ts'
import { type Fields, fieldsAt, hasKey, isFields } from '../reading/fields.ts'
import type { Sink } from '../reading/format.ts'
import { fromPrompt, INCLUDED } from '../reading/from-prompt.ts'
import type { BodyCells, PlanBody, ReadCounts } from './body.ts'

/** A detail as it is told: an absent object means that nothing was cached, `null` that it is not known. */
interface Detail {
  readonly cell: Cell | null
  readonly otherwise: 0 | null
}

const detailOf = (usage: Fields, at: CellAt, [key, name]: readonly [key: string, name: string]): Detail => {
  const details = at(usage, key)
  const cell = details?.kind === 'object' ? at(fieldsAt(usage, key), name) : null
  const isNull = (details !== null && details.kind === 'null') || (cell !== null && cell.kind === 'null')
  return { cell: isNull ? null : cell, otherwise: isNull ? null : 0 }
}

const detailIn = ({ cell, otherwise }: Detail): number | null => (cell === null ? otherwise : (countIn(cell) ?? null))

/** Counts of Chat Completions (`prompt_tokens`) or Responses (`input_tokens`). @see openai/openai-openapi */
export const planOpenaiCounts = (usage: Fields, at: CellAt): ReadCounts => {
  const isChat = hasKey(usage, 'prompt_tokens')
  const prompt = at(usage, isChat ? 'prompt_tokens' : 'input_tokens')
  const output = at(usage, isChat ? 'completion_tokens' : 'output_tokens')
  const total = at(usage, 'total_tokens')
  const details = isChat ? 'prompt_tokens_details' : 'input_tokens_details'
  const read = detailOf(usage, at, [details, 'cached_tokens'])
  const write = detailOf(usage, at, [details, 'cache_write_tokens'])
  const spoken = usage[isChat ? 'completion_tokens_details' : 'output_tokens_details']
  const reasoning = isFields(spoken) ? at(spoken, 'reasoning_tokens') : null
  return sink =>
    fromPrompt(
      {
        prompt: neededIn(prompt, isChat ? 'prompt_tokens' : 'input_tokens'),
        read: detailIn(read),
        write: detailIn(write),
        write1h: 0,
        // An embedding has no output.
        output: countIn(output) ?? 0,
        reasoning: countIn(reasoning) ?? null,
        total: countIn(total),
      },
      sink,
    )
}

export const openaiCounts = (usage: Fields, sink: Pick<Sink, 'convention'>): Counts =>
  planOpenaiCounts(usage, fixedCells)(sink)

/** DeepSeek's: prompt = hits + misses, and writes are not billed. */
const planDeepseekCounts = (usage: Fields, at: CellAt): ReadCounts => {
  const cells = {
    prompt: at(usage, 'prompt_tokens'),
    read: at(usage, 'prompt_cache_hit_tokens'),
    miss: at(usage, 'prompt_cache_miss_tokens'),
    output: at(usage, 'completion_tokens'),
    reasoning: at(fieldsAt(usage, 'completion_tokens_details'), 'reasoning_tokens'),
  }
  return ({ convention }) => {
    const prompt = neededIn(cells.prompt, 'prompt_tokens')
    const read = neededIn(cells.read, 'prompt_cache_hit_tokens')
    const miss = countIn(cells.miss) ?? lessThan(prompt, read, 'it has more hits than prompt')
    convention(read + miss === prompt ? INCLUDED : 'hits and misses are not the prompt')
    return {
      input: miss,
      cache_read: read,
      cache_write: 0,
      cache_write_1h: 0,
      output: neededIn(cells.output, 'completion_tokens'),
      reasoning: countIn(cells.reasoning) ?? null,
    }
  }
}

const aroundCounts = (body: Fields, at: CellAt): Omit<BodyCells, 'counts'> => ({
  time: firstCell(body, at, 'created', 'created_at'),
  model: textCell(body, at, 'model'),
  id: textCell(body, at, 'id'),
  tier: textCell(body, at, 'service_tier'),
  speed: null,
  searches: null,
})

export const planOpenai: PlanBody = (body, usage, at) => ({
  ...aroundCounts(body, at),
  counts: planOpenaiCounts(usage, at),
})

export const planDeepseek: PlanBody = (body, usage, at) => ({
  ...aroundCounts(body, at),
  counts: planDeepseekCounts(usage, at),
})
