import { describe, expect, it } from 'vitest'
import { compact, type Json, pythonNumber, spaced, WrittenNumber } from '../../../src/tokens/tools/json.ts'

const data: Json = new Map<string, Json>([
  ['é', ['"', null, true]],
  ['2', new WrittenNumber('1e3')],
  ['1', new WrittenNumber('0.10')],
])

it('keeps the order of keys and the text of numbers', () => {
  expect(compact(data)).toBe('{"é":["\\"",null,true],"2":1e3,"1":0.10}')
})

it('is spaced as Python spaces it', () => {
  expect(spaced(data)).toBe('{"é": ["\\"", null, true], "2": 1e3, "1": 0.10}')
})

// json.dumps(json.loads(text)) of Python 3.
describe.each([
  ['1', '1'],
  ['-0', '0'],
  ['12345678901234567890', '12345678901234567890'],
  ['1.0', '1.0'],
  ['1.50', '1.5'],
  ['1e3', '1000.0'],
  ['-2.5E-2', '-0.025'],
  ['0.10', '0.1'],
  ['0.00001', '1e-05'],
  ['0.0001', '0.0001'],
  ['1.25e-7', '1.25e-07'],
  ['1e15', '1000000000000000.0'],
  ['1e16', '1e+16'],
  ['1.5e300', '1.5e+300'],
  ['-0.0', '-0.0'],
  ['1e999', 'Infinity'],
])('%s', (text, python) => {
  it(`is ${python} in Python`, () => expect(pythonNumber(text)).toBe(python))
})
