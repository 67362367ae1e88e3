import { describe, expect, it } from 'vitest'
import { usageScenarioYaml } from '../../../src/report/files/usage-scenario.ts'
import { factorFor } from '../../../src/tokens/index.ts'
import { localTime } from '../../../src/usage/groups/local-time.ts'
import { servedModels } from '../../../src/usage/plan/models.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'
import { sharesOf } from '../../../src/usage/workload/legs.ts'
import { observer } from '../../../src/usage/workload/observe.ts'
import { type UsageScenario, usageScenario } from '../../../src/usage/workload/usage-scenario.ts'
import { bookWith, modelWith } from '../../cost/build.ts'
import { recordWith } from '../build.ts'

const book = bookWith({
  models: [
    modelWith(),
    modelWith({ id: 'dear', row: { input: '2', cache_read: '0.2', output: '4' } }),
    modelWith({
      id: 'long',
      row: { tiers: [{ threshold: 1000, operator: '>', input: '2', cache_read: '0.2', output: '4' }] },
    }),
  ],
  provider: {
    batch: { discount: '0.5', stacking: 'multiply', source: 'made-up' },
    regions: { us: [{ factor: '1.1', source: 'made-up' }] },
  },
})

interface Given {
  readonly timezone?: string
  readonly since?: number
  readonly until?: number
}

const found = (records: readonly UsageRecord[], { timezone = 'UTC', since, until }: Given = {}): UsageScenario => {
  const clock = localTime(timezone)
  const options = { clock, since: since ?? null, until: until ?? null }
  const served = servedModels(book, { others: [], factorFor, widen: () => ({ book }) })
  const watched = observer({ ...options, served })
  for (const record of records) watched.add(record)
  return usageScenario(watched.observed(), { ...options, book, at: '2026-11-24' })
}

const textOf = (scenario: UsageScenario): string =>
  usageScenarioYaml(scenario, {
    schema: 's.json',
    next: 'dsprice estimate x.yaml',
    name: 'x',
    sources: ['x'],
    book: '1',
  })

/** A call on each of some days of November 2026, which begins on a Sunday, at noon. */
const onDays = (days: readonly number[], more: Partial<Omit<UsageRecord, 'at'>> = {}): UsageRecord[] =>
  days.map(day =>
    recordWith({ at: `2026-11-${String(day).padStart(2, '0')}T12:00:00Z`, input: 100, output: 10, ...more }),
  )

const week = [2, 3, 4, 5, 6]

describe('traffic', () => {
  it('is of working days where no record is of a weekend in between', () => {
    const { traffic, requests } = found(onDays([...week, ...week.map(day => day + 7)], { requests: 10 }))
    expect(traffic).toMatchObject({ isWeekdaysOnly: true, days: 10, per: 'month' })
    // 10 a working day x 5 x 730 / 168 = 217.3.
    expect(requests).toBe(217)
  })

  it('is one run where a month has no number of calls near a whole one', () => {
    // 1 a day in 10 working days, 21.7 a month: 22 would be 1.2% more.
    const days = found(onDays([...week, ...week.map(day => day + 7)]))
    expect(days).toMatchObject({ requests: 10, traffic: { per: 'run', days: 10, isWeekdaysOnly: true } })
    expect(days.traffic.aMonth).toBeCloseTo((5 * 730) / 168, 9)
    // 1 in 28 days, 1.09 a month.
    const one = found(onDays([1]), { since: Date.parse('2026-11-01'), until: Date.parse('2026-11-29') })
    expect(one).toMatchObject({ requests: 1, traffic: { per: 'run', days: 28 } })
    expect(textOf(days)).toContain(
      '  requests: 10 # 10 calls in 10 working days, as one run: a month of 730 hours has 21.7262 calls, no whole number\n' +
        '  per: run\n' +
        `  profile: [${[...Array(12).fill(0), 10, ...Array(11).fill(0)].join(', ')}] # calls by the hour\n`,
    )
  })

  it('is of all days where one is, or no weekend lies between', () => {
    expect(found(onDays([...week, 7, ...week.map(day => day + 7)])).traffic).toMatchObject({
      isWeekdaysOnly: false,
      days: 12,
    })
    expect(found(onDays(week)).traffic).toMatchObject({ isWeekdaysOnly: false, days: 5 })
    // Two days with records say nothing of weekends.
    expect(found(onDays([2, 12])).traffic.isWeekdaysOnly).toBe(false)
  })

  it('has the days and hours of the zone', () => {
    const { traffic } = found(onDays([1, 2, 3]), { timezone: 'Asia/Shanghai' })
    expect(traffic.profile?.[20]).toBe(3)
    const late = ['2026-11-01T15:00:00Z', '2026-11-02T17:00:00Z'].map(at => recordWith({ at, input: 100, output: 1 }))
    expect(found(late).traffic.days).toBe(2)
    // 23:00 on the 1st, and 01:00 on the 3rd.
    expect(found(late, { timezone: 'Asia/Shanghai' }).traffic.days).toBe(3)
  })

  it('has the days of --since and --until', () => {
    const term = { since: Date.parse('2026-11-01'), until: Date.parse('2026-11-11') }
    expect(found(onDays([2, 3]), term).traffic.days).toBe(10)
  })

  it('is told by the day where there is much of it', () => {
    const many = [1, 2].flatMap(day => onDays(Array.from({ length: 1500 }, () => day)))
    expect(found(many)).toMatchObject({ requests: 1500, traffic: { per: 'day', days: 2 } })
  })

  it('is a run below a day, and where no record tells its time', () => {
    expect(found(onDays([2, 2, 2]))).toMatchObject({ requests: 3, traffic: { per: 'run', lastDay: '2026-11-02' } })
    const { traffic } = found(onDays([2, 2, 2]))
    expect(traffic).toMatchObject({ isWeekdaysOnly: true })
    expect(traffic.profile?.[12]).toBe(3)
    const timeless = found([recordWith({ at: null, input: 5, output: 1 })])
    expect(timeless).toMatchObject({ at: '2026-11-24', requests: 1, traffic: { per: 'run', lastDay: null } })
  })

  it('has no hours where a record covers more than one', () => {
    const day = recordWith({ at: '2026-11-03T00:00:00Z', input: 100, output: 10, requests: 4 })
    const bucket = { ...day, end: Date.parse('2026-11-04T00:00:00Z') }
    expect(found([...onDays([1, 2]), bucket])).toMatchObject({
      traffic: { profile: null, days: 3 },
      legs: { calls: 6 },
    })
  })
})

