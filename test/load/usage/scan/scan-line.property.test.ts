import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namesOf, type Wanted } from '../../../../src/load/usage/scan/names.ts'
import { putLine } from '../../../../src/load/usage/scan/page.ts'
import { type LineScanner, lineScanner } from '../../../../src/load/usage/scan/scan-line.ts'

const WANTED: Wanted = { inside: ['a', 'usage', 'id', 'ü'], whole: ['tags'], beginnings: ['tag.', 'us'] }

/** The law: what JSON.parse has, without the keys that are not wanted. */
const pruned = (value: unknown, isWhole = false): unknown => {
  if (Array.isArray(value)) return value.map(one => pruned(one, isWhole))
  if (typeof value !== 'object' || value === null) return value
  const isWanted = (key: string): boolean =>
    isWhole ||
    WANTED.inside.includes(key) ||
    WANTED.whole.includes(key) ||
    WANTED.beginnings.some(beginning => key.startsWith(beginning))
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      isWanted(key) ? [[key, pruned(inner, isWhole || WANTED.whole.includes(key))]] : [],
    ),
  )
}

/** Scans a line that lies anywhere on the page, between other bytes. */
const scan = (scanner: LineScanner, line: string | Uint8Array, before = 0): unknown => {
  const bytes = Buffer.from(line)
  for (const at of [Math.max(before - 20, 0), before + bytes.length + 1]) putLine(Buffer.alloc(20, '"'), at)
  expect(putLine(bytes, before)).toBe(true)
  const to = scanner.known(before)
  if (to >= 0) expect(to).toBe(before + bytes.length)
  const found = to < 0 ? scanner.scan(before, before + bytes.length) : scanner.line()
  // What is read holds until the next line.
  return found && structuredClone(found.fields())
}

const parsed = (line: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(line) }
  } catch {
    return null
  }
}

/** Never another answer than JSON.parse; where the scanner is not sure it has none. */
const holds = (scanner: LineScanner, line: string, before = 0): boolean => {
  // What is damaged may be half a character, which no bytes have.
  const [found, whole] = [scan(scanner, line, before), parsed(Buffer.from(line).toString())]
  if (found === null) return false
  expect(whole, `${line} is malformed`).not.toBeNull()
  // Objects in a list may keep more keys than are wanted.
  expect(pruned(found)).toStrictEqual(pruned(whole?.value))
  return true
}

const key = fc.oneof(fc.constantFrom('a', 'usage', 'id', 'tags', 'tag.x', 'ü', 'b', 'content', ''), fc.string())
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\\', '"', '\ud800', 'é"\\n', '\u2028', '\u0000'))
const number = fc.oneof(fc.double(), fc.maxSafeNat(), fc.constantFrom(0, -0, 0.029, 1e21, 5e-324, 2 ** 53 + 2, 123.456))
const { tree } = fc.letrec(tie => ({
  tree: fc.oneof(
    { depthSize: 'medium' },
    text,
    number.filter(Number.isFinite),
    fc.constantFrom(true, false, null),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 6 }),
  ),
}))
const object = fc.dictionary(key, tree, { maxKeys: 8 })

