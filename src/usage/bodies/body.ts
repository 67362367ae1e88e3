import type { Counts } from '../reading/counts.ts'
import { type Fields, isFields } from '../reading/fields.ts'
import type { Sink } from '../reading/format.ts'

/** What a response body says of its call. */
export interface Body extends Counts {
  readonly at: number | null
  readonly model: string | null
  readonly id: string | null
  readonly service: string | null
  readonly batch: boolean
  readonly web_searches: number | null
}

/** Reads a body whose usage has been found. @throws {BadRecord} */
export type ReadBody = (body: Fields, usage: Fields, sink: Pick<Sink, 'convention'>) => Body

/** Whose names a usage has; they differ in what "input" includes. */
export type UsageKind = 'openai' | 'anthropic' | 'deepseek' | 'gemini'

/** The usage of a body; `null`: it has none. */
export const usageOf = (body: Fields): Fields | null => {
  const usage = body['usage'] ?? body['usageMetadata']
  return isFields(usage) ? usage : null
}

/** Whose names a usage has; `null`: none that are known. */
export const usageKind = (usage: Fields): UsageKind | null => {
  if (usage['prompt_cache_hit_tokens'] !== undefined) return 'deepseek'
  if (usage['prompt_tokens'] !== undefined) return 'openai'
  if (usage['promptTokenCount'] !== undefined || usage['totalTokenCount'] !== undefined) return 'gemini'
  if (usage['input_tokens'] === undefined) return null
  if (usage['cache_read_input_tokens'] !== undefined || usage['cache_creation_input_tokens'] !== undefined) {
    return 'anthropic'
  }
  return usage['total_tokens'] !== undefined || usage['input_tokens_details'] !== undefined ? 'openai' : 'anthropic'
}
