import { expect, it } from 'vitest'
import { isMaker, isOthers, leftOut, nameOf, providerOf, reviewDaysOf } from '../../../src/book/import/sellers.ts'

it.each([
  ['amazon-bedrock', 'aws-bedrock'],
  ['azure', 'azure-ai-foundry'],
  ['togetherai', 'together'],
  ['openai', 'openai'],
  ['toString', 'toString'],
])('%s is our %s', (seller, provider) => {
  expect(providerOf(seller)).toBe(provider)
})

it("takes a catalogue's own word before ours", () => {
  expect(providerOf('azure', { azure: 'azure-openai' })).toBe('azure-openai')
})

it.each<{ name: string; provider: string; others: boolean }>([
  { name: 'gpt-5.5', provider: 'azure-ai-foundry', others: true },
  { name: 'gpt-5.5', provider: 'openai', others: false },
  { name: 'gpt-oss-120b', provider: 'groq', others: false },
  { name: 'deepseek-ai/DeepSeek-V4.1-Flash', provider: 'baseten', others: true },
  { name: 'accounts/fireworks/models/deepseek-v4p1-flash', provider: 'fireworks', others: false },
  { name: '@cf/zai-org/glm-5.3', provider: 'cloudflare', others: false },
  { name: 'azure/gpt-5.5', provider: 'azure-ai-foundry', others: false },
  { name: 'anthropic.claude-sonnet-5', provider: 'aws-bedrock', others: false },
  { name: 'llama-3.1-8b-instant', provider: 'groq', others: false },
])("$name at $provider is another provider's: $others", ({ name, provider, others }) => {
  expect(isOthers(name, provider)).toBe(others)
})

it.each([
  ['qwen-token-plan-cn', 'PLAN'],
  ['kimi-coding', 'PLAN'],
  ['github-copilot', 'PLAN'],
  ['openai-codex', 'PLAN'],
  ['opencode-go', 'RESELLER'],
  ['vercel-ai-gateway', 'RESELLER'],
  ['openrouter', 'RESELLER'],
  ['huggingface', 'RESELLER'],
  ['groq', null],
  ['openai', null],
  ['cloudflare-workers-ai', null],
])('%s is left out as %s', (seller, code) => {
  expect(leftOut(seller)).toBe(code)
})

it('knows makers, names and review intervals', () => {
  expect([isMaker('mistral'), isMaker('groq')]).toEqual([true, false])
  expect([nameOf('zai'), nameOf('constructor')]).toEqual(['Z.ai', 'constructor'])
  expect([reviewDaysOf('openrouter'), reviewDaysOf('xai')]).toEqual([1, 14])
})
