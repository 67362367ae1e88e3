import { describe, expect, it } from 'vitest'
import { findModel } from '../src/cost/rates/price-at.ts'
import { nodeFiles } from '../src/io.ts'
import { openBook } from '../src/load/book/open-book.ts'
import { withGlob } from '../src/load/files/with-glob.ts'
import { repository } from './fake-io.ts'

/**
 * Names of models as logs and documents write them, each with the model that bills it. Ids are those of the newest book
 * or of the catalogue under it; `null`: no row of that very host, region or variant, so that no price may be given.
 * Which price a model has is not tested here.
 */
const NAMES: readonly (readonly [name: string, id: string | null, where: string])[] = [
  // Anthropic
  ['claude-sonnet-4-5-20250929', 'claude-sonnet-4.5', 'Anthropic, models overview: API id'],
  ['claude-haiku-4-5-20251001', 'claude-haiku-4.5', 'Anthropic, models overview: API id'],
  ['claude-opus-4-5-20251101', 'claude-opus-4.5', 'Anthropic, models overview: API id'],
  ['claude-opus-4-1-20250805', 'claude-opus-4.1', 'Anthropic, models overview: API id'],
  ['claude-sonnet-4-20250514', 'claude-sonnet-4', 'Anthropic, models overview: API id'],
  ['claude-sonnet-4-6', 'claude-sonnet-4.6', 'Anthropic, models overview: alias, as Claude Code logs it'],
  ['claude-opus-4-7', 'claude-opus-4.7', 'Anthropic, usage report: model'],
  ['claude-opus-5-5', 'claude-opus-5.5', 'Anthropic, models overview: alias'],
  ['claude-sonnet-5-5', 'claude-sonnet-5.5', 'Anthropic, models overview: alias; not claude-sonnet-5'],
  ['claude-haiku-5-5', 'claude-haiku-5.5', 'Anthropic, models overview: alias'],
  ['claude-fable-5-2', 'claude-fable-5.2', 'Anthropic, models overview: alias'],
  ['anthropic/claude-sonnet-4.5', 'claude-sonnet-4.5', 'OpenRouter-style path of the maker'],
  ['anthropic/claude-sonnet-4-5-20250929', 'claude-sonnet-4.5', 'LiteLLM, Anthropic provider'],
  // OpenAI
  ['gpt-5.5-2026-04-23', 'gpt-5.5', 'OpenAI, response: model'],
  ['gpt-5-2025-08-07', 'gpt-5', 'OpenAI, response: model'],
  ['gpt-5-mini', 'gpt-5-mini', 'OpenAI, models page'],
  ['gpt-4.1', 'gpt-4.1', 'OpenAI, models page'],
  ['gpt-4.1-mini-2025-04-14', 'gpt-4.1-mini', 'OpenAI, usage of completions by model'],
  ['gpt-4o-mini-2024-07-18', 'gpt-4o-mini', 'OpenAI, response: model'],
  ['gpt-4o-2024-05-13', 'gpt-4o-2024-05-13', 'OpenAI, pricing: a snapshot with a price of its own'],
  ['gpt-6-luna', 'gpt-6-luna', 'OpenAI, models page'],
  ['gpt-6.1-sol', 'gpt-6.1-sol', 'OpenAI, models page'],
  ['openai/gpt-5.5', 'gpt-5.5', 'LiteLLM and OpenRouter-style path of the maker'],
  ['text-embedding-3-small', 'text-embedding-3-small', 'OpenAI, embeddings guide'],
  ['ft:gpt-4.1-mini-2025-04-14:acme::Abc123', null, 'OpenAI, fine-tuning guide: a price of its own'],
  // Google
  ['models/gemini-2.5-pro', 'gemini-2.5-pro', 'Gemini API, models.list: name'],
  ['gemini/gemini-3.5-flash', 'gemini-3.5-flash', 'LiteLLM, Gemini provider'],
  ['google/gemini-2.5-flash', 'gemini-2.5-flash', 'path of the maker'],
  // DeepSeek and other makers
  ['deepseek-chat', 'deepseek-chat', 'DeepSeek, API docs until 2026'],
  ['deepseek/deepseek-reasoner', 'deepseek-reasoner', 'LiteLLM, DeepSeek provider'],
  ['deepseek/deepseek-v4-pro-20260424', 'deepseek-v4-pro', 'OpenRouter, activity export: permaslug'],
  ['deepseek-ai/DeepSeek-V4.1-Flash', 'deepseek-flash', 'Hugging Face, name of the weights'],
  ['moonshotai/kimi-k3', 'kimi-k3', 'path of the maker'],
  ['z-ai/glm-5.3', 'glm-5.3', 'path of the maker'],
  ['zai-org/GLM-5.3-Flash', 'glm-5.3-flash', 'Hugging Face, name of the weights'],
  ['x-ai/grok-4.6', 'grok-4.6', 'path of the maker'],
  ['xai/grok-4.7', 'grok-4.7', 'LiteLLM, xAI provider'],
  ['mistral/mistral-large-latest', 'mistral-large-latest', 'LiteLLM, Mistral provider'],
  // Amazon Bedrock
  ['anthropic.claude-sonnet-4-5-20250929-v1:0', 'aws-bedrock/claude-sonnet-4.5', 'Bedrock, supported models: id'],
  ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 'aws-bedrock/claude-haiku-4.5', 'Bedrock, inference profiles'],
  ['jp.anthropic.claude-haiku-4-5-20251001-v1:0', 'aws-bedrock/claude-haiku-4.5', 'Bedrock, invocation log: modelId'],
  [
    'global.anthropic.claude-opus-4-5-20251101-v1:0',
    'aws-bedrock/claude-opus-4.5-global',
    'Bedrock, inference profiles',
  ],
  ['us.anthropic.claude-sonnet-4-20250514-v1:0', 'aws-bedrock/claude-sonnet-4', 'Bedrock, invocation log: modelId'],
  ['bedrock/us.anthropic.claude-sonnet-4-6', 'aws-bedrock/claude-sonnet-4.6', 'LiteLLM, Bedrock provider'],
  ['us.deepseek.r1-v1:0', 'aws-bedrock/deepseek-r1', 'Bedrock, inference profiles'],
  [
    'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0',
    'aws-bedrock/nova-micro',
    'Bedrock, log: modelId',
  ],
  [
    'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'aws-bedrock/claude-sonnet-4.5',
    'Bedrock, inference profiles: ARN',
  ],
  ['arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3', null, 'Bedrock: names no model'],
  // Microsoft Azure
  ['azure/gpt-5', 'azure-ai-foundry/gpt-5', 'LiteLLM, Azure provider'],
  ['azure/gpt-4o-mini-2024-07-18', 'azure-ai-foundry/gpt-4o-mini', 'LiteLLM, Azure provider'],
  ['azure/eu/gpt-5', null, 'LiteLLM, Azure provider: a data zone has a price of its own'],
  // Google Cloud
  ['claude-sonnet-4-5@20250929', 'google-vertex/claude-sonnet-4.5', 'Vertex AI, partner models: id'],
  ['vertex_ai/claude-opus-4-6@default', 'google-vertex/claude-opus-4.6', 'LiteLLM, Vertex provider'],
  ['publishers/google/models/gemini-3.5-flash', 'google-vertex/gemini-3.5-flash', 'Vertex AI, batch: model'],
  // Hosts of open weights, and gateways
  ['accounts/fireworks/models/deepseek-v4p1-flash', 'fireworks/deepseek-v4.1-flash', 'Fireworks, model id'],
  [
    'fireworks_ai/accounts/fireworks/models/deepseek-v4-pro',
    'fireworks/deepseek-v4-pro',
    'LiteLLM, Fireworks provider',
  ],
  ['together_ai/deepseek-ai/DeepSeek-V3.1', 'together/deepseek-v3.1', 'LiteLLM, Together provider'],
  ['deepinfra/deepseek-ai/DeepSeek-V4-Pro', 'deepinfra/deepseek-v4-pro', 'LiteLLM, DeepInfra provider'],
  ['openrouter/deepseek/deepseek-v4-pro', 'openrouter/deepseek-v4-pro', 'LiteLLM, OpenRouter provider'],
  ['groq/llama-3.3-70b-versatile', 'groq/llama-3.3-70b-versatile', 'LiteLLM, Groq provider'],
]