describe('a line that is scanned', () => {
  it('is what JSON.parse has, without what is not wanted, wherever it lies', () => {
    let known = 0
    fc.assert(
      fc.property(fc.array(object, { minLength: 1, maxLength: 4 }), fc.nat(7), (values, before) => {
        const scanner = lineScanner(namesOf(WANTED))
        // Twice: the second time the shapes are known.
        for (const value of [...values, ...values]) {
          for (const line of [JSON.stringify(value), JSON.stringify(value, null, 1).replaceAll('\n', '\r')]) {
            if (holds(scanner, line, before)) known++
          }
        }
      }),
      { numRuns: 500 },
    )
    expect(known).toBeGreaterThan(1000)
  })

  it('is of the same shape with other values, and each value is its own', () => {
    const template = fc
      .tuple(tree, tree, tree, tree)
      .map(
        ([a, b, c, d]) =>
          `{"b":${JSON.stringify(b)},"usage":{"a":${JSON.stringify(a)},"c":${JSON.stringify(c)}},"id":${JSON.stringify(d)}}`,
      )
    fc.assert(
      fc.property(fc.array(template, { minLength: 2, maxLength: 20 }), lines => {
        const scanner = lineScanner(namesOf(WANTED))
        for (const line of lines) holds(scanner, line)
      }),
    )
  })

  it('is malformed exactly when JSON.parse says so, however it is damaged', () => {
    const damage = fc.tuple(
      fc.nat(),
      fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', 'e', '.', ' ', '\t', 'n', '\\u12'),
    )
    fc.assert(
      fc.property(object, fc.array(damage, { minLength: 1, maxLength: 3 }), fc.nat(3), (value, damages, before) => {
        const scanner = lineScanner(namesOf(WANTED))
        const whole = JSON.stringify(value)
        holds(scanner, whole, before)
        let line = whole
        for (const [at, put] of damages) {
          const place = at % (line.length + 1)
          line = line.slice(0, place) + put + line.slice(place + (at % 2))
        }
        holds(scanner, line, before)
      }),
      { numRuns: 1000 },
    )
  })

  const row = (inner: string): string => `{"b":${inner},"a":${inner},"tags":[${inner}]}`
  const EDGES = [
    '01',
    '-',
    '-0',
    '1.',
    '.5',
    '1e',
    '1e+',
    '1E5',
    '-1.5e-7',
    '1..2',
    '0.0',
    '00.1',
    '+1',
    'NaN',
    'Infinity',
    'nul',
    'nulls',
    'tru',
    'truee',
    "'a'",
    '"\t"',
    '"\\x"',
    '"\\u00g0"',
    '"\\ud800"',
    '"\\u0041\\/"',
    '[1,]',
    '[,1]',
    '[1 2]',
    '{"a":1,}',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    '{"a" : 1 , "a": 2}',
    '[[[[]]]]',
    '{}',
    '',
    '9007199254740993',
    '1234567890123456789',
    '0.1234567890123456',
    '1e999',
    '-1e-999',
    '"a" "b"',
    '\u00a01',
    '\ufeff1',
  ]
  it.each(EDGES)('%j is taken or refused as JSON.parse does', inner => {
    const scanner = lineScanner(namesOf(WANTED))
    const line = row(inner)
    // A line before it has made its shape known.
    holds(scanner, row('1'))
    expect(scan(scanner, line) !== null).toBe(parsed(line) !== null)
    holds(scanner, line)
    holds(scanner, line)
  })

  it.each([
    ['a key twice', '{"a":1,"a":{"id":2},"a":3}'],
    ['no object', '[1]'],
    ['something behind it', '{"a":1} x'],
    ['two values', '{"a":1}{"a":2}'],
    ['a key that is written with an escape', '{"\\u0061":1}'],
    ['an own __proto__', '{"tags":{"__proto__":{"a":1}}}'],
    ['deep nesting', `{"b":${'['.repeat(5000)}${']'.repeat(5000)}}`],
    ['deep nesting that is wanted', `{"a":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`],
    ['nothing', ''],
  ])('%s is as JSON.parse has it, or left to it', (_, line) => {
    const scanner = lineScanner(namesOf(WANTED))
    holds(scanner, '{"a":1}')
    holds(scanner, line)
    holds(scanner, line)
  })

  it('has bytes that are no UTF-8 as a decoder has them', () => {
    const scanner = lineScanner(namesOf(WANTED))
    for (const bytes of [[0xff], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98, 0x80], [0xed, 0xa0, 0x80]]) {
      const line = Buffer.concat([
        Buffer.from('{"b":"'),
        Buffer.from(bytes),
        Buffer.from('","a":"x'),
        Buffer.from(bytes),
        Buffer.from('"}'),
      ])
      expect(scan(scanner, line)).toEqual(pruned(JSON.parse(line.toString('utf8'))))
    }
  })

  it('of more shapes than are remembered still has its own values', () => {
    const scanner = lineScanner(namesOf(WANTED))
    for (let i = 0; i < 5000; i++) {
      const line = `{${`"x${i % 97}":0,`.repeat(1 + (i % 3))}"a":${i},"usage":{"id":"${i}"}}`
      expect(scan(scanner, line)).toEqual({ a: i, usage: { id: `${i}` } })
    }
  })
})
