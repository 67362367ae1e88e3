import { expect, it } from 'vitest'
import { UNICODE_VERSION } from '../../../src/tokens/scan/class-runs.ts'
import {
  CLASSES,
  classAt,
  codePointAt,
  HAN,
  LETTERS,
  NEWLINE,
  SPACE,
  skip,
  widthOf,
} from '../../../src/tokens/scan/classes.ts'

const NAMES = ['Lu', 'Lt', 'Lm', 'Lo', 'Ll', 'M', 'N', 'P', 'S']

// A Node of another Unicode version has other classes, which is why ours are frozen.
it.skipIf(process.versions['unicode'] !== UNICODE_VERSION)('has the class of every code point', () => {
  const wrong: number[] = []
  for (let code = 0; code < 0x110000; code++) {
    const one = String.fromCodePoint(code)
    const named = NAMES.findIndex(name => new RegExp(`\\p{${name}}`, 'u').test(one)) + 1
    const space = /[\r\n]/.test(one) ? NEWLINE : /\p{White_Space}/u.test(one) ? SPACE : named
    if (CLASSES[code] !== space + (/\p{Script=Han}/u.test(one) ? HAN : 0)) wrong.push(code)
  }
  expect(wrong).toEqual([])
})

it.each(['a', 'é', '中', '👍'])('reads %s as it is written in UTF-8', letter => {
  const bytes = new TextEncoder().encode(`x${letter}`)
  const first = bytes[1] ?? 0
  expect(widthOf(first)).toBe(bytes.length - 1)
  if (first >= 0x80) expect(codePointAt(bytes, 1, first)).toBe(letter.codePointAt(0))
  expect(classAt(bytes, 1)).toBe(CLASSES[letter.codePointAt(0) ?? 0])
})

it('skips a run of a set, up to the end', () => {
  const bytes = new TextEncoder().encode('aé中 b')
  expect(skip(bytes, 0, bytes.length, LETTERS)).toBe(6)
  expect(skip(bytes, 0, 3, LETTERS)).toBe(3)
  expect(skip(bytes, 6, bytes.length, LETTERS)).toBe(6)
})