const files = withGlob(nodeFiles({ root: repository, cwd: repository }))
const { book } = await openBook([], files, { names: NAMES.map(([name]) => name), config: null })
const idOf = (name: string): string | null => findModel(book, name)?.id ?? null

describe('names as logs and documents write them', () => {
  it('are sixty, each once', () => {
    expect(new Set(NAMES.map(([name]) => name)).size).toBe(60)
  })

  it('lead to the right row in 55 cases at least', () => {
    const lost = NAMES.filter(([name, id]) => idOf(name) !== id).map(([name]) => `${name} is ${idOf(name)}`)
    expect(lost.length, lost.join('\n')).toBeLessThanOrEqual(5)
  })

  it.each(NAMES)('%s leads to no row but %s (%s)', (name, id) => {
    expect([id, null]).toContain(idOf(name))
  })
})

it("a provider's own path never leads to another provider's row", () => {
  for (const { id, provider, aliases } of book.models) {
    for (const name of [id, ...aliases]) {
      const inner = name.startsWith(`${provider}/`) ? name.slice(provider.length + 1) : name
      for (const asked of [`${provider}/${inner}-20260101`, `${provider}/${inner}`]) {
        expect([provider, undefined], asked).toContain(findModel(book, asked)?.provider)
      }
    }
  }
})
