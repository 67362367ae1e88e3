import { describe, expect, it } from 'vitest'
import { bookWith, modelWith } from '../../cost/build.ts'
import { advised, estimated, named, offers } from './bench.ts'
import { readBundledBook } from './frozen-book.ts'

/** $1 in for 1M; twice that from 09:00 to 15:00 UTC, every day. */
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const peak = { name: 'peak', timezone: 'UTC', weekdays: [...days], hours: ['09:00-15:00'], holidays: 'apply' } as const
const row = {
  cache_read: 'not_offered',
  windows: [{ ...peak, input: '2', cache_read: 'not_offered', output: '4' }],
  base_window: 'off-peak',
} as const
const book = bookWith({ row })

const hoursAt = (...at: readonly number[]): number[] => Array.from({ length: 24 }, (_, h) => (at.includes(h) ? 1 : 0))
const work = (profile: unknown, more: object = {}) => ({
  model: 'demo',
  request: { turn: '1M' },
  traffic: { requests: 100, per: 'month', profile },
  ...more,
})
const key = (...weights: readonly number[]): string => `traffic.profile=[${weights.join(', ')}]`

describe('the hours of the traffic', () => {
  // All at 10:00 is all at peak, $200; the nearest cheap hour is 08:00. Half of it there: $150.
  it('are moved to the nearest cheap ones', async () => {
    const advice = await advised(work(hoursAt(10)), book)
    expect(offers(advice, 'hours')).toEqual([
      ['all traffic 2 hours earlier', '100', key(...hoursAt(8))],
      ['half of the traffic 2 hours earlier', '50', key(...hoursAt(8, 10))],
    ])
    expect(advice.levers[0]?.in_return).toEqual(['waiting: the work must be ready 2 hours earlier'])
    expect(advice.levers[1]?.adds_up).toEqual({ how: 'instead', saving: null })
  })

  // 13:00 and 14:00: two hours later both are cheap.
  it('are moved later where that is as near', async () => {
    expect(offers(await advised(work(hoursAt(13, 14)), book), 'hours')[0]).toEqual([
      'all traffic 2 hours later',
      '100',
      key(...hoursAt(15, 16)),
    ])
  })

  // Flat: 6 of 24 hours at peak, $125; without them $100, and 09:00 waits until 15:00.
  it('are only the cheap ones where moving helps nothing', async () => {
    const advice = await advised(work('flat'), book)
    const cheap = Array.from({ length: 24 }, (_, h) => (h >= 9 && h < 15 ? 0 : 1))
    expect(offers(advice, 'hours')).toEqual([['all traffic in its cheap hours', '25', key(...cheap)]])
    expect(advice.levers[0]?.in_return).toEqual(['waiting: up to 6 h'])
    expect(named(advice).nothing).toEqual([])
  })

  // At 08:00 all of it is cheap already.
  it('are said once to save nothing, where no move does', async () => {
    const advice = await advised(work(hoursAt(8)), book)
    expect(offers(advice, 'hours')).toEqual([])
    expect(named(advice).nothing).toEqual(['the traffic at other hours'])
  })

  // On a fleet whose other model has one price around the clock: half of the $25 above.
  it('of a fleet are either offered or said to save nothing, as of one model', async () => {
    const fleet = bookWith({
      models: [modelWith({ id: 'demo', row: row }), modelWith({ id: 'even', row: { cache_read: 'not_offered' } })],
    })
    const routing = { legs: ['demo', 'even'].map(model => ({ model, share: '50%' })) }
    const advice = await advised({ ...work('flat'), model: undefined, routing }, fleet)
    const cheap = Array.from({ length: 24 }, (_, h) => (h >= 9 && h < 15 ? 0 : 1))
    expect(offers(advice, 'hours')).toEqual([['all traffic in its cheap hours', '12.5', key(...cheap)]])
    expect(named(advice).nothing).not.toContain('the traffic at other hours')
  })

  it.each([
    { it: 'at an instant', scenario: work(hoursAt(10), { at: '2026-01-05T10:00Z' }), prices: book },
    { it: 'at one price around the clock', scenario: work(hoursAt(10)), prices: bookWith() },
  ])('are no lever $it', async ({ scenario, prices }) => {
    const advice = await advised(scenario, prices)
    expect(offers(advice, 'hours')).toEqual([])
    expect(named(advice).nothing).not.toContain('the traffic at other hours')
  })

  it('keep decimals of weights', async () => {
    const profile = hoursAt(10).map(weight => weight * 0.1)
    expect(offers(await advised(work(profile), book), 'hours')[1]?.[2]).toBe(key(...hoursAt(8, 10).map(w => w * 0.1)))
  })
})

// Seven hours on working days from 03:00 UTC are 11:00 to 18:00 in Beijing: five of the seven at peak, twice the price.
// Six hours later one is: (1 + 1/7) / (1 + 5/7) = 2/3. Seven hours later none is: 1 / (1 + 5/7) = 7/12.
describe('a nightly job on DeepSeek, by the released book of 2026-11-23', () => {
  const at = '2026-11-23'
  const nightly = (first: number, hours: number) => ({
    at,
    model: 'deepseek-v4-pro',
    request: { turn: 7000, output: 1000 },
    traffic: {
      requests: 1000,
      per: 'day',
      weekdays_only: true,
      profile: hoursAt(...Array.from({ length: hours }, (_, i) => first + i)),
    },
  })

  it('meets 71% peak hours; six hours later it costs a third less', async () => {
    const frozen = readBundledBook('2026-11-23')
    const now = await estimated(nightly(3, 7), frozen)
    expect(now.windows.find(({ name }) => name === 'peak')?.share).toBeCloseTo(5 / 7, 12)
    const moved = await estimated(nightly(3, 7), frozen, [key(...nightly(9, 7).traffic.profile)])
    expect(Number(moved.costs.headline) / Number(now.costs.headline)).toBeCloseTo(2 / 3, 12)
  })

  it('is best moved by seven hours', async () => {
    const advice = await advised(nightly(3, 7), readBundledBook('2026-11-23'), { models: ['deepseek-v4-pro'] })
    const [moved] = advice.levers.filter(({ kind }) => kind === 'hours')
    expect(moved).toMatchObject({ what: 'all traffic 7 hours later', set: [key(...nightly(10, 7).traffic.profile)] })
    expect(moved?.saving_share).toBeCloseTo(5 / 12, 12)
  })

  // One hour every day: 02:00 UTC is 10:00 in Beijing, at peak on five days of seven; at noon there it never is.
  it('at 02:00 UTC is best moved by two hours', async () => {
    const daily = { ...nightly(2, 1), traffic: { ...nightly(2, 1).traffic, weekdays_only: false } }
    const advice = await advised(daily, readBundledBook('2026-11-23'), { models: ['deepseek-v4-pro'] })
    const [moved] = advice.levers.filter(({ kind }) => kind === 'hours')
    expect(moved?.what).toBe('all traffic 2 hours later')
    expect(moved?.saving_share).toBeCloseTo(5 / 12, 12)
  })
})
