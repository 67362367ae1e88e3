import { type Counts, countAt, lessThan, neededAt } from '../reading/counts.ts'
import { type Fields, isFields, textAt } from '../reading/fields.ts'
import type { Sink } from '../reading/format.ts'
import { fromPrompt, INCLUDED } from '../reading/from-prompt.ts'
import { instantOf } from '../reading/instants.ts'
import { serviceOf } from '../reading/service.ts'
import type { Body, ReadBody } from './body.ts'

/** Details as they are told: an absent object means that nothing was cached, `null` that it is not known. */
const detailAt = (usage: Fields, key: string, name: string): number | null => {
  const details = usage[key]
  if (details === null) return null
  const count = isFields(details) ? countAt(details, name) : undefined
  return count === undefined ? 0 : count
}

/** Counts of Chat Completions (`prompt_tokens`) or Responses (`input_tokens`). @see openai/openai-openapi */
export const openaiCounts = (usage: Fields, sink: Pick<Sink, 'convention'>): Counts => {
  const [prompt, output] =
    usage['prompt_tokens'] === undefined ? ['input_tokens', 'output_tokens'] : ['prompt_tokens', 'completion_tokens']
  const inputDetails = prompt === 'prompt_tokens' ? 'prompt_tokens_details' : 'input_tokens_details'
  const outputDetails = output === 'completion_tokens' ? 'completion_tokens_details' : 'output_tokens_details'
  const reasoning = isFields(usage[outputDetails]) ? countAt(usage[outputDetails], 'reasoning_tokens') : null
  return fromPrompt(
    {
      prompt: neededAt(usage, prompt),
      read: detailAt(usage, inputDetails, 'cached_tokens'),
      write: detailAt(usage, inputDetails, 'cache_write_tokens'),
      // An embedding has no output.
      output: countAt(usage, output) ?? 0,
      reasoning: reasoning ?? null,
      total: countAt(usage, 'total_tokens'),
    },
    sink,
  )
}

/** DeepSeek's: prompt = hits + misses, and writes are not billed. */
export const deepseekCounts = (usage: Fields, { convention }: Pick<Sink, 'convention'>): Counts => {
  const prompt = neededAt(usage, 'prompt_tokens')
  const read = neededAt(usage, 'prompt_cache_hit_tokens')
  const miss = countAt(usage, 'prompt_cache_miss_tokens') ?? lessThan(prompt, read, 'it has more hits than prompt')
  convention(read + miss === prompt ? INCLUDED : 'hits and misses are not the prompt')
  const details = usage['completion_tokens_details']
  const reasoning = isFields(details) ? countAt(details, 'reasoning_tokens') : null
  return {
    ...{ input: miss, cache_read: read, cache_write: 0, cache_write_1h: 0 },
    ...{ output: neededAt(usage, 'completion_tokens'), reasoning: reasoning ?? null },
  }
}

export const readOpenai: ReadBody = (body, usage, sink) => bodyOf(body, openaiCounts(usage, sink))

export const readDeepseek: ReadBody = (body, usage, sink) => bodyOf(body, deepseekCounts(usage, sink))

/** Written out, as spreading costs more than reading the line: this runs for every record of a log. */
const bodyOf = (body: Fields, counts: Counts): Body => {
  const { service, batch } = serviceOf(body['service_tier'])
  return {
    at: instantOf(body['created'] ?? body['created_at']),
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
    web_searches: null,
  }
}
