import { describe, expect, it } from 'vitest'
import { loadTokenizer } from '../../../src/tokens/index.ts'
import { fakeIo, repository } from '../../fake-io.ts'

/** A megabyte of each: unbroken runs, on which merging naively takes hours. */
const MEGABYTES: Readonly<Record<string, string>> = {
  'one letter': 'a'.repeat(1e6),
  spaces: ' '.repeat(1e6),
  'line breaks': '\n'.repeat(1e6),
  punctuation: '!?'.repeat(5e5),
  base64: 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg'.repeat(14_000),
  emoji: '😀👩‍💻'.repeat(66_000),
  Han: '中国人'.repeat(111_000),
  'a letter and its marks': 'a\u0301'.repeat(333_000),
}

describe.each(['o200k_base', 'cl100k_base', 'deepseek-v3', 'qwen', 'tekken'])('%s', name => {
  it.each(Object.entries(MEGABYTES))('a megabyte of %s is counted as it is encoded', async (_, text) => {
    const tokenizer = await loadTokenizer(name, fakeIo(repository).shipped)
    const whole = tokenizer?.count(text) ?? 0
    expect(whole).toBeGreaterThan(0)
    expect(tokenizer?.encode(text).length).toBe(whole)
  })
})
