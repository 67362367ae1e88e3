import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { readText } from '../../../src/load/files/read-text.ts'
import { fakeIo } from '../../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const read = (bytes: Uint8Array | string, limit = 1000): string => {
  writeFileSync(join(folder, 'f'), bytes)
  try {
    return readText('f', fakeIo(folder), limit)
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code, what }) => `${code} ${what}`).join('; ')
    throw error
  }
}

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

it.each([
  { it: 'plain text', given: bytes('a\nb'), text: 'a\nb' },
  { it: 'two, three and four bytes a character', given: bytes('é中😀'), text: 'é中😀' },
  { it: 'a byte-order mark away', given: bytes([0xef, 0xbb, 0xbf], 'a'), text: 'a' },
  { it: 'carriage returns as they are', given: bytes('a\r\n'), text: 'a\r\n' },
  { it: 'UTF-16 with its mark', given: bytes([0xff, 0xfe, 0x61, 0x00, 0x2d, 0x4e]), text: 'a中' },
  { it: 'UTF-16 in the other order', given: bytes([0xfe, 0xff, 0x00, 0x61, 0x4e, 0x2d]), text: 'a中' },
  { it: 'nothing', given: bytes(''), text: '' },
])('reads $it', ({ given, text }) => {
  expect(read(given)).toBe(text)
})

// Bytes count from 1.
it.each([
  { it: 'a lone continuation byte', given: bytes('ab', [0x80], 'c'), byte: 3 },
  { it: 'the first byte', given: bytes([0xff]), byte: 1 },
  { it: 'Latin-1 text', given: bytes('na', [0xef], 've'), byte: 4 },
  { it: 'a character cut off at the end', given: bytes('ab', [0xe4, 0xb8]), byte: 4 },
  { it: 'the first of a wrong byte and a NUL', given: bytes('a', [0xff], 'b', [0]), byte: 2 },
  { it: 'a surrogate', given: bytes('a', [0xed, 0xa0, 0x80]), byte: 3 },
  { it: 'a byte late in a long file', given: bytes('é'.repeat(400), [0xff], 'é'.repeat(50)), byte: 801 },
  { it: 'UTF-16 cut off in a character', given: bytes([0xff, 0xfe, 0x61]), byte: 1 },
  { it: 'a NUL in UTF-16', given: bytes([0xff, 0xfe, 0x00, 0x00]), byte: 1 },
])('names $it: byte $byte', ({ given, byte }) => {
  expect(read(given)).toBe(`NOT_TEXT "f" is not UTF-8 text: the first wrong byte is number ${byte}`)
})

it.each([
  { it: 'a NUL', given: bytes('abc', [0], 'd'), byte: 4 },
  { it: 'UTF-16 without its mark', given: bytes([0x61, 0x00]), byte: 2 },
  { it: 'the first of a NUL and a wrong byte', given: bytes('a', [0], 'b', [0xff]), byte: 2 },
])('calls $it what it is: byte $byte', ({ given, byte }) => {
  expect(read(given)).toBe(`NOT_TEXT "f" is not text: byte number ${byte} is a NUL`)
})

it('reads a file as long as the limit, and none longer', () => {
  expect(read('a'.repeat(1000))).toHaveLength(1000)
  expect(read('a'.repeat(1001))).toBe('TOO_LARGE "f" has 1001 bytes, more than the limit of 1000')
})

it.each([
  { it: 'a file that is not there', path: 'nope', code: 'NO_FILE' },
  { it: 'a file as a folder', path: 'f/below', code: 'NO_FILE' },
  { it: 'a folder', path: '.', code: 'IS_FOLDER' },
  { it: 'a device without an end', path: '/dev/zero', code: 'NOT_READABLE' },
  { it: 'a NUL in the name', path: 'a\0b', code: 'NOT_READABLE' },
  { it: 'a name too long for the system', path: 'a'.repeat(5000), code: 'NOT_READABLE' },
])('refuses $it', ({ path, code }) => {
  writeFileSync(join(folder, 'f'), 'a')
  expect(() => readText(path, fakeIo(folder), 1000)).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ code, exit: 2 })] }),
  )
})

it('refuses a Git LFS pointer: it is not the text that it stands for', () => {
  expect(read('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n')).toBe(
    'NOT_READABLE cannot read "f": it is a Git LFS pointer',
  )
})

it('reads standard input for -', () => {
  expect(readText('-', fakeIo(folder, { stdin: 'piped' }), 1000)).toBe('piped')
})
