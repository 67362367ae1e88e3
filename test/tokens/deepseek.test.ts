import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { loadDeepSeek } from '../../src/tokens/deepseek.ts'
import type { Tokenizer } from '../../src/tokens/tokenizer.ts'
import { repository } from '../fake-io.ts'

/** The file that ships, with another vocabulary: every byte, "ab" and "abc", merged in that order, and nothing else. */
const small = (path: string): Uint8Array => {
  const shipped = JSON.parse(readFileSync(join(repository, path), 'utf8'))
  const bytes = Object.keys(shipped.model.vocab).filter(token => [...token].length === 1)
  const vocab = Object.fromEntries([...bytes, 'ab', 'abc'].map((token, i) => [token, i]))
  const model = { ...shipped.model, vocab, merges: ['a b', 'ab c'] }
  return new TextEncoder().encode(JSON.stringify({ ...shipped, model }))
}

let tokenizer: Tokenizer
const read: string[] = []

beforeAll(async () => {
  tokenizer = await loadDeepSeek(path => {
    read.push(path)
    return small(path)
  })
})

it('reads nothing but the vocabulary that ships', () => {
  expect(read).toEqual(['dist/vocabularies/deepseek-v3.json'])
})

// A token for each byte of UTF-8 that nothing merges.
it.each([
  { text: '', tokens: 0 },
  { text: 'abc', tokens: 1 },
  // ab + ab, as "abab" has no merge of its own
  { text: 'abab', tokens: 2 },
  // c, then abc
  { text: 'cabc', tokens: 2 },
  // No merge reaches over a number: ab, 1, c
  { text: 'ab1c', tokens: 3 },
  // The space begins a word: " ", abc
  { text: 'abc abc', tokens: 3 },
  { text: '中', tokens: 3 },
  // Half of a pair is written as U+FFFD, three bytes.
  { text: '\ud800', tokens: 3 },
  // Plain text, letter by letter: 1 + 3 + 4 + 3 + 1 bytes, as ｜ is three
  { text: '<｜User｜>', tokens: 12 },
])('$text is $tokens of a small vocabulary', ({ text, tokens }) => {
  expect(tokenizer.count(text)).toBe(tokens)
})

it('an unbroken run has at most 300,000 bytes', () => {
  expect(tokenizer.count('中'.repeat(100_000))).toBe(300_000)
  expect(() => tokenizer.count('中'.repeat(100_001))).toThrow('an unbroken run of 100001 characters')
})
