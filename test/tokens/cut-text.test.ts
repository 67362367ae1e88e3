import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { VOCABULARIES } from '../../src/tokens/bpe/vocabularies.ts'
import { lastCut } from '../../src/tokens/cut-text.ts'
import { loadTokenizer } from '../../src/tokens/index.ts'
import type { Tokenizer } from '../../src/tokens/tokenizer.ts'
import { fakeIo, repository } from '../fake-io.ts'

it.each([
  { text: 'one two', cut: 3 },
  { text: 'one two three', cut: 7 },
  { text: '第一。\n第二', cut: 4 },
  { text: '1 ', cut: 1 },
  { text: '{"a":1}\n{"a":2}', cut: 8 },
  // A run of line breaks is one piece where a text ends in it.
  { text: '第一。\n\n第二', cut: 0 },
  { text: '   \n ', cut: 0 },
  { text: '', cut: 0 },
  { text: 'word', cut: 0 },
])('cuts $text at $cut', ({ text, cut }) => {
  expect(lastCut(text)).toBe(cut)
})

it('looks as far back as it has to', () => {
  expect(lastCut(`one ${'x'.repeat(100_000)}`)).toBe(3)
})

describe.each(Object.keys(VOCABULARIES))('%s', name => {
  let count: Tokenizer['count']
  beforeAll(async () => {
    const tokenizer = await loadTokenizer(name, fakeIo(repository).shipped)
    if (!tokenizer) throw new Error(`there is no vocabulary ${name}`)
    count = tokenizer.count
  })

  it('counts both sides of a cut as it counts the whole', () => {
    const piece = fc.constantFrom(
      'a',
      'Z',
      '1',
      ' ',
      '  ',
      '\n',
      '\r\n',
      '\t',
      '.',
      '。',
      '中',
      'é',
      'e\u0301',
      "'s",
      '/',
      '{',
      '["',
      '"}',
      'あ',
      '\u0301',
      '👍',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        const text = pieces.join('')
        const cut = lastCut(text)
        expect(count(text.slice(0, cut)) + count(text.slice(cut))).toBe(count(text))
      }),
      { numRuns: 500 },
    )
  })
})
