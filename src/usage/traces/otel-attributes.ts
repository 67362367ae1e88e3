import { BadRecord } from '../reading/bad-record.ts'
import { cellAt } from '../reading/counts.ts'
import { type Fields, fieldsAt, listAt, textAt } from '../reading/fields.ts'

/** Every spelling of what a span says of its call, the newest first. @see open-telemetry/semantic-conventions-genai */
const SPELLINGS = {
  model: ['gen_ai.response.model', 'gen_ai.request.model', 'llm.model_name', 'ai.model.id'],
  input: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
  ],
  read: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.input_tokens.cached',
    'gen_ai.usage.details.cache_read_tokens',
    'llm.token_count.prompt_details.cache_read',
    'ai.usage.cachedInputTokens',
  ],
  write: [
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.input_tokens.cache_write',
    'gen_ai.usage.details.cache_write_tokens',
    'llm.token_count.prompt_details.cache_write',
  ],
  output: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
  ],
  reasoning: [
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.output_tokens.reasoning',
    'gen_ai.usage.details.reasoning_tokens',
    'llm.token_count.completion_details.reasoning',
    'ai.usage.reasoningTokens',
  ],
  total: ['gen_ai.usage.total_tokens', 'llm.token_count.total', 'ai.usage.totalTokens'],
} as const satisfies Record<string, readonly string[]>

/** A list of `{key, value}` as an object. Integers of 64 bits are texts or numbers. */
export const attributesOf = (span: Fields): Fields => {
  const attributes: Record<string, unknown> = Object.create(null)
  for (const entry of listAt(span, 'attributes')) {
    const key = textAt(entry, 'key')
    const value = fieldsAt(entry, 'value')
    if (key !== null) attributes[key] = value['stringValue'] ?? value['intValue'] ?? value['doubleValue']
  }
  return attributes
}

/** A count under whichever spelling there is; `null`: none. @throws {BadRecord} */
export const spanCount = (attributes: Fields, what: Exclude<keyof typeof SPELLINGS, 'model'>): number | null => {
  const key = SPELLINGS[what].find(one => one in attributes)
  return key === undefined ? null : cellAt(attributes, key)
}

/** The model that served it, else the one that was asked for. @throws {BadRecord} */
export const spanModel = (attributes: Fields): string => {
  const model = textAt(attributes, ...SPELLINGS.model)
  if (model === null) throw new BadRecord('its model is missing')
  return model
}

/** Whether a span says anything of caches, readable or not. */
export const tellsCaches = (attributes: Fields): boolean =>
  [...SPELLINGS.read, ...SPELLINGS.write].some(key => key in attributes)
