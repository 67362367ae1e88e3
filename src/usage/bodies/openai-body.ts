import { BadRecord } from '../reading/bad-record.ts'
import { type CellAt, countIn, firstCell, fixedCells, neededIn, textCell } from '../reading/cell.ts'
import { type Counts, lessThan } from '../reading/counts.ts'
import { type Fields, fieldsAt, hasKey, isFields } from '../reading/fields.ts'
import type { Sink } from '../reading/format.ts'
import { fromPrompt } from '../reading/from-prompt.ts'
import type { BodyCells, PlanBody, ReadCounts } from './body.ts'
import { planCache, type Told, toldIn, writesIn } from './prompt-cache.ts'

/**
 * Counts of Chat Completions (`prompt_tokens`) or Responses (`input_tokens`), in which gateways write the cache of other
 * providers under further names. @see openai/openai-openapi
 */
export const planOpenaiCounts = (usage: Fields, at: CellAt): ReadCounts => {
  const isChat = hasKey(usage, 'prompt_tokens')
  const prompt = at(usage, isChat ? 'prompt_tokens' : 'input_tokens')
  const output = at(usage, isChat ? 'completion_tokens' : 'output_tokens')
  const total = at(usage, 'total_tokens')
  const cache = planCache([usage], at, isChat ? 'prompt_tokens_details' : 'input_tokens_details')
  const spoken = usage[isChat ? 'completion_tokens_details' : 'output_tokens_details']
  const reasoning = isFields(spoken) ? at(spoken, 'reasoning_tokens') : null
  return sink => {
    const { write, write1h } = writesIn(cache)
    return fromPrompt(
      {
        prompt: neededIn(prompt, isChat ? 'prompt_tokens' : 'input_tokens'),
        read: toldIn(cache.read),
        write,
        write1h,
        // An embedding has no output.
        output: countIn(output) ?? 0,
        reasoning: countIn(reasoning) ?? null,
        total: countIn(total),
      },
      sink,
    )
  }
}

export const openaiCounts = (usage: Fields, sink: Pick<Sink, 'convention'>): Counts =>
  planOpenaiCounts(usage, fixedCells)(sink)

/** DeepSeek's: prompt = hits + misses, and writes are not billed. */
const planDeepseekCounts = (usage: Fields, at: CellAt): ReadCounts => {
  const cells = {
    prompt: at(usage, 'prompt_tokens'),
    miss: at(usage, 'prompt_cache_miss_tokens'),
    output: at(usage, 'completion_tokens'),
    reasoning: at(fieldsAt(usage, 'completion_tokens_details'), 'reasoning_tokens'),
    total: at(usage, 'total_tokens'),
  }
  const { read } = planCache([usage], at, 'prompt_tokens_details')
  return sink => {
    const prompt = neededIn(cells.prompt, 'prompt_tokens')
    return fromPrompt(
      {
        prompt,
        read: hitsIn(read, countIn(cells.miss) ?? null, prompt),
        write: 0,
        output: neededIn(cells.output, 'completion_tokens'),
        reasoning: countIn(cells.reasoning) ?? null,
        total: countIn(cells.total),
      },
      sink,
    )
  }
}

/**
 * Hits, of which one telling must add up to the prompt with the misses; `null`: not told.
 *
 * @throws {BadRecord} if none does
 */
const hitsIn = (read: Told, miss: number | null, prompt: number): number | null => {
  const told = toldIn(read)
  if (miss === null) {
    if (told !== null) lessThan(prompt, told, 'it has more hits than prompt')
    return told
  }
  const hits = lessThan(prompt, miss, 'it has more misses than prompt')
  if (read.cells.length === 0 || read.cells.some(cell => countIn(cell) === hits)) return hits
  throw new BadRecord('its hits and misses are not its prompt')
}

const DETAILS = [
  'prompt_tokens_details',
  'completion_tokens_details',
  'input_tokens_details',
  'output_tokens_details',
] as const

const aroundCounts = (body: Fields, usage: Fields, at: CellAt): Omit<BodyCells, 'counts'> => ({
  time: firstCell(body, at, 'created', 'created_at'),
  model: textCell(body, at, 'model'),
  id: textCell(body, at, 'id'),
  tier: textCell(body, at, 'service_tier'),
  speed: null,
  geo: null,
  searches: null,
  audio: DETAILS.map(key => at(fieldsAt(usage, key), 'audio_tokens')),
})

export const planOpenai: PlanBody = (body, usage, at) => ({
  ...aroundCounts(body, usage, at),
  counts: planOpenaiCounts(usage, at),
})

export const planDeepseek: PlanBody = (body, usage, at) => ({
  ...aroundCounts(body, usage, at),
  counts: planDeepseekCounts(usage, at),
})
