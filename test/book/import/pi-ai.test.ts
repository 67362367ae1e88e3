import { expect, it } from 'vitest'
import { piAi } from '../../../src/book/import/pi-ai.ts'

const read = (seller: string, model: object, key = 'chat:toy') =>
  piAi.read({ generatedAt: '2026-11-20T10:48:49Z', providers: { [seller]: { api: { [key]: model } } } }, '')

it('has the day on which it was gathered', () => {
  expect(read('groq', {})?.date).toBe('2026-11-20')
  expect(piAi.read({ providers: { groq: { api: { 'chat:toy': {} } } } }, '')?.date).toBeNull()
})

it.each([
  ['azure', 'toy', 'azure-ai-foundry', 'toy', ['toy', 'azure/toy']],
  [
    'fireworks',
    'accounts/fireworks/models/toy-v4p1',
    'fireworks',
    'toy-v4p1',
    ['accounts/fireworks/models/toy-v4p1', 'fireworks_ai/accounts/fireworks/models/toy-v4p1', 'fireworks/toy-v4.1'],
  ],
  ['mistral', 'toy', 'mistral', 'toy', []],
])('%s %s is %s %s', (seller, id, provider, model, aliases) => {
  expect(read(seller, { id })?.models[0]).toMatchObject({ provider, model, aliases })
})

it('takes the type from the record, else from the key', () => {
  expect(read('groq', { id: 'toy' }, 'image:toy')?.models[0]?.skip).toBe('TYPE')
  expect(read('groq', { id: 'toy', type: 'chat' }, 'image:toy')?.models[0]?.skip).toBeUndefined()
})

it('doubts a context that ends where long prompts begin', () => {
  const cost = { input: 1, output: 2, tiers: [{ inputTokensAbove: 200_000, input: 2, output: 3 }] }
  expect(read('groq', { cost, contextWindow: 200_000 })?.models[0]).toMatchObject({
    warnings: ['CONTEXT_CAPPED'],
    context: null,
  })
  expect(read('groq', { cost, contextWindow: 400_000 })?.models[0]).toMatchObject({ warnings: [], context: 400_000 })
})

it('says that it has other rates on conditions that a row cannot hold', () => {
  const cost = { input: 1, output: 2, tiers: [{ requestsAbove: 10, input: 2, output: 3 }] }
  expect(read('groq', { cost })?.models[0]).toMatchObject({ warnings: ['LOST:other'], rows: [{ tiers: [] }] })
})
