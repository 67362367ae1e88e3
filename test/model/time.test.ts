import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { parseInstant } from '../../src/model/instant.ts'
import { duration, instant, timezone } from '../../src/model/time.ts'

/** The value, or `undefined` where it is refused. */
const read = (schema: z.core.$ZodType, value: unknown): unknown => {
  const found = z.safeParse(schema, value)
  return found.success ? found.data : undefined
}

describe('a duration', () => {
  it.each<[string, number]>([
    ['0s', 0],
    ['30s', 30],
    ['5m', 300],
    ['1h', 3600],
    ['1.5h', 5400],
    ['2d', 172_800],
    ['0.5m', 30],
    ['5 m', 300],
    ['366d', 31_622_400],
  ])('%s is %i seconds', (written, seconds) => {
    expect(read(duration, written)).toBe(seconds)
  })

  it.each(['30', 30, '-5m', '1.5s', '0.001m', '367d', '5min', '1h30m', 'm', ''])('%j is none', written => {
    expect(read(duration, written)).toBeUndefined()
  })

  it.each<[string, number]>([
    ['8.2m', 492],
    ['2.05m', 123],
  ])('%s is %i seconds, exactly', (written, seconds) => {
    expect(read(duration, written)).toBe(seconds)
  })
})

describe('an instant', () => {
  it.each<[string, string]>([
    ['2026-05-15', '2026-05-15T00:00:00.000Z'],
    ['2026-05-15T09:00Z', '2026-05-15T09:00:00.000Z'],
    ['2026-05-15T09:00:30.5Z', '2026-05-15T09:00:30.500Z'],
    ['2026-05-15T09:00+08:00', '2026-05-15T01:00:00.000Z'],
    ['2026-01-01T00:00+05:30', '2025-12-31T18:30:00.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ])('%s is %s', (written, utc) => {
    expect(parseInstant(written)).toBe(Date.parse(utc))
    expect(read(instant, written)).toBe(written)
  })

  it.each([
    '2026-02-30',
    '2026-02-29',
    '2026-04-31T00:00Z',
    '2026-13-01',
    '2026-00-10',
    '2026-05-00',
    '2026-05-32',
    '2026-05-15T09:00',
    '2026-05-15T25:00Z',
    '2026-05-15T09:60Z',
    '2026-05-15 09:00Z',
    '2026-5-15',
    '15.05.2026',
    'today',
    '',
    20260515,
  ])('%j is none', written => {
    expect(read(instant, written)).toBeUndefined()
  })
})

describe('a time zone', () => {
  it.each(['UTC', 'Asia/Shanghai', 'America/Argentina/Buenos_Aires', 'Etc/GMT-8'])('%s is one', name => {
    expect(read(timezone, name)).toBe(name)
  })

  it.each(['Mars/Base', 'Asia/Shangai', '+08:00', '', 8, null])('%j is none', name => {
    expect(read(timezone, name)).toBeUndefined()
  })
})
