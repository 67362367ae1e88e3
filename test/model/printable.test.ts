import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { guarded, jsonText, needsQuotes, printable, printableIn, yamlText } from '../../src/model/printable.ts'
import { BIDI, commandIn, HARMFUL, hostile } from '../hostile.ts'

describe('a printable text', () => {
  it.each<[string, string]>([
    ['bot', 'bot'],
    ['naïve × 日本語 ≥ …', 'naïve × 日本語 ≥ …'],
    ['a\nb\tc', 'a\\u{a}b\\u{9}c'],
    ['\u001b[31mred\u0007\u007f\u009b', '\\u{1b}[31mred\\u{7}\\u{7f}\\u{9b}'],
    ['a\u2028b\u2029c\u0085', 'a\\u{2028}b\\u{2029}c\\u{85}'],
    ['pay\u200Bpal \uFEFF\u2060\u00AD\u3164', 'pay\\u{200b}pal \\u{feff}\\u{2060}\\u{ad}\\u{3164}'],
    ['\uD800 and \uDC00', '\\u{d800} and \\u{dc00}'],
    ['hidden\u{E0068}\u{E0069}', 'hidden\\u{e0068}\\u{e0069}'],
    ['\uFFFE\uFFF9', '\\u{fffe}\\u{fff9}'],
    ['##[group]x ###[y', '#\\u{23}[group]x ##\\u{23}[y'],
    // What joins has its work: in emoji, in Persian, in Devanagari; and has none between other letters.
    ['👩‍💻 ❤️ 👍🏽 1️⃣', '👩‍💻 ❤️ 👍🏽 1️⃣'],
    ['می‌خواهم क्‍ष', 'می‌خواهم क्‍ष'],
    ['a\u200Db 1\uFE0F', 'a\\u{200d}b 1\\u{fe0f}'],
    ['\u061C\u200Cب', '\\u{61c}\\u{200c}ب'],
  ])('of %j is %j', (text, expected) => {
    expect(printable(text)).toBe(expected)
  })

  it.each(BIDI.map(mark => [(mark.codePointAt(0) ?? 0).toString(16), mark]))(
    'shows the bidirectional U+%s',
    (hex, mark) => {
      expect(printable(`a${mark}b`)).toBe(`a\\u{${hex}}b`)
      expect(guarded(`a${mark}b\n`)).toBe(`a\\u{${hex}}b\n`)
      expect(jsonText(`a${mark}b`)).toBe(`"a\\u${hex?.padStart(4, '0')}b"`)
    },
  )

  it('holds nothing harmful, and stays as it is from then on', () => {
    fc.assert(
      fc.property(hostile, text => {
        const once = printable(text)
        expect(once).not.toMatch(HARMFUL)
        expect(once).not.toMatch(/[\n\t]/)
        expect(printable(once)).toBe(once)
        expect(guarded(`: ${once}`)).toBe(`: ${once}`)
      }),
    )
  })
})

it('a printable document keeps its shape, and itself where it was printable', () => {
  const clean = { a: ['b', 1, null, { c: true }], d: 'e' }
  expect(printableIn(clean)).toBe(clean)
  expect(printableIn({ 'k\u001b': ['x\u202E', 1], text: 'folded\n', in: 'a\nb\n' })).toEqual({
    'k\\u{1b}': ['x\\u{202e}', 1],
    text: 'folded',
    in: 'a\\u{a}b',
  })
  expect(printableIn(JSON.parse('{"__proto__":"\\n"}'))).toEqual(JSON.parse('{"__proto__":""}'))
})

describe('what leaves', () => {
  it.each<[string, object, string]>([
    ['a\n\tb\n', {}, 'a\n\tb\n'],
    ['a\r\nb\u001b[2J\n', {}, 'a\\u{d}\nb\\u{1b}[2J\n'],
    ['\u001b[1mTotal\u001b[22m\n', { colours: true }, '\u001b[1mTotal\u001b[22m\n'],
    ['\u001b[1mTotal\u001b[8m\n', { colours: true }, '\u001b[1mTotal\\u{1b}[8m\n'],
    ['\u001b[1mTotal\n', {}, '\\u{1b}[1mTotal\n'],
    ['::error::a::b\n  ::add-mask::x\n', {}, '\\u{3a}:error::a::b\n  \\u{3a}:add-mask::x\n'],
    ['a ::b ##[c]\n', {}, 'a ::b #\\u{23}[c]\n'],
    [
      '::error title=a::b\n::set-output name=a::b\n',
      { annotations: true },
      '::error title=a::b\n\\u{3a}:set-output name=a::b\n',
    ],
    ['\r3 of 40 scenarios\u001b[K', {}, '\r3 of 40 scenarios\u001b[K'],
    [
      '\r12 of 300 megabytes read, 4%, 45,210 records\u001b[K',
      {},
      '\r12 of 300 megabytes read, 4%, 45,210 records\u001b[K',
    ],
    ['\r\u001b[K', {}, '\r\u001b[K'],
  ])('of %j with %j is %j', (text, allowed, expected) => {
    expect(guarded(text, allowed)).toBe(expected)
  })

  it('has no line that a runner obeys, nor anything that a terminal does', () => {
    fc.assert(
      fc.property(hostile, text => {
        const shown = guarded(`x\n${text}`)
        expect(shown.split('\n').filter(commandIn)).toEqual([])
        expect(shown).not.toMatch(HARMFUL)
      }),
    )
  })
})

it('JSON and YAML are harmless, and the same values', () => {
  fc.assert(
    fc.property(hostile, hostile, (key, value) => {
      const data = { [key]: [value] }
      const json = jsonText(data, 2)
      expect(JSON.parse(json)).toEqual(data)
      const yaml = `a: ${needsQuotes(value) ? yamlText(JSON.stringify(value)) : "'b'"}\n`
      for (const text of [json, yaml]) {
        expect(text).not.toMatch(HARMFUL)
        expect(text.split('\n').filter(commandIn)).toEqual([])
      }
      if (needsQuotes(value)) expect(parse(yaml)).toEqual({ a: value })
    }),
  )
})
