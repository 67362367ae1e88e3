import { expect, it } from 'vitest'
import { claudeIn, ownName } from '../../src/tokens/own-name.ts'

it.each([
  ['gpt-5.5', 'gpt-5.5'],
  ['groq/openai/gpt-oss-120b', 'gpt-oss-120b'],
  ['aws-bedrock/eu.anthropic.claude-opus-4-6-v1', 'claude-opus-4-6-v1'],
  ['google-vertex/claude-opus-4.6', 'claude-opus-4.6'],
])('%s is called %s by its maker', (id, own) => {
  expect(ownName(id)).toBe(own)
})

it.each([
  ['claude-opus-4.8', { family: 'opus', version: '4.8' }],
  ['aws-bedrock/claude-sonnet-4.6-global', { family: 'sonnet', version: '4.6' }],
  ['claude-haiku-4-5-20251001', { family: 'haiku', version: '4.5' }],
  ['claude-sonnet-4-20250514', { family: 'sonnet', version: '4' }],
  ['claude-fable-5-2', { family: 'fable', version: '5.2' }],
  ['claude', null],
  ['gpt-5.5', null],
])('%s: family and version', (id, found) => {
  expect(claudeIn(id)).toEqual(found)
})
