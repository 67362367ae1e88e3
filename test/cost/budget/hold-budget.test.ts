import { describe, expect, it } from 'vitest'
import { type Change, type Figures, holdBudget } from '../../../src/cost/budget/hold-budget.ts'
import { exact } from '../../../src/model/number/money.ts'
import type { Budget } from '../../../src/model/scenario/budget.ts'

const span = (low: string, high = low) => ({ low: exact(low), high: exact(high) })

const figures = (parts: Partial<Figures>): Figures => ({
  of: 'scenario',
  costOf: () => span('100'),
  atLeast: () => null,
  whyUnknown: () => ({ why: 'nobody knows', fix: 'ask' }),
  atMost: () => null,
  change: () => ({ kind: 'none', why: 'none was named' }),
  ...parts,
})

const hold = (budget: Budget, parts: Partial<Figures> = {}) =>
  holdBudget({ budget, places: { per_month: 'a.yaml:3:5' } }, figures(parts))

describe('a limit on what it costs', () => {
  it.each<{ it: string; budget: Budget; state: string; over_by: string | null }>([
    { it: 'is kept below it', budget: { per_month: '100.01' }, state: 'within', over_by: null },
    { it: 'is kept by exactly it', budget: { per_month: '100' }, state: 'within', over_by: null },
    { it: 'is broken by a millionth more', budget: { per_month: '99.999999' }, state: 'over', over_by: '0.000001' },
    { it: 'of nothing is broken by anything', budget: { per_month: '0' }, state: 'over', over_by: '100' },
    { it: 'warns from its share on', budget: { per_month: '125', warn_at: 0.8 }, state: 'near', over_by: null },
    { it: 'warns not before', budget: { per_month: '125.01', warn_at: 0.8 }, state: 'within', over_by: null },
  ])('$it', ({ budget, state, over_by }) => {
    expect(hold(budget)).toMatchObject([{ limit: 'per_month', state, over_by, actual: '100', at: 'a.yaml:3:5' }])
  })

  it('holds the high end of a range', () => {
    const costOf = () => span('80', '120')
    expect(hold({ per_period: '100' }, { costOf })).toMatchObject([
      { state: 'over', actual: { low: '80', high: '120' }, over_by: '20' },
    ])
    expect(hold({ per_period: '120' }, { costOf })).toMatchObject([{ state: 'within' }])
  })

  it('is only known to be broken where the range may not hold the dearest count', () => {
    const parts = { costOf: () => span('80', '120'), atMost: () => ({ usd: exact('250'), why: 'band' as const }) }
    expect(hold({ per_month: '200' }, parts)).toMatchObject([{ state: 'unknown', actual: { low: '80', high: '120' } }])
    expect(hold({ per_month: '250' }, parts)).toMatchObject([{ state: 'within' }])
    expect(hold({ per_month: '100' }, parts)).toMatchObject([{ state: 'over', over_by: '20' }])
  })

  it('is only known to be broken where the figure is a bound and what it may be at most is over', () => {
    const parts = { atMost: () => ({ usd: exact('250'), why: 'bound' as const }) }
    const limit = (per_month: string) => hold({ per_month, view: 'batch_cached' }, parts)
    expect(limit('99')).toMatchObject([{ state: 'over', over_by: '1' }])
    expect(limit('200')).toMatchObject([{ state: 'unknown', actual: '100', reason: expect.stringMatching('a bound') }])
    expect(limit('250')).toMatchObject([{ state: 'within', reason: null }])
  })

  it('is compared to the digits that are printed', () => {
    // 24 times a quotient of fifty digits may be a hair more than it should.
    const costOf = () => ({ low: exact('100'), high: exact(`100.${'0'.repeat(40)}1`) })
    expect(hold({ per_month: '100' }, { costOf })).toMatchObject([{ state: 'within' }])
  })

  it('is neither kept nor broken where the cost is unknown', () => {
    expect(hold({ per_month: '100' }, { costOf: () => null })).toMatchObject([
      { state: 'unknown', actual: null, reason: 'nobody knows' },
    ])
  })

  it('of a sum with an unknown in it is broken by what is known', () => {
    const parts = { costOf: () => null, atLeast: () => exact('100.5') }
    expect(hold({ per_month: '100' }, parts)).toMatchObject([{ state: 'over', at_least: '100.5', over_by: '0.5' }])
    expect(hold({ per_month: '101' }, parts)).toMatchObject([{ state: 'unknown', at_least: '100.5' }])
  })

  it('that does not apply is passed over, and no limit is no verdict', () => {
    expect(hold({ per_month: '1' }, { costOf: () => undefined })).toEqual([])
    expect(hold({})).toEqual([])
  })

  it('is held on the view it names, else on cached', () => {
    expect(hold({ per_month: '1' })).toMatchObject([{ view: 'cached', level: 'error' }])
    expect(hold({ per_month: '1', view: 'batch', level: 'warn' })).toMatchObject([{ view: 'batch', level: 'warn' }])
  })
})

