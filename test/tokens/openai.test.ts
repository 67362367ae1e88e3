import { beforeAll, describe, expect, it } from 'vitest'
import { encodingOf, loadOpenAi } from '../../src/tokens/openai.ts'
import type { Tokenizer } from '../../src/tokens/tokenizer.ts'

// OpenAI Cookbook, "How to count tokens with tiktoken": the table of encodings, and section 3.
describe('as published', () => {
  it.each([
    { model: 'gpt-4o', encoding: 'o200k_base' },
    { model: 'gpt-4o-mini', encoding: 'o200k_base' },
    { model: 'gpt-4-turbo', encoding: 'cl100k_base' },
    { model: 'gpt-4', encoding: 'cl100k_base' },
    { model: 'gpt-3.5-turbo', encoding: 'cl100k_base' },
    { model: 'text-embedding-3-small', encoding: 'cl100k_base' },
    { model: 'text-davinci-003', encoding: 'p50k_base' },
    { model: 'davinci', encoding: 'r50k_base' },
    { model: 'deepseek-chat', encoding: null },
    { model: 'constructor', encoding: null },
    { model: '', encoding: null },
  ])('$model has $encoding', async ({ model, encoding }) => {
    expect(await encodingOf(model)).toBe(encoding)
  })
})

describe.each(['o200k_base', 'cl100k_base'] as const)('%s', name => {
  let count: Tokenizer['count']

  beforeAll(async () => {
    count = (await loadOpenAi(name)).count
  })

  it('counts "tiktoken is great!" as 6, as published', () => {
    expect(count('tiktoken is great!')).toBe(6)
  })

  it('takes half of a surrogate pair as U+FFFD, which is what is sent for it', () => {
    expect(count('a\ud800b')).toBe(count('a\ufffdb'))
  })

  it('takes at most 3,000 bytes without a break; digits break at every third', () => {
    expect(() => count('a'.repeat(3001))).toThrow('an unbroken run of 3001 characters')
    expect(() => count('中'.repeat(1001))).toThrow('an unbroken run of 1001 characters')
    // Every number of three digits is a token.
    expect(count('123'.repeat(1001))).toBe(1001)
  })

  it('refuses runs whose bytes, squared, are more than 300 million together', () => {
    // 34 · 3,000² = 306 million
    expect(() => count(`${'a'.repeat(2999)} `.repeat(34))).toThrow('too many unbroken runs of letters')
  })
})
