import { describe, expect, it } from 'vitest'
import { factorFor, tokenizerOf } from '../../src/tokens/index.ts'

const of = (id: string, provider = 'aws-bedrock') => tokenizerOf({ id, provider, tokenizer: null })

it('a price book that states a tokenizer is right', () => {
  expect(tokenizerOf({ id: 'gpt-6', provider: 'openai', tokenizer: 'deepseek-v3' })).toBe('deepseek-v3')
})

describe.each([
  ['gpt-6.2-sol', 'openai', 'openai'],
  ['chat-latest', 'openai', 'openai'],
  ['azure-ai-foundry/gpt-6-cyber', 'azure-ai-foundry', 'openai'],
  ['aws-bedrock/global.openai.gpt-5.6-sol', 'aws-bedrock', 'o200k_base'],
  ['gpt-4o-2024-08-06', 'openai', 'o200k_base'],
  ['o4-mini', 'openai', 'o200k_base'],
  ['gpt-4-turbo', 'openai', 'cl100k_base'],
  ['text-embedding-3-large', 'openai', 'cl100k_base'],
  ['groq/openai/gpt-oss-120b', 'groq', 'gpt-oss'],
  ['claude-haiku-4-5-20251001', 'anthropic', 'claude'],
  ['aws-bedrock/eu.anthropic.claude-opus-4-6-v1', 'aws-bedrock', 'claude'],
  ['aws-bedrock/anthropic.claude-opus-4-7', 'aws-bedrock', 'claude-4.7'],
  ['aws-bedrock/us.anthropic.claude-sonnet-4-20250514-v1:0', 'aws-bedrock', 'claude'],
  ['claude-sonnet-5', 'anthropic', 'claude-4.7'],
  ['claude-fable-5-2', 'anthropic', 'claude-4.7'],
  ['google-vertex/gemini-4-neon', 'google-vertex', 'gemini'],
])('%s of %s', (id, provider, tokenizer) => {
  it(`has the tokenizer ${tokenizer}`, () => expect(of(id, provider)).toBe(tokenizer))
})

it.each([
  'kimi-k3',
  'cloudflare/glm-5.3',
  'groq/llama-3.3-70b-versatile',
  'qwen4-max',
  'grok-5',
  'MiniMax-M3',
  'gemini-embedding-2',
])('%s has none', id => {
  expect(of(id)).toBeNull()
  expect(factorFor({ id, provider: 'x', tokenizer: null })).toBeNull()
})
