import { describe, expect, it } from 'vitest'
import { coreOf } from '../../../src/cost/rates/name-rules.ts'
import { findModel, resolveName, unknownModel } from '../../../src/cost/rates/price-at.ts'
import type { Book, Model } from '../../../src/model/book/book.ts'
import { bookWith } from '../build.ts'

/** Models by provider, each an id and its aliases. */
const MODELS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  anthropic: [
    ['claude-haiku-4.5', 'claude-haiku-4-5'],
    ['claude-sonnet-4'],
    ['claude-sonnet-5'],
    ['claude-opus-4.5', 'claude-opus-4-5-20251101'],
  ],
  openai: [['gpt-5.5'], ['gpt-5'], ['gpt-4o'], ['gpt-4.1-mini']],
  google: [['gemini-2.5-pro'], ['gemini-3.5-flash']],
  deepseek: [['deepseek-flash', 'deepseek-v4.1-flash'], ['deepseek-v4-pro']],
  moonshot: [['moonshot/kimi-k3']],
  fireworks: [['fireworks/deepseek-v4.1-flash'], ['fireworks/deepseek-v4-pro'], ['fireworks/qwen3.8-2.4t-a95b']],
  together: [['together/deepseek-v4-pro', 'together/deepseek-ai/DeepSeek-V4-Pro']],
  openrouter: [['openrouter/deepseek-v4-pro', 'openrouter/deepseek/deepseek-v4-pro'], ['openrouter/openai/gpt-4o']],
  'aws-bedrock': [
    ['aws-bedrock/deepseek-r1', 'aws-bedrock/deepseek.r1-v1:0'],
    ['aws-bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0'],
    ['aws-bedrock/anthropic.claude-haiku-4-5-20251001-v1:0'],
    ['aws-bedrock/global.anthropic.claude-haiku-4-5-20251001-v1:0'],
    ['aws-bedrock/amazon.nova-micro-v1:0'],
  ],
  'azure-ai-foundry': [['azure-ai-foundry/gpt-5'], ['azure-ai-foundry/eu/gpt-5'], ['azure-ai-foundry/gpt-4o']],
  'google-vertex': [
    ['google-vertex/claude-haiku-4.5'],
    ['google-vertex/deepseek-v3.1-maas'],
    ['google-vertex/gemini-3.5-flash'],
  ],
  'my-host': [['my-host/gpt-x']],
}

const plain = bookWith()
const [like] = plain.models
const book: Book = {
  ...plain,
  models: Object.entries(MODELS).flatMap(([provider, models]) =>
    models.map(([id = '', ...aliases]): Model => ({ ...(like as Model), id, provider, aliases })),
  ),
}

const idOf = (name: string): string | undefined => findModel(book, name)?.id

