import { describe, expect, it } from 'vitest'
import { findModel } from '../../../src/cost/rates/price-at.ts'
import { servedBy } from '../../../src/usage/reading/service.ts'
import { bookWith, modelWith } from '../../cost/build.ts'

it.each<[string | null, string, string]>([
  // Makers sell under their names.
  ['anthropic', 'claude-opus-4-7', 'claude-opus-4-7'],
  ['ANTHROPIC', 'claude-opus-4-7', 'claude-opus-4-7'],
  ['gemini', 'gemini-2.5-flash', 'gemini-2.5-flash'],
  ['gcp.gemini', 'gemini-2.5-flash', 'gemini-2.5-flash'],
  ...['text-completion-openai', 'z-ai', 'moonshotai', 'cohere_chat', 'meta-llama'].map(
    one => [one, 'some-model', 'some-model'] as [string, string, string],
  ),
  // OpenAI's API is spoken by many.
  ['openai', 'deepseek-v4-pro', 'deepseek-v4-pro'],
  ['litellm_proxy', 'gpt-5.5', 'gpt-5.5'],
  [null, 'gpt-5.5', 'gpt-5.5'],
  ['', 'gpt-5.5', 'gpt-5.5'],
  // Clouds and hosts have their own prices.
  ['deepinfra', 'deepseek-ai/DeepSeek-V4-Pro', 'deepinfra/deepseek-ai/DeepSeek-V4-Pro'],
  ['deepinfra', 'DeepInfra/deepseek-ai/DeepSeek-V4-Pro', 'DeepInfra/deepseek-ai/DeepSeek-V4-Pro'],
  ['aws.bedrock', 'claude-opus-4-7', 'aws.bedrock/claude-opus-4-7'],
  ['bedrock', 'arn:aws:bedrock:us-east-1:1:inference-profile/x', 'arn:aws:bedrock:us-east-1:1:inference-profile/x'],
  ['azure-openai', 'gpt-5.5', 'azure_openai/gpt-5.5'],
  ['hosted_vllm', 'deepseek-v4-pro', 'hosted_vllm/deepseek-v4-pro'],
])('%s serving %s is %s', (provider, model, name) => {
  expect(servedBy(provider, model)).toBe(name)
})

describe('leads to the prices of who served it', () => {
  const book = bookWith({
    models: [
      modelWith({ id: 'claude-opus-4.7', provider: 'anthropic' }),
      modelWith({ id: 'aws-bedrock/claude-opus-4.7', provider: 'aws-bedrock' }),
      modelWith({ id: 'azure-ai-foundry/claude-opus-4.7', provider: 'azure-ai-foundry' }),
      modelWith({ id: 'google-vertex/claude-opus-4.7', provider: 'google-vertex' }),
    ],
  })
  it.each<[string, string | undefined]>([
    ['anthropic', 'claude-opus-4.7'],
    ...['bedrock', 'bedrock_converse', 'aws.bedrock', 'AWS'].map(
      one => [one, 'aws-bedrock/claude-opus-4.7'] as [string, string],
    ),
    ...['azure', 'azure_ai', 'azure.ai.openai', 'az.ai.inference', 'Azure OpenAI'].map(
      one => [one, 'azure-ai-foundry/claude-opus-4.7'] as [string, string],
    ),
    ...['vertex_ai', 'gcp.vertex_ai', 'vertex-ai', 'GCP'].map(
      one => [one, 'google-vertex/claude-opus-4.7'] as [string, string],
    ),
    // Never to the maker's.
    ['groq', undefined],
    ['hosted_vllm', undefined],
  ])('%s: %s', (provider, id) => {
    expect(findModel(book, servedBy(provider, 'claude-opus-4-7'))?.id).toBe(id)
  })
})
