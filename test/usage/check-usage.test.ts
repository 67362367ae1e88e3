import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Budget } from '../../src/model/scenario/budget.ts'
import type { UsageRecord } from '../../src/usage/record.ts'
import { bookWith, MILLION, modelWith, rowWith } from '../cost/build.ts'
import { type Given, heldOf, recordWith } from './build.ts'

// $1 in, $2 out per 1M tokens: each record below costs $1 for each million of input.
const at = (at: string, more: Partial<Omit<UsageRecord, 'at'>> = {}) => recordWith({ at, input: MILLION, ...more })

const statesOf = (
  records: readonly UsageRecord[],
  budget: Budget & { readonly turns?: number },
  given: Given = {},
): string[] => {
  const { check } = heldOf(records, budget, given)
  const each = (check?.totals ?? []).map(({ month = '', basis, state, actual, level }) =>
    [month, basis, actual ?? 'null', state, ...(level === 'warn' ? [level] : [])].join(' ').trim(),
  )
  return [...each, `exit ${check?.exit}`]
}

describe('each month', () => {
  const two = [at('2026-10-31T23:30:00Z'), at('2026-10-01T00:00:00Z'), at('2026-11-01T00:00:00Z')]

  it('is held by itself, in the zone of the report', () => {
    expect(statesOf(two, { per_month: '1.5' })).toEqual(['2026-10 spend 2 over', '2026-11 spend 1 within', 'exit 1'])
    expect(statesOf(two, { per_month: '1.5' }, { timezone: 'Europe/Berlin' })).toEqual([
      '2026-10 spend 1 within',
      '2026-11 spend 2 over',
      'exit 1',
    ])
  })

  it('is within a limit that it equals', () => {
    expect(statesOf(two, { per_month: '2' })).toEqual(['2026-10 spend 2 within', '2026-11 spend 1 within', 'exit 0'])
  })

  it('is near a limit from warn_at on', () => {
    expect(statesOf(two, { per_month: '2.5', warn_at: 0.8 })).toEqual([
      '2026-10 spend 2 near',
      '2026-11 spend 1 within',
      'exit 0',
    ])
  })

  it('only warns over a limit of that level', () => {
    expect(statesOf(two, { per_month: '1.5', level: 'warn' })[0]).toBe('2026-10 spend 2 over warn')
    expect(statesOf(two, { per_month: '1.5', level: 'warn' }).at(-1)).toBe('exit 0')
  })

  it('is unknown where it is at least something within the limit, and over where that is more', () => {
    const lost = [...two, at('2026-10-05T00:00:00Z', { model: 'nope' })]
    expect(statesOf(lost, { per_month: '5' })).toEqual([
      '2026-10 spend null unknown',
      '2026-11 spend 1 within',
      'exit 3',
    ])
    expect(statesOf(lost, { per_month: '1.5' })[0]).toBe('2026-10 spend null over')
    expect(heldOf(lost, { per_month: '1.5' }).check?.totals[0]).toMatchObject({ at_least: '2', over_by: '0.5' })
  })

  it('is held at the dear end of a range', () => {
    const from = '2026-10-05T12:00Z'
    const prices = [rowWith({ to: from }), rowWith({ from, input: '3' })]
    const bucket = at('2026-10-05T00:00:00Z', { end: Date.parse('2026-10-06T00:00:00Z') })
    const book = bookWith({ models: [modelWith({ prices })] })
    expect(heldOf([bucket], { per_month: '2' }, { book }).check?.totals[0]).toMatchObject({
      state: 'over',
      actual: { low: '1', high: '3' },
      over_by: '1',
    })
  })

  it('holds what the source says where it tells money only', () => {
    const money = at('2026-10-05T00:00:00Z', { model: null, input: 0, requests: null, stated_usd: '7' })
    expect(statesOf([money], { per_month: '6' })).toEqual(['2026-10 spend 7 over', 'exit 1'])
    // Beside calls it may be their bill, so the sum is not known.
    expect(statesOf([money, at('2026-10-06T00:00:00Z')], { per_month: '6' })[0]).toBe('2026-10 spend null unknown')
  })

  it('is unknown beside records without a time, unless these lie in one month', () => {
    const timeless = recordWith({ at: null, input: MILLION })
    const month = { since: Date.parse('2026-10-01'), until: Date.parse('2026-11-01') }
    expect(statesOf([timeless, ...two.slice(0, 2)], { per_month: '5' }, month)).toEqual([
      '2026-10 spend 3 within',
      'exit 0',
    ])
    const more = { ...month, until: Date.parse('2026-11-02') }
    expect(statesOf([timeless, ...two], { per_month: '5' }, more)).toEqual([
      '2026-10 spend null unknown',
      '2026-11 spend null unknown',
      // $1 in the first 24 hours of 720.
      '2026-11 pace null over warn',
      'exit 3',
    ])
    expect(statesOf([timeless], { per_month: '5' }, more)).toEqual(['spend null unknown', 'exit 3'])
  })

  it('is held where no record tells its time, if --since and --until lie in one month', () => {
    const timeless = recordWith({ at: null, input: MILLION })
    const month = { since: Date.parse('2026-11-01'), until: Date.parse('2026-12-01') }
    // All of November: its end is what it came to.
    expect(statesOf([timeless], { per_month: '1' }, month)).toEqual([
      '2026-11 spend 1 within',
      '2026-11 pace 1 within warn',
      'exit 0',
    ])
    expect(statesOf([timeless], { per_month: '0.9' }, month)).toEqual(['2026-11 spend 1 over', 'exit 1'])
  })
})

