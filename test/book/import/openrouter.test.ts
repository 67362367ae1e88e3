import { expect, it } from 'vitest'
import { openrouter } from '../../../src/book/import/openrouter.ts'

const read = (id: string, pricing: object) => openrouter.read({ data: [{ id, pricing }] }, '')?.models[0]

it('knows routers by a negative price', () => {
  expect(read('openrouter/auto', { prompt: '-1', completion: '-1' })?.skip).toBe('VARIABLE_PRICE')
})

it('takes 0 for a price of what is called free, and of nothing else', () => {
  expect(read('a/b:free', { prompt: '0', completion: '0' })?.free).toBe(true)
  expect(read('a/b', { prompt: '0', completion: '0' })?.free).toBe(false)
})

it("takes a write's rate from anybody but Google, whose number is the storage", () => {
  const pricing = { prompt: '0.000001', completion: '0.000002', input_cache_write: '0.00000125' }
  expect(read('anthropic/toy', pricing)?.rows[0]?.rates.cache_write).toBe('0.00000125')
  expect(read('google/toy', pricing)?.rows[0]?.rates.cache_write).toBeUndefined()
})

it('knows no output where reasoning has another price', () => {
  expect(
    read('a/b', { prompt: '0.000001', completion: '0.000002', internal_reasoning: '0.000004', request: '0.01' }),
  ).toMatchObject({
    warnings: ['REASONING_PRICE', 'LOST:requests'],
    rows: [{ outputUnknown: true }],
  })
})

it('says that it has other rates on conditions that a row cannot hold', () => {
  const pricing = { prompt: '0.000001', completion: '0.000002' }
  const long = { min_prompt_tokens: 200_000, prompt: '0.000002', completion: '0.000003' }
  expect(read('a/b', { ...pricing, overrides: [long] })?.warnings).toEqual([])
  expect(read('a/b', { ...pricing, overrides: [long, { hours: '01-05', prompt: '0.000002' }] })).toMatchObject({
    warnings: ['LOST:other'],
    rows: [{ tiers: [{ threshold: 200_000 }] }],
  })
})
