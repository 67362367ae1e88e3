import { expect, it } from 'vitest'
import { readAddress } from '../../../src/load/clickhouse/address.ts'
import { problemOf, readError } from '../../../src/load/clickhouse/server-error.ts'

const address = readAddress('clickhouse://ann@db/logs.calls')

it.each([
  [
    'Code: 47, e.displayText() = DB::Exception: Unknown identifier: nope, e.what() = DB::Exception\n',
    { code: 47, text: 'Unknown identifier: nope' },
  ],
  [
    'Code: 60. DB::Exception: Table logs.calls does not exist. (UNKNOWN_TABLE) (version 24.8.4.13 (official build))\n',
    { code: 60, text: 'Table logs.calls does not exist. (UNKNOWN_TABLE)' },
  ],
  ['<html>502 Bad Gateway</html>', { code: 0, text: '<html>502 Bad Gateway</html>' }],
])('reads %j', (text, expected) => expect(readError(text)).toEqual(expected))

it('shows no more than a line of what a server says, and no control character', () => {
  const { text } = readError(`Code: 1. DB::Exception: \x1B[2J\n::error::\u202E${'x'.repeat(1000)}`)
  expect(text.startsWith('\\u{1b}[2J\\u{a}::error::\\u{202e}xxx')).toBe(true)
  expect(text.length).toBeLessThan(350)
})

it.each([
  [516, /DSPRICE_CLICKHOUSE_PASSWORD/, 2],
  [60, /SHOW TABLES FROM logs/, 2],
  [497, /GRANT SELECT ON logs\.calls TO ann/, 2],
  [47, /DESCRIBE TABLE logs\.calls/, 2],
  [159, /timeout=3600/, 3],
  [279, /system\.clusters/, 3],
  [164, /readonly = 2/, 3],
  [999, /system\.query_log/, 3],
])('code %d has something to type', (code, fix, exit) => {
  expect(problemOf({ code, text: 'words' }, address)).toMatchObject({
    code: 'SERVER_REFUSES',
    exit,
    what: expect.stringContaining(`the server says words (code ${code})`),
    fix: expect.stringMatching(fix),
  })
})