describe('the workload', () => {
  it('is the mean call, and conversations where records name them', () => {
    const calls = [1, 2, 3, 4, 5].map(
      day => onDays([day], { keys: { conversation: day < 4 ? 'a' : 'b' } })[0] as UsageRecord,
    )
    const often = calls.flatMap(call =>
      Array.from({ length: 60 }, (_, i) => ({ ...call, keys: { conversation: `${call.keys['conversation']}${i}` } })),
    )
    // 5 calls in 2 conversations: 2.5, rounded up; 60 × 5 / 3 conversations in 5 days, 608.3 a month.
    expect(found(often)).toMatchObject({ turns: 3, requests: 608, tokens: { input: 100, output: 10 } })
    // As one run 5 / 3 is no whole number of conversations: its calls are.
    expect(found(calls)).toMatchObject({ turns: 1, requests: 5, traffic: { per: 'run' } })
  })

  it('is the totals of a day where calls are not counted', () => {
    const buckets = [1, 2].map(day => ({
      ...recordWith({ at: `2026-11-0${day}T00:00:00Z`, input: 100 * day, cache_read: 50, output: 10, requests: null }),
      end: Date.parse(`2026-11-0${day + 1}T00:00:00Z`),
    }))
    expect(found(buckets)).toMatchObject({
      requests: null,
      tokens: { input: 150, cache_read: 50, output: 10 },
      traffic: { per: 'day', days: 2 },
    })
  })
})

describe('legs', () => {
  const sizes = (records: readonly UsageRecord[]) =>
    found(records).legs.legs.map(({ model, share, size, batch }) =>
      [model, share, size, ...(batch ? ['batch'] : [])].join(' '),
    )

  it('are one for each model, with the size at which it costs what its calls cost', () => {
    // The mean call has 100 in, 20 out. demo: 100 + 2 x 10 = 120 of 140; dear: 2 x 100 + 4 x 30 = 320 of 280.
    expect(sizes([...onDays([1]), ...onDays([2], { model: 'dear', output: 30 })])).toEqual([
      'dear 0.5 1.1429',
      'demo 0.5 0.8571',
    ])
  })

  it('have batches apart where only some calls are in one', () => {
    expect(sizes([...onDays([1, 2, 3]), ...onDays([4], { batch: true })])).toEqual([
      'demo 0.75 1',
      'demo 0.25 0.5 batch',
    ])
    expect(sizes(onDays([4, 5], { batch: true }))).toEqual(['demo 1 1 batch'])
  })

  it('have regions apart, which a scenario of one has by itself', () => {
    const scenario = found([...onDays(week), ...onDays(week, { region: 'us' })])
    expect(scenario.legs.legs.map(({ region }) => region).sort()).toEqual([null, 'us'].sort())
    expect(textOf(scenario)).toContain('region: us')
    expect(textOf(found(onDays(week, { region: 'us' }))).split('\n')).toContain('region: us')
  })

  it('keep the prompts of a tier in it', () => {
    // 100 in at $1, 2,000 in at $2: the mean is 1,050.
    const legs = sizes([...onDays([1], { model: 'long' }), ...onDays([2], { model: 'long', input: 2000 })])
    // 2 x 2000 + 4 x 10 of 2 x 1050 + 4 x 10; 100 + 2 x 10 of 1050 + 2 x 10.
    expect(legs).toEqual(['long 0.5 1.8879', 'long 0.5 0.1121'])
  })

  it('leave out what has no price, and say so', () => {
    const { legs } = found([...onDays([1]), ...onDays([2, 3], { model: 'nope' })])
    expect(legs.leftOut).toEqual([{ name: 'nope', records: 2, why: 'the book does not have it' }])
    expect(() => found(onDays([2], { model: 'nope' }))).toThrow('"nope" has no price')
    expect(() => found([recordWith({ at: null, model: null, stated_usd: '3', requests: null })])).toThrow('no tokens')
  })

  it('have shares that add up to 1 exactly', () => {
    expect(sharesOf([1, 1, 1])).toEqual(['0.333333334', '0.333333333', '0.333333333'])
    expect(sharesOf([1, 999_999_999_999])).toEqual(['0', '1'])
  })
})

it('writes names of others as text that cannot leave its line', () => {
  const about = {
    schema: 's',
    next: 'dsprice estimate x.yaml',
    name: 'x: y',
    sources: ['a\nmodel: b.jsonl'],
    book: null,
  }
  const text = usageScenarioYaml(found([...onDays([1]), ...onDays([2], { model: 'no\nmodel: pe' })]), about)
  expect(text.split('\n').filter(line => line.startsWith('model:'))).toEqual([
    'model: demo # it served all of these records',
  ])
  expect(text).toContain('name: "x: y"')
})