describe('a limit on an increase', () => {
  const from = (baseline: readonly [string, string?], head: readonly [string, string?]): Partial<Figures> => ({
    change: (): Change => ({ kind: 'known', baseline: span(...baseline), head: span(...head) }),
  })

  it.each<{ it: string; budget: Budget; change: Partial<Figures>; state: string; actual: unknown }>([
    // 110 is 10% more than 100.
    {
      it: 'of a tenth is kept by a tenth',
      budget: { max_increase: '0.1' },
      change: from(['100'], ['110']),
      state: 'within',
      actual: '0.1',
    },
    {
      it: 'is broken by a cent more',
      budget: { max_increase: '0.1' },
      change: from(['100'], ['110.01']),
      state: 'over',
      actual: '0.1001',
    },
    {
      it: 'is kept by a decrease',
      budget: { max_increase: '0' },
      change: from(['100'], ['50']),
      state: 'within',
      actual: '-0.5',
    },
    { it: 'in USD', budget: { max_increase_usd: '10' }, change: from(['100'], ['111']), state: 'over', actual: '11' },
    {
      it: 'a third, to twelve digits',
      budget: { max_increase: '0.3' },
      change: from(['3'], ['4']),
      state: 'over',
      actual: '0.333333333333',
    },
    {
      it: 'below ignore_below is let be',
      budget: { max_increase: '0', ignore_below: '5' },
      change: from(['1'], ['5.99']),
      state: 'ignored',
      actual: '4.99',
    },
    {
      it: 'of nothing is within, not let be',
      budget: { max_increase: '0', ignore_below: '5' },
      change: from(['1'], ['1']),
      state: 'within',
      actual: '0',
    },
    {
      it: 'of ignore_below itself is not',
      budget: { max_increase: '0', ignore_below: '5' },
      change: from(['1'], ['6']),
      state: 'over',
      actual: '5',
    },
    {
      it: 'from nothing is more than any percentage',
      budget: { max_increase: '9' },
      change: from(['0'], ['1']),
      state: 'over',
      actual: null,
    },
    {
      it: 'from nothing to nothing is none',
      budget: { max_increase: '0' },
      change: from(['0'], ['0']),
      state: 'within',
      actual: null,
    },
    // An estimate on both sides errs alike: 80–120 to 88–132 is a tenth at both ends.
    {
      it: 'of a range is taken end by end',
      budget: { max_increase: '0.1' },
      change: from(['80', '120'], ['88', '132']),
      state: 'within',
      actual: '0.1',
    },
    {
      it: 'of a range holds the end that grew more',
      budget: { max_increase: '0.1' },
      change: from(['80', '100'], ['100', '105']),
      state: 'over',
      actual: { low: '0.25', high: '0.05' },
    },
    {
      it: 'of a range holds the high end where that grew more',
      budget: { max_increase: '0.1' },
      change: from(['80', '100'], ['84', '120']),
      state: 'over',
      actual: { low: '0.05', high: '0.2' },
    },
    // 20 more at the low end, 5 at the high one, and the other way round.
    {
      it: 'of a range in USD holds the end that grew more',
      budget: { max_increase_usd: '10' },
      change: from(['80', '100'], ['100', '105']),
      state: 'over',
      actual: { low: '20', high: '5' },
    },
    {
      it: 'of a range in USD holds the high end where that grew more',
      budget: { max_increase_usd: '10' },
      change: from(['80', '100'], ['85', '120']),
      state: 'over',
      actual: { low: '5', high: '20' },
    },
    {
      it: 'of a range is let be only where both ends grew by less than ignore_below',
      budget: { max_increase_usd: '0', ignore_below: '5' },
      change: from(['80', '100'], ['86', '101']),
      state: 'over',
      actual: { low: '6', high: '1' },
    },
    {
      it: 'of a range is held at its high end where that grew by ignore_below',
      budget: { max_increase: '0', ignore_below: '5' },
      change: from(['80', '100'], ['80', '106']),
      state: 'over',
      actual: { low: '0', high: '0.06' },
    },
    {
      it: 'of a range warns by the end that grew more',
      budget: { max_increase_usd: '20', warn_at: 0.8 },
      change: from(['80', '100'], ['96', '101']),
      state: 'near',
      actual: { low: '16', high: '1' },
    },
    {
      it: 'of a range whose low end costs nothing, before and now, is that of its high end',
      budget: { max_increase: '0.1' },
      change: from(['0', '100'], ['0', '105']),
      state: 'within',
      actual: { low: '0', high: '0.05' },
    },
    {
      it: 'of a range whose low end is from nothing is more than any percentage',
      budget: { max_increase: '9' },
      change: from(['0', '100'], ['1', '100']),
      state: 'over',
      actual: null,
    },
  ])('$it', ({ budget, change, state, actual }) => {
    expect(hold(budget, change)).toMatchObject([{ state, actual }])
  })

  it('without a baseline is neither kept nor broken, and no increase of 100%', () => {
    expect(hold({ max_increase: '0.1' })).toMatchObject([
      { state: 'no_baseline', actual: null, baseline: null, over_by: null, reason: 'none was named' },
    ])
  })

  it('against a baseline that is unknown cannot be known', () => {
    const change = (): Change => ({ kind: 'unknown', why: 'it is broken' })
    expect(hold({ max_increase: '0.1' }, { change })).toMatchObject([{ state: 'unknown', reason: 'it is broken' }])
  })

  it('whose range may not hold the dearest count is unknown, unless nothing changed', () => {
    const atMost = () => ({ usd: exact('500'), why: 'band' as const })
    const grown = { ...from(['80', '120'], ['81', '121']), atMost }
    expect(hold({ max_increase: '0.1' }, grown)).toMatchObject([{ state: 'unknown' }])
    expect(hold({ max_increase: '0.1', ignore_below: '5' }, grown)).toMatchObject([{ state: 'unknown' }])
    // A bound against a bound of the same kind is an increase like any other.
    const bounds = { ...grown, atMost: () => ({ usd: exact('500'), why: 'bound' as const }) }
    expect(hold({ max_increase: '0.1' }, bounds)).toMatchObject([{ state: 'within' }])
    const still = { ...from(['80', '120'], ['80', '120']), atMost }
    expect(hold({ max_increase: '0.1' }, still)).toMatchObject([{ state: 'within' }])
  })
})