describe('the pace of the month of --at', () => {
  // $2 in 48 hours: × 720 ÷ 48 = $30 in November.
  const days = [at('2026-11-10T00:00:00Z'), at('2026-11-12T00:00:00Z')]

  it('warns above the limit, and is within it otherwise', () => {
    expect(statesOf(days, { per_month: '29' })).toEqual([
      '2026-11 spend 2 within',
      '2026-11 pace 30 over warn',
      'exit 0',
    ])
    expect(statesOf(days, { per_month: '30' })).toEqual([
      '2026-11 spend 2 within',
      '2026-11 pace 30 within warn',
      'exit 0',
    ])
  })

  it('is not told of a month that is over, of another month, or of less than a day', () => {
    expect(statesOf(days, { per_month: '1' })).toEqual(['2026-11 spend 2 over', 'exit 1'])
    expect(statesOf(days, { per_month: '29' }, { at: '2026-12-01' })).toEqual(['2026-11 spend 2 within', 'exit 0'])
    expect(statesOf(days.slice(1), { per_month: '29' })).toEqual(['2026-11 spend 1 within', 'exit 0'])
  })

  it('warns although not all of the month is known', () => {
    const lost = [...days, at('2026-11-11T00:00:00Z', { model: 'nope' })]
    const { check } = heldOf(lost, { per_month: '29' })
    expect(check?.totals[1]).toMatchObject({ basis: 'pace', actual: null, at_least: '30', over_by: '1' })
    expect(statesOf(lost, { per_month: '29' })).toEqual([
      '2026-11 spend null unknown',
      '2026-11 pace null over warn',
      'exit 3',
    ])
    expect(statesOf(lost, { per_month: '31' })).toEqual(['2026-11 spend null unknown', 'exit 3'])
  })
})

describe('the mean request', () => {
  const calls = [1, 2, 3].map(day => at(`2026-10-0${day}T00:00:00Z`))
  const inOf = (conversation: string, day: number) => at(`2026-10-0${day}T00:00:00Z`, { keys: { conversation } })

  it('is the mean call times the turns of the scenario', () => {
    expect(statesOf(calls, { per_request: '4', turns: 4 })).toEqual(['call 4 within', 'exit 0'])
    expect(statesOf(calls, { per_request: '3.99', turns: 4 })).toEqual(['call 4 over', 'exit 1'])
  })

  it('is the mean conversation where records name theirs, whatever the turns', () => {
    // a has two calls, b one: $3 by 2.
    const named = [inOf('a', 1), inOf('a', 2), inOf('b', 3)]
    expect(statesOf(named, { per_request: '1.5', turns: 4 })).toEqual(['conversation 1.5 within', 'exit 0'])
    expect(statesOf([...named, ...calls], { per_request: '1.49', turns: 4 })).toEqual([
      'conversation 1.5 over',
      'exit 1',
    ])
  })

  it('is unknown where a source does not count its calls', () => {
    expect(statesOf([...calls, at('2026-10-05T00:00:00Z', { requests: null })], { per_request: '9' })).toEqual([
      'call null unknown',
      'exit 3',
    ])
  })

  it('is at least what is known', () => {
    const lost = [...calls, at('2026-10-05T00:00:00Z', { model: 'nope' })]
    expect(statesOf(lost, { per_request: '0.8' })).toEqual(['call null unknown', 'exit 3'])
    expect(statesOf(lost, { per_request: '0.7' })).toEqual(['call null over', 'exit 1'])
  })
})

it('leaves the limits aside that have nothing to be held to, and refuses where there is no other', () => {
  const one = [at('2026-10-01T00:00:00Z')]
  const { check } = heldOf(one, { per_period: '1', per_month: '5', max_increase: '0.1' })
  expect(check?.usage?.left_aside).toEqual(['per_period', 'max_increase'])
  expect(check?.totals.map(({ limit }) => limit)).toEqual(['per_month'])
  expect(() => heldOf(one, { per_period: '1', max_increase_usd: '3' })).toThrow('has only per_period, max_increase_usd')
  expect(() => heldOf(one, {})).toThrow('has no limit')
})

it('is over exactly where a month costs more than its limit', () => {
  const call = fc.record({ day: fc.integer({ min: 1, max: 61 }), input: fc.nat(5_000_000) })
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 20 }), fc.nat(20), (calls, limit) => {
      const records = calls.map(({ day, input }) =>
        recordWith({ at: new Date(Date.UTC(2026, 9, day)).toISOString(), input }),
      )
      const dearest = Math.max(
        ...['2026-10', '2026-11'].map(month =>
          records.reduce(
            (sum, one) => sum + (new Date(one.at ?? 0).toISOString().startsWith(month) ? one.input : 0),
            0,
          ),
        ),
      )
      expect(heldOf(records, { per_month: String(limit) }).check?.exit).toBe(dearest > limit * MILLION ? 1 : 0)
    }),
  )
})
