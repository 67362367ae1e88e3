import { expect, it } from 'vitest'
import { claimsOf, nameModel, ourModels, ownAliases } from '../../../src/book/import/naming.ts'
import type { Model } from '../../../src/model/book/book.ts'

const listed = (provider: string, model: string, aliases: readonly string[] = []) =>
  nameModel({ name: model, seller: provider, provider, model, aliases, rows: [] })

const model = (id: string, provider: string, aliases: string[] = []): Model => ({
  ...{ id, provider, aliases, context: null, max_output: null, tokenizer: null },
  prices: [{ from: '2026-01-01', input: '1', cache_read: null, output: '2', source: 's', grade: 'catalogue' }],
})

it("a maker's model has its plain name, a host's begins with the host", () => {
  expect(listed('mistral', 'mistral-large-4')).toEqual({ id: 'mistral-large-4', aliases: [] })
  expect(listed('groq', 'llama-3.1-8b', ['llama-3.1-8b'])).toEqual({
    id: 'groq/llama-3.1-8b',
    aliases: ['llama-3.1-8b'],
  })
})

it("a maker's plain name never means a host's price, nor another maker's", () => {
  expect(listed('baseten', 'zai-org/GLM-5.3', ['zai-org/GLM-5.3'])).toEqual({
    id: 'baseten/zai-org/GLM-5.3',
    aliases: [],
  })
  expect(listed('mistral', 'glm-5-2')).toEqual({ id: 'mistral/glm-5-2', aliases: [] })
})

it('says each name once, and none that every model has anyway', () => {
  expect(listed('openai', 'toy', ['openai/toy', 'toy-2026', 'TOY-2026', 'toy'])).toEqual({
    id: 'toy',
    aliases: ['TOY-2026'],
  })
})

it('drops an alias that two models claim, or that is an id, or that the book has', () => {
  const models = [model('a', 'x', ['both', 'mine', 'b', 'theirs']), model('b', 'y', ['both'])]
  const claims = claimsOf(models, { models: [model('c', 'z', ['theirs'])] })
  expect(models.map(one => ownAliases(one, claims))).toEqual([['mine'], []])
})

it('finds the model of the book by any shared name of the same provider', () => {
  const ours = ourModels({ models: [model('gpt-5.5', 'openai', ['gpt-5.5-2026-04-23']), model('x/m', 'x')] })
  expect(ours(model('GPT-5.5-2026-04-23', 'openai'), '-')?.id).toBe('gpt-5.5')
  expect(ours(model('azure/gpt-5.5', 'azure'), 'gpt-5.5')).toBeUndefined()
  expect(ourModels(null)(model('x/m', 'x'), 'm')).toBeUndefined()
})

it('finds it by the rules of names too, and never at another provider', () => {
  const ours = ourModels({ models: [model('gpt-4o', 'openai'), model('azure-ai-foundry/gpt-4o', 'azure-ai-foundry')] })
  const azure = model('azure-ai-foundry/gpt-4o-2024-11-20', 'azure-ai-foundry')
  expect(ours(model('gpt-4o-2024-11-20', 'openai'), 'gpt-4o-2024-11-20')?.id).toBe('gpt-4o')
  expect(ours(azure, 'gpt-4o-2024-11-20')?.id).toBe('azure-ai-foundry/gpt-4o')
  expect(ours(model('acme/gpt-4o-2024-11-20', 'acme'), 'gpt-4o-2024-11-20')).toBeUndefined()
  expect(ours(model('gpt-4o-2024-05-13', 'openai'), 'gpt-4o-2024-05-13')).toBeUndefined()
})

it('drops an alias by which the book finds a model of its own', () => {
  const models = [model('azure-openai/gpt-4o', 'azure-openai', ['azure/gpt-4o', 'azure/toy'])]
  const claims = claimsOf(models, { models: [model('azure-ai-foundry/gpt-4o', 'azure-ai-foundry')] })
  expect(models.map(one => ownAliases(one, claims))).toEqual([['azure/toy']])
})
