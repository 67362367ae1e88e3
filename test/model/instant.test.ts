import { expect, it } from 'vitest'
import { isDate, parseInstant } from '../../src/model/instant.ts'

it.each<[string, string]>([
  ['2026-05-15', '2026-05-15T00:00:00.000Z'],
  ['2026-05-15T09:00+08:00', '2026-05-15T01:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
])('%s is the instant %s', (written, utc) => {
  expect(parseInstant(written)).toBe(Date.parse(utc))
})

it.each(['2026-02-30', '2026-04-31T00:00Z', '2026-05-15T09:00', 'yesterday', ''])('%j is no instant', written => {
  expect(parseInstant(written)).toBeUndefined()
})

it('tells a date from an instant', () => {
  expect([isDate('2026-05-15'), isDate('2026-05-15T00:00Z')]).toEqual([true, false])
})
