import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { windowAt } from '../../src/cost/rates/peak-share.ts'
import type { LitellmConfig, OffPeak } from '../../src/gateway/litellm.ts'
import { twoRates } from '../../src/gateway/off-peak.ts'
import type { Price, Provider, Window } from '../../src/model/book/book.ts'
import { WEEKDAYS } from '../../src/model/book/choices.ts'
import { bookWith } from '../cost/build.ts'
import { dsprice } from '../fake-io.ts'

type Hours = Pick<OffPeak, 'hours_utc' | 'windows'>

/** Whether LiteLLM's page calls a moment off-peak: hours in UTC, start inclusive, end exclusive, they may wrap. */
const isOffPeak = ({ hours_utc = [], windows = [] }: Hours, moment: Date): boolean => {
  const minute = moment.getUTCHours() * 60 + moment.getUTCMinutes()
  const weekday = WEEKDAYS[(moment.getUTCDay() + 6) % 7]
  const within = (hours: string): boolean => {
    const [from = 0, to = 0] = hours.split('-').map(clock => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)))
    if (from === to) return true
    return from < to ? from <= minute && minute < to : from <= minute || minute < to
  }
  return (
    hours_utc.some(within) ||
    windows.some(rule => rule.weekdays.some(day => day === weekday) && rule.hours_utc.some(within))
  )
}

const MONDAY = Date.UTC(2026, 10, 23)
const RATES = { input: '1', cache_read: '0.1', output: '3' }
const window = (own: Partial<Window>): Window => ({
  ...RATES,
  input: '2',
  name: 'peak',
  timezone: 'UTC',
  weekdays: ['mon'],
  hours: ['09:00-12:00'],
  holidays: 'apply',
  ...own,
})
const rowWith = (...windows: Window[]): Price => ({
  ...RATES,
  from: '2026-01-01',
  windows,
  source: 'made-up',
  grade: 'own',
})
const provider = bookWith().providers['acme'] as Provider

describe('the off-peak hours of a row', () => {
  it('are those that no dearer window has, by weekday', () => {
    // 09:00-12:00 and 14:00-18:00 in Shanghai are 01:00-04:00 and 06:00-10:00 UTC, on the same weekdays.
    const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
    const peak = window({ timezone: 'Asia/Shanghai', weekdays: [...weekdays], hours: ['09:00-12:00', '14:00-18:00'] })
    const two = twoRates(rowWith(peak), '2026-11-23')
    expect([two?.standard.input, two?.offPeak.input, two?.changing]).toEqual(['2', '1', []])
    expect(two?.hours).toEqual({
      windows: [
        { hours_utc: ['00:00-01:00', '04:00-06:00', '10:00-00:00'], weekdays },
        { hours_utc: ['00:00-00:00'], weekdays: ['sat', 'sun'] },
      ],
    })
  })

  it('are the window’s own where that is cheaper, the same every day', () => {
    // DeepSeek in 2025: 16:30-00:30 UTC
    const cheap = window({ input: '0.5', weekdays: [...WEEKDAYS], hours: ['16:30-00:30'] })
    const two = twoRates(rowWith(cheap), '2025-03-01')
    expect([two?.standard.input, two?.offPeak.input]).toEqual(['1', '0.5'])
    expect(two?.hours).toEqual({ hours_utc: ['00:00-00:30', '16:30-00:00'] })
  })

  it('hold on a date alone where clocks change', () => {
    const berlin = rowWith(window({ timezone: 'Europe/Berlin' }))
    expect(twoRates(berlin, '2026-11-23')?.changing).toEqual(['Europe/Berlin'])
  })

  it('do not exist where windows have rates of more kinds', () => {
    const other = window({ input: '4', weekdays: ['tue'] })
    expect(twoRates(rowWith(window({}), other), '2026-11-23')).toBeNull()
    expect(twoRates(rowWith(window({}), { ...other, input: '2' }), '2026-11-23')).not.toBeNull()
  })

  const clock = fc
    .integer({ min: 0, max: 47 })
    .map(half => `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`)
  const hours = fc
    .tuple(clock, clock)
    .filter(([from, to]) => from !== to)
    .map(([from, to]) => `${from}-${to}`)
  it('bill every minute of the week as the book does', () => {
    fc.assert(
      fc.property(
        fc.record({
          timezone: fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati'),
          weekdays: fc.subarray([...WEEKDAYS], { minLength: 1 }),
          hours: fc.array(hours, { minLength: 1, maxLength: 3 }),
          input: fc.constantFrom('0.5', '2'),
        }),
        own => {
          const row = rowWith(window(own))
          const two = twoRates(row, '2026-11-23')
          if (!two) throw new Error('one window has two sets of rates')
          for (let minute = 0; minute < 7 * 1440; minute += 30) {
            const ms = MONDAY + minute * 60_000
            const ours = (windowAt(row, provider, ms) ?? row).input
            const theirs = isOffPeak(two.hours, new Date(ms)) ? two.offPeak.input : two.standard.input
            expect(theirs, new Date(ms).toISOString()).toBe(ours)
          }
        },
      ),
      { numRuns: 50 },
    )
  })
})

it('a date with rates by the hour has both in the file, and a warning of holidays', async () => {
  const legs = '[{model: deepseek-v4-pro, share: 1}]'
  const { code, out, err } = await dsprice(['gateway', '-', '--at', '2026-11-23'], undefined, {
    stdin: `{name: a, pricing: "2026-11-23", routing: {legs: ${legs}}, request: {turn: 5}}`,
  })
  expect(code).toBe(0)
  expect(err).toMatch(/^warning NO_GATEWAY_HOLIDAYS stdin:1:\d+/)
  const { model_list } = parse(out) as LitellmConfig
  expect(model_list[0]?.model_info).toEqual({
    input_cost_per_token: 0.00000132,
    output_cost_per_token: 0.00000396,
    cache_read_input_token_cost: 0.000000044,
    off_peak_pricing: {
      windows: [
        {
          hours_utc: ['00:00-01:00', '04:00-06:00', '10:00-00:00'],
          weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
        },
        { hours_utc: ['00:00-00:00'], weekdays: ['sat', 'sun'] },
      ],
      input_cost_per_token: 0.00000066,
      output_cost_per_token: 0.00000198,
      cache_read_input_token_cost: 0.000000022,
    },
  })
  // YAML 1.1 reads 00:30 as a number of base 60 unless it is part of a longer text.
  expect(out).toContain('LiteLLM takes the rates of deepseek-v4-pro at the time at which a request ends')
})
