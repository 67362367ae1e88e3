import { describe, expect, it } from 'vitest'
import { type Counter, estimated, loadCounter, remembering } from '../../src/tokens/index.ts'
import { fakeIo, repository } from '../fake-io.ts'

const counterOf = async (name: string): Promise<Counter> => {
  const counter = await loadCounter(name, fakeIo(repository).shipped)
  if (!counter) throw new Error(`there is no counter ${name}`)
  return counter
}

describe('published counts', () => {
  // OpenAI Cookbook, "How to count tokens with tiktoken", section 5.
  it.each([
    { text: 'antidisestablishmentarianism', cl100k_base: 6, o200k_base: 6 },
    { text: '2 + 2 = 4', cl100k_base: 7, o200k_base: 7 },
    { text: 'お誕生日おめでとう', cl100k_base: 9, o200k_base: 8 },
  ])('"$text": $cl100k_base and $o200k_base', async ({ text, ...counts }) => {
    for (const [name, tokens] of Object.entries(counts)) expect((await counterOf(name)).count(text).tokens).toBe(tokens)
  })

  it('a special token that a user writes is plain text: DeepSeek bills <think> as 3', async () => {
    const deepseek = await counterOf('deepseek-v3')
    expect(deepseek.count('<think>').tokens).toBe(3)
    expect(deepseek.count('<｜User｜>').tokens).toBeGreaterThan(1)
    expect((await counterOf('o200k_base')).count('<|endoftext|>').tokens).toBeGreaterThan(1)
  })

  it('nothing is no tokens', async () => {
    for (const name of ['o200k_base', 'cl100k_base', 'deepseek-v3', 'claude', 'claude-4.7', 'gemini', 'openai']) {
      expect((await counterOf(name)).count('')).toEqual({ tokens: 0, low: 0, high: 0 })
    }
  })
})

describe('estimates', () => {
  it('take the factor to the nearest token, and round the ends outwards', () => {
    // 7 × 1.5 = 10.5, a half goes to the even neighbour; 7 × 1.25 = 8.75, 7 × 1.75 = 12.25
    expect(estimated(7, { percent: 150, low: 125, high: 175 })).toEqual({ tokens: 10, low: 8, high: 13 })
    expect(estimated(100, { percent: 110, low: 110, high: 110 })).toEqual({ tokens: 110, low: 110, high: 110 })
    expect(estimated(7, null)).toEqual({ tokens: 7, low: 7, high: 7 })
  })

  it.each(['claude', 'claude-4.7', 'gemini', 'openai'])('%s has a factor inside its band, and a source', async name => {
    const { estimation, source } = await counterOf(name)
    expect(estimation).not.toBeNull()
    const { percent, low, high } = estimation ?? { percent: 0, low: 0, high: 0 }
    expect(low).toBeLessThan(percent)
    expect(percent).toBeLessThan(high)
    expect(source).toMatch(/\S{20,}|\w+ \w+/)
  })

  it('an unknown tokenizer is none, whatever objects are called', async () => {
    for (const name of ['nope', 'constructor', '__proto__']) {
      expect(await loadCounter(name, fakeIo(repository).shipped)).toBeNull()
    }
  })
})

describe('remembering', () => {
  it('counts a text once, and forgets when it has kept enough', () => {
    const counted: string[] = []
    const count = remembering(text => counted.push(text) && text.length, 6)
    expect(['four', 'four', 'one', 'four', 'much longer', 'four'].map(text => count(text))).toEqual([4, 4, 3, 4, 11, 4])
    // 'four' and 'one' are more than 6 characters: 'one' puts it out; the longest is never kept.
    expect(counted).toEqual(['four', 'one', 'four', 'much longer', 'four'])
  })
})