describe('a name leads to the model', () => {
  it.each<[rule: string | null, name: string, id: string]>([
    [null, 'claude-haiku-4.5', 'claude-haiku-4.5'],
    [null, 'Claude-Haiku-4-5', 'claude-haiku-4.5'],
    [null, 'anthropic/claude-haiku-4.5', 'claude-haiku-4.5'],
    [null, 'claude-opus-4-5-20251101', 'claude-opus-4.5'],
    ['dated', 'claude-haiku-4-5-20251001', 'claude-haiku-4.5'],
    ['dated', 'claude-sonnet-4-20250514', 'claude-sonnet-4'],
    ['dated', 'gpt-5.5-2026-04-23', 'gpt-5.5'],
    ['dated', 'openai/gpt-5.5-2026-04-23', 'gpt-5.5'],
    ['dated', 'anthropic/claude-haiku-4-5-20251001', 'claude-haiku-4.5'],
    ['spelled', 'gpt-4-1-mini', 'gpt-4.1-mini'],
    ['spelled', 'gpt-5-5', 'gpt-5.5'],
    ['path', 'models/gemini-2.5-pro', 'gemini-2.5-pro'],
    ['path', 'gemini/gemini-3.5-flash', 'gemini-3.5-flash'],
    [null, 'google/gemini-3.5-flash', 'gemini-3.5-flash'],
    ['weights', 'deepseek-ai/DeepSeek-V4.1-Flash', 'deepseek-flash'],
    ['spelled', 'kimi-k3', 'moonshot/kimi-k3'],
    ['path', 'moonshotai/kimi-k3', 'moonshot/kimi-k3'],
    ['path', 'accounts/fireworks/models/deepseek-v4p1-flash', 'fireworks/deepseek-v4.1-flash'],
    ['path', 'accounts/fireworks/routers/deepseek-v4-pro', 'fireworks/deepseek-v4-pro'],
    ['path', 'fireworks_ai/accounts/fireworks/models/deepseek-v4-pro', 'fireworks/deepseek-v4-pro'],
    ['path', 'accounts/fireworks/models/qwen3p8-2p4t-a95b', 'fireworks/qwen3.8-2.4t-a95b'],
    ['path', 'together_ai/deepseek-ai/DeepSeek-V4-Pro', 'together/deepseek-v4-pro'],
    ['dated', 'openrouter/deepseek/deepseek-v4-pro-20260424', 'openrouter/deepseek-v4-pro'],
    ['path', 'deepseek.r1-v1:0', 'aws-bedrock/deepseek-r1'],
    ['profile', 'us.deepseek.r1-v1:0', 'aws-bedrock/deepseek-r1'],
    ['path', 'us.anthropic.claude-haiku-4-5-20251001-v1:0', 'aws-bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0'],
    ['path', 'anthropic.claude-haiku-4-5-20251001-v1:0', 'aws-bedrock/anthropic.claude-haiku-4-5-20251001-v1:0'],
    [
      'path',
      'bedrock/global.anthropic.claude-haiku-4-5-20251001-v1:0',
      'aws-bedrock/global.anthropic.claude-haiku-4-5-20251001-v1:0',
    ],
    [
      'path',
      'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/global.anthropic.claude-haiku-4-5-20251001-v1:0',
      'aws-bedrock/global.anthropic.claude-haiku-4-5-20251001-v1:0',
    ],
    [
      'path',
      'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0',
      'aws-bedrock/amazon.nova-micro-v1:0',
    ],
    ['path', 'bedrock/converse/us-west-2/amazon.nova-micro-v1:0', 'aws-bedrock/amazon.nova-micro-v1:0'],
    ['path', 'azure/gpt-5', 'azure-ai-foundry/gpt-5'],
    ['dated', 'azure/global-standard/gpt-5-2025-08-07', 'azure-ai-foundry/gpt-5'],
    ['path', 'azure/eu/gpt-5', 'azure-ai-foundry/eu/gpt-5'],
    ['dated', 'claude-haiku-4-5@20251001', 'google-vertex/claude-haiku-4.5'],
    ['path', 'vertex_ai/claude-haiku-4-5@default', 'google-vertex/claude-haiku-4.5'],
    ['path', 'vertex_ai/deepseek-ai/deepseek-v3.1-maas', 'google-vertex/deepseek-v3.1-maas'],
    ['path', 'publishers/google/models/gemini-3.5-flash', 'google-vertex/gemini-3.5-flash'],
    ['path', 'projects/p/locations/global/publishers/google/models/gemini-3.5-flash', 'google-vertex/gemini-3.5-flash'],
    ['dated', 'my-host/gpt-x-20260101', 'my-host/gpt-x'],
  ])('%s: %s', (rule, name, id) => {
    const found = resolveName(book, name)
    expect(found?.model.id).toBe(id)
    expect(found?.rule ?? null).toBe(rule)
  })
})

