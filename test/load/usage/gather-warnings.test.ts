import { expect, it } from 'vitest'
import { gatherWarnings } from '../../../src/load/usage/gather-warnings.ts'
import { newReading } from '../../../src/usage/formats/tally.ts'

const warning = (code: string, at: string) => ({ code, what: `${code} in ${at}`, fix: 'nothing', at })
const file = (name: string, duplicates: number, skipped: Record<string, number> = {}) => ({
  ...newReading(name),
  ...{ duplicates, skipped },
})

it('of several files those of a kind are one, with its sums', () => {
  const files = [file('a', 2, { x: 1 }), file('b', 3, { x: 4, y: 5 }), file('c', 1), file('d', 0), file('e', 7)]
  const given = [
    ...[warning('DUPLICATES', 'a'), warning('RECORDS_SKIPPED', 'a'), warning('SOURCE_BROKEN', 'b')],
    ...[warning('DUPLICATES', 'b'), warning('RECORDS_SKIPPED', 'b'), warning('DUPLICATES', 'c')],
    ...[warning('DUPLICATES', 'e'), warning('SOURCE_BROKEN', 'e')],
  ]
  expect(gatherWarnings(given, files).map(({ what, at }) => [at, what])).toEqual([
    ['a', '4 files have 13 records twice, counted once ("a", "b", "c" and 1 more)'],
    ['a', '2 files have values without usage: 5 x; 5 y ("a", "b")'],
    ['b', 'SOURCE_BROKEN in b'],
    ['e', 'SOURCE_BROKEN in e'],
  ])
})

it('that of one file stays as it is', () => {
  const given = [warning('DUPLICATES', 'a'), warning('RECORDS_SKIPPED', 'b')]
  expect(gatherWarnings(given, [file('a', 2), file('b', 0, { x: 1 })])).toEqual(given)
})
