import { describe, expect, it } from 'vitest'
import type { Window } from '../../../src/model/book/book.ts'
import { factorFor } from '../../../src/tokens/index.ts'
import { localTime } from '../../../src/usage/groups/local-time.ts'
import { servedModels } from '../../../src/usage/plan/models.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'
import { weightsFor } from '../../../src/usage/workload/named-hours.ts'
import { observer } from '../../../src/usage/workload/observe.ts'
import { usageScenario } from '../../../src/usage/workload/usage-scenario.ts'
import { bookWith, MILLION, modelWith } from '../../cost/build.ts'
import { recordWith } from '../build.ts'

// Of UTC on a Monday to Friday: 1 to 4 and 6 to 10, seven hours.
const window: Window = {
  name: 'peak',
  timezone: 'Asia/Shanghai',
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  hours: ['09:00-12:00', '14:00-18:00'],
  holidays: 'apply',
  input: '2',
  cache_read: '0.2',
  output: '4',
}

const at = Date.parse('2026-11-27')
const OPEN = [1, 2, 3, 6, 7, 8, 9]
const profileOf = (within: number, outside: number): number[] =>
  Array.from({ length: 24 }, (_, hour) => (OPEN.includes(hour) ? within : outside))

describe('the weights of hours', () => {
  const weekdays = { timezone: 'UTC', isWeekdaysOnly: true, at }

  it.each([
    // A seventh each; a seventeenth each.
    [1, 14.2857, 0],
    [0, 0, 5.8824],
    // Half in 7 hours, half in 17.
    [0.5, 7.1429, 2.9412],
  ])('put a share of %d into the window', (share, within, outside) => {
    expect(weightsFor({ window, share }, weekdays)).toEqual({
      profile: profileOf(within, outside),
      share: expect.closeTo(share, 12),
    })
  })

  it('know the zone', () => {
    const { profile } = weightsFor({ window, share: 1 }, { ...weekdays, timezone: 'Asia/Shanghai' })
    expect(profile.flatMap((weight, hour) => (weight > 0 ? hour : []))).toEqual([9, 10, 11, 14, 15, 16, 17])
  })

  it('come as near as a week of seven days can, whose weekends have no such hours', () => {
    const week = { ...weekdays, isWeekdaysOnly: false }
    const { profile, share } = weightsFor({ window, share: 1 }, week)
    expect(profile).toEqual(profileOf(14.2857, 0))
    expect(share).toBeCloseTo(5 / 7, 12)
    expect(weightsFor({ window, share: 0.5 }, week).share).toBeCloseTo(0.5, 12)
  })
})

describe('the hours of days that name their price', () => {
  const book = bookWith({ models: [modelWith({ id: 'tidal', row: { windows: [window], base_window: 'off-peak' } })] })

  /** A day's bucket, by the price of its input. */
  const dayAt = (day: number, price: string | null, more: Partial<UsageRecord> = {}): UsageRecord => {
    const from = `2026-11-${String(day).padStart(2, '0')}T00:00:00Z`
    return recordWith({
      ...{ model: 'tidal', at: from, end: Date.parse(from) + 86_400_000, input: MILLION, requests: 100 },
      ...(price === null ? {} : { rates: { prices: { input: price }, currency: 'USD' } }),
      ...more,
    } as Parameters<typeof recordWith>[0])
  }

  const found = (records: readonly UsageRecord[]) => {
    const clock = localTime('UTC')
    const served = servedModels(book, { others: [], factorFor, widen: () => ({ book }) })
    const watched = observer({ served, clock, since: null, until: null })
    for (const record of records) watched.add(record)
    const span = { clock, since: null, until: null }
    return usageScenario(watched.observed(), { ...span, book, at: '2026-11-27' })
  }

  const days = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13]

  it('are those of the price', () => {
    const { named, traffic } = found(days.map(day => dayAt(day, '2')))
    expect(named).toMatchObject({ window: 'peak', share: 1 })
    expect(traffic).toMatchObject({ isWeekdaysOnly: true, profile: profileOf(14.2857, 0) })
  })

  it('have the share that is paid at each price, weighed by its price outside the window', () => {
    // Each day 1M of input at peak, and 1M of output outside it, which is twice as dear: 1 of 3.
    const rates = { prices: { output: '2' }, currency: 'USD' }
    const parts = days.flatMap(day => [dayAt(day, '2'), dayAt(day, null, { input: 0, output: MILLION, rates })])
    expect(found(parts).named?.share).toBeCloseTo(1 / 3, 12)
  })

  it('are not known where a day may lie in several, or other records have hours of their own', () => {
    const call = recordWith({ model: 'tidal', at: '2026-11-03T02:00:00Z', input: 1 })
    for (const more of [dayAt(3, null), call]) {
      const { named, traffic, isHourly } = found([...days.map(day => dayAt(day, '2')), more])
      expect({ named, profile: traffic.profile, isHourly }).toEqual({ named: null, profile: null, isHourly: true })
    }
  })
})