describe('a name leads nowhere', () => {
  it.each<[why: string, name: string]>([
    ['a sibling is another model', 'claude-sonnet-5-5'],
    ['a prefix of a name is no name', 'claude-sonnet-4-mini'],
    ['latest is a name of its own', 'gpt-5.5-latest'],
    ['a free variant has another price', 'openrouter/deepseek/deepseek-v4-pro:free'],
    ['a preview is a name of its own', 'gemini-3.5-flash-preview'],
    ['a day that does not exist is no date', 'gpt-5-2025-02-30'],
    ['a month that does not exist is no date', 'claude-sonnet-4-20251301'],
    ['a date alone is no name', '-20251001'],
    ['a snapshot is billed apart', 'gpt-4o-2024-05-13'],
    ['however its day is written', 'gpt-4o-20240513'],
    ['and so it is behind a path within a host', 'openrouter/openai/gpt-4o-2024-05-13'],
    ['and behind a cloud named twice', 'azure/azure-ai-foundry/gpt-4o-2024-05-13'],
    ["a cloud's name never takes the maker's row", 'azure/gpt-5.5'],
    ['nor the price of another group of regions', 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'],
    ['nor does a profile over all regions take that of one', 'global.amazon.nova-micro-v1:0'],
    ["a host's name never takes the maker's row", 'together_ai/deepseek-ai/DeepSeek-V4.1-Flash'],
    ["nor another host's", 'fireworks_ai/gpt-x'],
    ["a maker's path never takes another maker's row", 'openai/claude-haiku-4.5'],
    ['a path of nobody is not cut off', 'acme/gpt-5.5'],
    ["another account's model has its own price", 'accounts/acme/models/deepseek-v4-pro'],
    ['a fine-tuned model has its own price', 'ft:gpt-4.1-mini-2025-04-14:acme::abc'],
    ['an application profile names no model', 'arn:aws:bedrock:us-east-1:1:application-inference-profile/abc'],
    ['a model in a region of other prices', 'arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-micro-v1:0'],
    ['the same by its path', 'bedrock/eu-west-1/amazon.nova-micro-v1:0'],
    ['another cloud’s ARN', 'arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/amazon.nova-micro-v1:0'],
    ['a location of other prices', 'projects/p/locations/europe-west1/publishers/google/models/gemini-3.5-flash'],
    ['an inherited property is no model', 'constructor'],
    ['the same behind a path', 'anthropic/__proto__'],
    ['nothing', ''],
    ['a path without a name', 'openai/'],
  ])('%s: %s', (_, name) => {
    expect(idOf(name)).toBeUndefined()
  })
})

it('a name that two models may be called by is unknown', () => {
  const twice: Book = {
    ...book,
    models: [
      ...book.models,
      { ...(like as Model), id: 'gpt-5-1', provider: 'openai', aliases: ['openai/x-4.5'] },
      { ...(like as Model), id: 'gpt-5-2', provider: 'openai', aliases: ['openai/x-4-5'] },
    ],
  }
  expect(findModel(twice, 'openai/x-4.5')?.id).toBe('gpt-5-1')
  expect(findModel(twice, 'openai/x-4-5-20260101')).toBeUndefined()
})

it.each([
  ['100 KB', 'a'.repeat(100_000)],
  ['100 KB of paths', 'openai/'.repeat(15_000)],
  ['100 KB of hyphens and digits', 'gpt-5'.padEnd(100_000, '-4')],
  ['100 KB that begin as an ARN', `arn:aws:bedrock:${':'.repeat(100_000)}`],
])('a name of %s is told unknown at once', (_, name) => {
  const start = process.cpuUsage().user
  for (let i = 0; i < 20; i++) expect(idOf(`${name}${i}`)).toBeUndefined()
  expect((process.cpuUsage().user - start) / 1000).toBeLessThan(1000)
})

describe('similar names are looked for without path and date', () => {
  it.each<[name: string, near: string]>([
    ['claude-haiku-4-6-20260101', 'claude-haiku-4.5'],
    ['anthropic/claude-haiku-4-7-20260101', 'claude-haiku-4.5'],
    ['models/gemini-3.5-flsh', 'gemini-3.5-flash'],
    ['us.anthropic.claude-haiku-4-6-20260101-v1:0', 'claude-haiku-4.5'],
    ['azure/gpt-5.5', 'azure-ai-foundry/gpt-5'],
    ['openrouter/deepseek/deepseek-v4-por', 'openrouter/deepseek-v4-pro'],
  ])('%s', (name, near) => {
    expect(unknownModel(book, name).fix).toContain(near)
  })

  it('of a name with nothing to take off, the whole is meant', () => {
    expect(coreOf('Gpt-6', () => false)).toEqual({ core: 'gpt-6', providers: null })
  })
})
