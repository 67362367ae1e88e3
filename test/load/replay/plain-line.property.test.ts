import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IdReader } from '../../../src/load/replay/block-ids.ts'
import { mooncake } from '../../../src/load/replay/mooncake.ts'
import { plainReader } from '../../../src/load/replay/plain-line.ts'
import { emptyBlocks } from '../../../src/replay/cache/blocks.ts'

const KEYS = ['timestamp', 'input_length', 'output_length']

/** What the reader of plain lines makes of a line; `null`: it leaves it to JSON.parse. */
const plain = (text: string): readonly number[] | null => {
  const line = Buffer.from(text)
  const ids = new IdReader()
  const { read, values } = plainReader(KEYS, 'hash_ids')
  return read(line, from => ids.readList(line, from, emptyBlocks())) ? [...values] : null
}

/** What the whole line means, as the format reads it: the request, or what is wrong. */
const whole = (text: string): unknown => {
  let found: unknown = 'nothing'
  const fault = mooncake.open({ block: 512, file: 'a', encode: null })(
    Buffer.from(text),
    ({ at, input, output }) => {
      found = [at, input, output]
    },
    () => {},
  )
  return fault ?? found
}

const space = fc.constantFrom('', '', ' ', '\t', '\r', '  ')
const value = fc.oneof(
  { weight: 30, arbitrary: fc.nat().map(String) },
  { weight: 2, arbitrary: fc.maxSafeInteger().map(String) },
  fc.constantFrom(
    '01',
    '-1',
    '-0',
    '1.5',
    '1e3',
    '1.',
    '',
    'null',
    '"1"',
    '9007199254740993',
    '1 2',
    '[1]',
    '{}',
    'NaN',
  ),
)
const list = fc.constantFrom('[]', '[1, 2]', '[ 1 ,2]', '[7]', '[1,]', '["a"]', 'null')
const key = fc.constantFrom(...KEYS)
const member = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(key, value) },
  fc.tuple(fc.constantFrom('model', 'hash_id', 'timestamps', 'time\\u0073tamp'), fc.constantFrom('1', '"a"', 'null')),
  fc.tuple(fc.constant('hash_ids'), list),
)
const line = fc
  .tuple(
    fc.tuple(value, value, value, list),
    fc.array(member, { maxLength: 1 }),
    fc.array(space, { minLength: 40, maxLength: 40 }),
    fc.constantFrom('', '', '', ',', '}', ' x', '{'),
  )
  .chain(([[at, input, output, ids], more, spaces, end]) => {
    const members: [string, string][] = [
      ['timestamp', at],
      ['input_length', input],
      ['output_length', output],
      ['hash_ids', ids],
      ...more,
    ]
    return fc.shuffledSubarray(members, { minLength: members.length - 1 }).map(chosen => {
      let i = 0
      const gap = () => spaces[i++] ?? ''
      const inner = chosen.map(([name, of]) => `${gap()}"${name}"${gap()}:${gap()}${of}${gap()}`).join(',')
      return `${gap()}{${inner}}${gap()}${end}`
    })
  })

/** 9999-12-31T23:59:59.999Z. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999)
const NO_TIME = 'timestamp is not a number of milliseconds from 0 to the end of the year 9999'

describe('a plain line', () => {
  it('means what JSON.parse makes of it, and what is not plain is left to JSON.parse', () => {
    let read = 0
    fc.assert(
      fc.property(line, text => {
        const values = plain(text)
        if (values === null) return
        read++
        const data = JSON.parse(text)
        expect(values).toEqual(KEYS.map(name => data[name]))
        expect(whole(text)).toEqual((values[0] ?? 0) > LAST ? NO_TIME : values)
      }),
      { numRuns: 3000 },
    )
    expect(read).toBeGreaterThan(100)
  })

  it.each([
    '{"timestamp": 27, "input_length": 6758, "output_length": 500, "hash_ids": [46, 47]}',
    '{"hash_ids":[1],"output_length":0,"input_length":999999999999999,"timestamp":0}\r',
  ])('is %s', text => {
    const data = JSON.parse(text)
    expect(plain(text)).toEqual(KEYS.map(name => data[name]))
  })

  const rest = '"input_length": 1, "output_length": 1, "hash_ids": [1]'
  it.each([
    { text: `{"timestamp": 1, ${rest}, "model": "a"}`, is: [1, 1, 1] },
    { text: `{"timestamp": 1.5, ${rest}}`, is: [1.5, 1, 1] },
    { text: `{"timestamp": 1, ${rest}, "timestamp": 2}`, is: [2, 1, 1] },
    { text: `{"timestamp": 01, ${rest}}`, is: 'it is not a JSON object' },
    { text: `{"timestamp": 1, ${rest},}`, is: 'it is not a JSON object' },
    { text: `{"timestamp": 1, ${rest}} {}`, is: 'it is not a JSON object' },
    { text: `{"timestamp": -1, ${rest}}`, is: NO_TIME },
    { text: `{${rest}}`, is: NO_TIME },
    {
      text: '{"timestamp": 1, "input_length": 1, "hash_ids": [1]}',
      is: 'output_length is not a whole number of tokens',
    },
  ])('is not $text', ({ text, is }) => {
    expect(plain(text)).toBeNull()
    expect(whole(text)).toEqual(is)
  })
})
