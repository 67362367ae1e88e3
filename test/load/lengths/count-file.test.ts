import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { type Counting, countFile } from '../../../src/load/lengths/count-file.ts'
import { sampleOf } from '../../../src/load/lengths/read-length.ts'
import { type Counter, loadCounter } from '../../../src/tokens/index.ts'
import { fakeIo, piecesOf, repository } from '../../fake-io.ts'

let counter: Counter
beforeAll(async () => {
  const loaded = await loadCounter('o200k_base', fakeIo(repository).shipped)
  if (!loaded) throw new Error('there is no o200k_base')
  counter = loaded
})

const counted = (bytes: Uint8Array | string, sizes: Partial<Counting> = {}, file = 'f.txt') => {
  const data = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  return countFile(file, { pieces: (_, size) => piecesOf(data, size) }, { counter, ...sizes })
}

const faultOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code, what }) => `${code} ${what}`).join('; ')
    throw error
  }
  return 'none'
}

const PNG = 'data:image/png;base64,iVBORw0KGgo'

describe('a file in pieces of any size', () => {
  const part = fc.constantFrom(
    ...[
      'word',
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
      '👍',
      "'s",
      '{"a":',
      '1',
      '12345',
      '\u00a0',
    ],
    ...[PNG, `${PNG}=`, 'data:', '---\n', '---', '\nkey: value\n', '\ufeff'],
  )

  // The law: whatever the cuts, the file counts as its whole text does, and the same is said about it.
  it.each(['f.txt', 'f.md'])('counts as the whole does: %s', file => {
    const size = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), size, size, (parts, piece, chunk) => {
        // Front matter must end within the first chunk.
        const text = `${file === 'f.md' ? '---\nkey: value\n---\n' : ''}${parts.join('')}`
        const sizes = { piece, chunk: file === 'f.md' ? 10_000 : chunk }
        const whole = sampleOf({ file, text: new TextDecoder().decode(new TextEncoder().encode(text)) })
        const { tokens, characters, notes, frontMatter } = counted(text, sizes, file)
        expect({ tokens, characters, notes, frontMatter }).toEqual({
          tokens: counter.count(whole.text).tokens,
          characters: [...whole.text].length,
          notes: whole.notes,
          frontMatter: whole.before !== '',
        })
      }),
      { numRuns: 1000 },
    )
  })

  it('takes front matter off, and the blank lines below it, wherever the first chunk ends', () => {
    const text = `---\nkey: value\n---\n${'\n'.repeat(50)}hello ${PNG}`
    const { tokens, frontMatter, notes } = counted(text, { piece: 3, chunk: 24 }, 'f.md')
    // "hello" and " ".
    expect({ tokens, frontMatter, at: notes[0]?.at }).toEqual({ tokens: 2, frontMatter: true, at: 'f.md:54:7' })
  })

  it('reads UTF-16 across pieces', () => {
    const text = 'hello 中文 👍 hello'
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    expect(counted(bytes, { piece: 3, chunk: 4 }).tokens).toBe(counter.count(text).tokens)
  })
})

it.each(['o200k_base', 'cl100k_base', 'deepseek-v3'])('counts real pages in chunks as a whole: %s', async name => {
  const own = await loadCounter(name, fakeIo(repository).shipped)
  const pages = ['docs/tokens.md', 'package-lock.json', 'src/io.ts']
  const text = pages.map(page => readFileSync(join(repository, page), 'utf8')).join('\n')
  const { tokens } = counted(text, { counter: own ?? counter, piece: 700, chunk: 1500 })
  expect(tokens).toBe(own?.count(text).tokens)
})

// Bytes count from 1; as in a whole file, whatever the pieces.
describe.each([1, 2, 3, 5, 1000])('in pieces of %i bytes', piece => {
  const bytes = (...parts: (string | number[])[]): Uint8Array =>
    Buffer.concat(parts.map(one => (typeof one === 'string' ? Buffer.from(one) : Buffer.from(one))))

  it.each([
    { it: 'a wrong byte', given: bytes('中文 ab', [0xff], 'c'), says: 'first wrong byte is number 10' },
    { it: 'a character cut off at the end', given: bytes('ab', [0xe4, 0xb8]), says: 'first wrong byte is number 4' },
    { it: 'a character cut off by a NUL', given: bytes('ab', [0xe4, 0]), says: 'first wrong byte is number 3' },
    { it: 'a surrogate', given: bytes('a', [0xed, 0xa0, 0x80]), says: 'first wrong byte is number 3' },
    { it: 'a NUL', given: bytes('中bc', [0], 'd', [0xff]), says: 'byte number 6 is a NUL' },
    { it: 'UTF-16 cut off', given: bytes([0xff, 0xfe, 0x61]), says: 'first wrong byte is number 1' },
    { it: 'a pointer', given: bytes('version https://git-lfs.github.com/spec/v1\noid'), says: 'a Git LFS pointer' },
  ])('names $it', ({ given, says }) => {
    expect(faultOf(() => counted(given, { piece, chunk: 2 }))).toContain(says)
  })
})

it('refuses a text that can be cut nowhere, and says why', () => {
  const sizes = { piece: 10, chunk: 100, uncut: 1000 }
  const says =
    'TEXT_TOO_HARD "f.txt" has no place to cut it for 1000 characters: no space or line break after a letter or digit'
  expect(faultOf(() => counted('x'.repeat(2000), sizes))).toBe(says)
  expect(faultOf(() => counted('. '.repeat(1000), sizes))).toBe(says)
  expect(faultOf(() => counted('x '.repeat(1000), sizes))).toBe('none')
  expect(faultOf(() => counted(`x ${'y'.repeat(900)} `.repeat(5), sizes))).toBe('none')
})

it('holds no more than a few chunks of a text', () => {
  const lengths: number[] = []
  const counting: Counter = {
    ...counter,
    count: text => {
      lengths.push(text.length)
      return { tokens: 0, low: 0, high: 0 }
    },
  }
  const data = new TextEncoder().encode('one line of text\n'.repeat(10_000))
  countFile('f', { pieces: (_, size) => piecesOf(data, size) }, { counter: counting, piece: 1000, chunk: 4000 })
  expect(Math.max(...lengths)).toBeLessThan(6000)
  expect(lengths.reduce((sum, one) => sum + one)).toBe(170_000)
})
