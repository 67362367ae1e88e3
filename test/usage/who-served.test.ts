import { describe, expect, it } from 'vitest'
import { readLines } from './read-lines.ts'

const message = {
  id: 'm',
  type: 'message',
  model: 'claude-opus-4-7',
  usage: { input_tokens: 5, cache_read_input_tokens: 0, cache_creation_input_tokens: 0, output_tokens: 1 },
}
const inPlace = (geo: string) => ({ ...message, usage: { ...message.usage, inference_geo: geo } })
const time = '2026-11-10T10:00:00Z'

describe('the region that Anthropic bills', () => {
  it.each<[string, unknown]>([
    ['a Message', { timestamp: time, ...inPlace('us') }],
    [
      'a session of Claude Code',
      { sessionId: 's', uuid: 'u', type: 'assistant', timestamp: time, message: inPlace('us') },
    ],
    [
      'the usage report',
      {
        data: [
          {
            ...{ starting_at: '2026-11-10T00:00:00Z', ending_at: '2026-11-11T00:00:00Z' },
            results: [{ model: 'claude-opus-4-7', uncached_input_tokens: 5, output_tokens: 1, inference_geo: 'us' }],
          },
        ],
      },
    ],
  ])('is told by %s', (_, value) => {
    expect(readLines(value).records.map(({ region }) => region)).toEqual(['us'])
  })

  it.each(['global', 'not_available', ''])('is none for "%s"', geo => {
    expect(readLines({ timestamp: time, ...inPlace(geo) }).records[0]).not.toHaveProperty('region')
  })
})

const spend = (provider: string, model: string) => ({
  ...{ request_id: 'r', call_type: 'acompletion', startTime: time, model, custom_llm_provider: provider },
  ...{ prompt_tokens: 5, completion_tokens: 1, total_tokens: 6, spend: 0 },
})
const attribute = (key: string, value: object) => ({ key, value })
const span = (provider: string, model: string) => ({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              ...{ traceId: 't', spanId: 's', startTimeUnixNano: '1794304800000000000' },
              attributes: [
                attribute('gen_ai.provider.name', { stringValue: provider }),
                attribute('gen_ai.request.model', { stringValue: model }),
                attribute('gen_ai.usage.input_tokens', { intValue: '5' }),
                attribute('gen_ai.usage.output_tokens', { intValue: '1' }),
              ],
            },
          ],
        },
      ],
    },
  ],
})
const units = (provider: string, model: string) => ({
  ...{ id: 'p', created_at: time, is_success: true, ai_org: provider, ai_model: model, req_units: 5, res_units: 1 },
})
const request = (provider: string, model: string) => ({
  ...{ request_id: 'h', request_created_at: time, response_status: 200, response_model: model, provider },
  ...{ prompt_tokens: 5, completion_tokens: 1 },
})

describe('who served a model, told beside its name, stands before it', () => {
  it.each<[string, (provider: string, model: string) => object, string, string]>([
    ['LiteLLM', spend, 'deepinfra', 'deepinfra/deepseek-v4-pro'],
    ['LiteLLM', spend, 'deepseek', 'deepseek-v4-pro'],
    ['OpenTelemetry', span, 'aws.bedrock', 'aws.bedrock/deepseek-v4-pro'],
    ['OpenTelemetry', span, 'deepseek', 'deepseek-v4-pro'],
    ['Portkey', units, 'together-ai', 'together_ai/deepseek-v4-pro'],
    ['Portkey', units, 'deepseek', 'deepseek-v4-pro'],
    ['Helicone', request, 'FIREWORKS', 'fireworks/deepseek-v4-pro'],
    ['Helicone', request, 'DEEPSEEK', 'deepseek-v4-pro'],
  ])('%s: %s by %s', (_, of, provider, name) => {
    expect(readLines(of(provider, 'deepseek-v4-pro')).records.map(({ model }) => model)).toEqual([name])
  })
})
