import { describe, expect, it } from 'vitest'
import { litellm } from '../../../src/book/import/litellm.ts'

const read = (name: string, record: object) =>
  litellm.read({ [name]: { litellm_provider: 'openai', mode: 'chat', ...record } }, '')?.models[0]

it.each([
  ['gemini/toy', 'gemini', 'google', 'toy'],
  ['toy', 'vertex_ai-language-models', 'google-vertex', 'toy'],
  ['vertex_ai/toy', 'vertex_ai-anthropic_models', 'google-vertex', 'toy'],
  ['bedrock/us-east-1/toy', 'bedrock', 'aws-bedrock', 'us-east-1/toy'],
  ['toy', 'bedrock_converse', 'aws-bedrock', 'toy'],
  ['together_ai/org/toy', 'together_ai', 'together', 'org/toy'],
  ['moonshot/toy', 'moonshot', 'moonshot', 'toy'],
  ['other/toy', 'openai', 'openai', 'other/toy'],
])('%s of %s is %s %s', (name, litellm_provider, provider, model) => {
  expect(read(name, { litellm_provider })).toMatchObject({ provider, model })
})

describe('long prompts', () => {
  it('have the suffixes of keys, shortest first, but not those of other services', () => {
    const record = {
      input_cost_per_token: 1e-6,
      input_cost_per_token_above_512k_tokens: 3e-6,
      input_cost_per_token_above_128k_tokens: 2e-6,
      input_cost_per_token_above_256k_tokens_priority: 9e-6,
    }
    expect(read('toy', record)?.rows[0]?.tiers).toMatchObject([
      { threshold: 128_000, operator: '>', input: 2e-6 },
      { threshold: 512_000, operator: '>', input: 3e-6 },
    ])
  })

  it('keep no output where reasoning has another price', () => {
    const record = { input_cost_per_token: 1e-6, output_cost_per_token: 2e-6, output_cost_per_reasoning_token: 8e-6 }
    expect(read('toy', record)).toMatchObject({ warnings: ['REASONING_PRICE'], rows: [{ outputUnknown: true }] })
  })
})

it.each([
  ['input_cost_per_audio_token', 'LOST:audio'],
  ['output_cost_per_image', 'LOST:image'],
  ['input_cost_per_request', 'LOST:requests'],
  ['input_cost_per_character', 'LOST:other'],
  ['regional_processing_uplift_multiplier_eu', 'LOST:region'],
])('a charge under %s is told: %s', (key, code) => {
  expect(read('toy', { input_cost_per_token: 1e-6, [key]: 0.5 })?.warnings).toEqual([code])
  expect(read('toy', { input_cost_per_token: 1e-6, [key]: 0 })?.warnings).toEqual([])
})
