import { expect, it } from 'vitest'
import { readAnswer } from '../../../src/load/clickhouse/read-answer.ts'

const answer = (data: readonly unknown[], rows = data.length): string =>
  JSON.stringify({
    meta: [
      { name: 'a', type: 'String' },
      { name: 'b', type: 'UInt64' },
    ],
    data,
    rows,
  })

it('reads every value as text', () => {
  expect(
    readAnswer(
      answer([
        ['x', '18446744073709551615'],
        ['\t\n', 3],
        [null, null],
      ]),
    ),
  ).toEqual([
    ['x', '18446744073709551615'],
    ['\t\n', '3'],
    [null, null],
  ])
})

it.each([
  ['nothing', ''],
  ['a page of another server', '<html></html>'],
  ['an answer that is cut short', answer([['x', 1]]).slice(0, -3)],
  ['fewer rows than it says', answer([['x', 1]], 2)],
  ['a row that is too short', answer([['x']])],
  ['an error in the middle', `${answer([['x', 1]]).slice(0, -12)}Code: 32, e.displayText() = DB::Exception: lost`],
])('takes no %s', (_, text) => expect(readAnswer(text)).toBe(null))

it('does not take a number that JSON has rounded', () => {
  expect(() =>
    readAnswer(answer([]).replace('[]', '[["x", 18446744073709551615]]').replace('"rows":0', '"rows":1')),
  ).toThrow(/no text/)
})
