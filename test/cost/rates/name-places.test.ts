import { describe, expect, it } from 'vitest'
import { placeOf, withoutMaker } from '../../../src/cost/rates/name-places.ts'

const placeIn = (name: string, provider: string) => {
  const place = placeOf(name, id => id === provider)
  return place && [place.providers, place.names.map(({ name: one }) => one)]
}

describe('where a name says that its model is served', () => {
  it.each<[name: string, provider: string, names: readonly string[] | null]>([
    ['openai/gpt-5', 'openai', ['gpt-5']],
    ['openai/gpt-5', 'acme', null],
    ['acme/openai/gpt-5', 'acme', ['openai/gpt-5', 'gpt-5']],
    ['x-ai/grok', 'xai', ['grok']],
    ['z-ai/glm', 'z-ai', ['glm']],
    ['@cf/openai/oss', 'cloudflare', ['openai/oss', 'oss']],
    ['us.anthropic.claude', 'aws-bedrock', ['us.anthropic.claude', 'anthropic.claude']],
    ['global.anthropic.claude', 'aws-bedrock', ['global.anthropic.claude']],
    ['azure/global/gpt-5', 'azure-ai-foundry', ['gpt-5']],
    ['azure/eu/gpt-5', 'azure-ai-foundry', ['eu/gpt-5']],
    ['claude@20250929', 'google-vertex', ['claude@20250929', 'claude-20250929']],
    ['claude@default', 'google-vertex', ['claude@default', 'claude']],
    ['accounts/fireworks/models/x', 'fireworks', ['x']],
    ['accounts/acme/models/x', 'fireworks', null],
    ['publishers/google/endpoints/x', 'google-vertex', null],
    ['arn:aws:s3:::bucket/x', 'aws-bedrock', null],
  ])('%s, in a book of %s', (name, provider, names) => {
    expect(placeIn(name, provider)).toEqual(names && [[provider], names])
  })

  it.each(['gpt-5', 'us.gpt-5', 'gpt.5-mini'])('%s says nothing', name => {
    expect(placeIn(name, 'openai')).toEqual([null, [name]])
  })
})

it.each([
  ['anthropic.claude-x-v1:0', 'claude-x'],
  ['us-gov.openai.oss-120b-1:0', 'oss-120b-1:0'],
  ['eu.anthropic.claude-4.5', 'claude-4.5'],
  ['gpt-5.5', 'gpt-5.5'],
])("the model's own name in %s", (name, own) => {
  expect(withoutMaker(name)).toBe(own)
})
