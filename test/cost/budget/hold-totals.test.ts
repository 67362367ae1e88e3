import { describe, expect, it } from 'vitest'
import type { Baseline, Outcome } from '../../../src/cost/budget/checked.ts'
import type { Held } from '../../../src/cost/budget/hold-budget.ts'
import { holdTotals, movedSums } from '../../../src/cost/budget/hold-totals.ts'
import { UNKNOWN } from '../../../src/cost/fleet/costs.ts'
import { exact } from '../../../src/model/number/money.ts'
import { both } from '../../../src/model/number/range.ts'
import { type Costs, perView } from '../../../src/model/result/print-exact.ts'
import type { Traffic } from '../../../src/model/scenario/scenario.ts'
import { scenarioWith } from '../build.ts'

interface Side {
  /** USD per period; `null`: unknown, left out: the side does not have it. */
  readonly now?: string | null
  /** The baseline at this run's prices, and at its own. */
  readonly was?: string
  readonly before?: string
  readonly per?: Traffic['per']
  readonly name?: string
}

const costs = (usd: string | null): Costs => (usd === null ? UNKNOWN : perView(() => both(exact(usd))))

const outcome = ({ now, was, before = was, per = 'run', name = 'demo' }: Side): Outcome => {
  const dated = { scenario: scenarioWith({ name, traffic: { per } }), at: '2026-01-01', held: [] }
  const own = { costs: costs(was ?? null), before: costs(before ?? null) }
  return {
    pair: { head: now === undefined ? null : dated, base: was === undefined ? null : dated },
    priced: null,
    now: costs(now ?? null),
    baseline: was === undefined ? null : { ...own, own, why: null },
  }
}

const none: Baseline = { kind: 'none', name: null, reason: null, side: null, broken: new Map() }
const main: Baseline = {
  ...none,
  kind: 'git',
  name: 'git:main',
  side: { scenarios: [] } as unknown as Baseline['side'],
}

const hold = (budget: Held['budget'], sides: readonly Side[], { baseline = none, missing = 0 } = {}) =>
  holdTotals({ budget, places: {} }, sides.map(outcome), { baseline, missing }).map(
    ({ of, state, actual, over_by, at_least, reason }) => ({ of, state, actual, over_by, at_least, reason }),
  )

describe('a limit on the sum', () => {
  // 730 hours at $1; 730/24 days at $12 are $365.
  const clocks: readonly Side[] = [
    { now: '1', per: 'hour' },
    { now: '12', per: 'day' },
  ]

  it('adds months to months and runs to runs, never one to the other', () => {
    const sides = [...clocks, { now: '5' }, { now: '0.5' }]
    expect(hold({ per_month: '1095', per_run: '5' }, sides)).toMatchObject([
      { of: 'per_month', state: 'within', actual: '1095' },
      { of: 'run', state: 'over', actual: '5.5', over_by: '0.5' },
    ])
  })

  it('of what there is none of is not held', () => {
    expect(hold({ per_month: '1095', per_run: '5' }, clocks).map(({ of }) => of)).toEqual(['per_month'])
    expect(hold({ per_month: '1' }, [])).toEqual([])
  })

  it.each<{ it: string; known: string; is: object }>([
    { it: 'below the limit: nobody knows', known: '4', is: { state: 'unknown', at_least: '4', over_by: null } },
    { it: 'above it: over by at least that', known: '7', is: { state: 'over', at_least: '7', over_by: '2' } },
  ])('with a part that is unknown, the others $it', ({ known, is }) => {
    const sides = [{ now: known }, ...['a', 'b', 'c', 'd', 'e'].map(name => ({ name, now: null }))]
    expect(hold({ per_run: '5' }, sides)).toMatchObject([
      { ...is, actual: null, reason: 'cached of a, b, c and 2 more is unknown' },
    ])
  })

  it.each([
    { names: ['a', 'b', 'c'], told: 'a, b, c is' },
    { names: ['a', 'b', 'c', 'd'], told: 'a, b, c and 1 more is' },
  ])('names three scenarios that are unknown and counts the rest: $told', ({ names, told }) => {
    const [verdict] = hold(
      { per_run: '5' },
      names.map(name => ({ name, now: null })),
    )
    expect(verdict?.reason).toBe(`cached of ${told} unknown`)
  })

  it('is unknown where a scenario could not be priced, even if none is left', () => {
    const reason = 'not every scenario could be priced'
    expect(hold({ per_run: '5' }, [{ now: '4' }], { missing: 1 })).toMatchObject([{ state: 'unknown', reason }])
    expect(hold({ per_run: '5' }, [], { missing: 1 })).toMatchObject([{ of: 'run', state: 'unknown', at_least: '0' }])
  })
})

describe('an increase of the sum', () => {
  // New: $5. Removed: $4. Of the other $1 more: 16 against 14.
  const sides: readonly Side[] = [{ now: '11', was: '10' }, { was: '4' }, { now: '5' }]

  it.each([
    { limit: '2', is: { state: 'within', actual: '2' } },
    { limit: '1.5', is: { state: 'over', actual: '2', over_by: '0.5' } },
  ])('counts what is new and what is gone: $limit allowed', ({ limit, is }) => {
    expect(hold({ max_increase_usd: limit }, sides, { baseline: main })).toMatchObject([is])
  })

  it.each<{ it: string; sides: readonly Side[]; baseline: Baseline; reason: string }>([
    { it: 'no baseline', sides, baseline: none, reason: 'none was named' },
    {
      it: 'the first scenario of its kind',
      sides: [{ now: '5' }],
      baseline: main,
      reason: 'git:main has no scenario of this kind',
    },
  ])('is none against $it', ({ sides, baseline, reason }) => {
    expect(hold({ max_increase_usd: '1' }, sides, { baseline })).toMatchObject([{ state: 'no_baseline', reason }])
  })

  it('is unknown where the baseline has a scenario that cannot be priced', () => {
    const baseline = { ...main, broken: new Map([['a.yaml', 'why']]) }
    expect(hold({ max_increase_usd: '9' }, sides, { baseline })).toMatchObject([
      { state: 'unknown', reason: 'cached of the baseline is unknown' },
    ])
  })
})

describe('movedSums', () => {
  it('tells the change at this run’s prices apart from that of the prices', () => {
    // 16 against 14 as above; at its own prices the baseline was 9 + 3 = 12.
    const sides = [{ now: '11', was: '10', before: '9' }, { was: '4', before: '3' }, { now: '5' }]
    expect(movedSums(sides.map(outcome), true)).toMatchObject({
      run: { baseline: { cached: '14' }, change: { cached: '2' }, prices: { cached: '2' } },
      per_month: null,
    })
  })

  it('has no figure where a scenario could not be priced', () => {
    const run = movedSums([outcome({ now: '11', was: '10' })], false)?.run
    expect([run?.baseline.cached, run?.change.cached, run?.prices.cached]).toEqual([null, null, null])
  })

  it('adds months of 730 hours', () => {
    const sides: Side[] = [{ now: '2', was: '1', per: 'hour' }]
    expect(movedSums(sides.map(outcome), true)).toMatchObject({
      per_month: { baseline: { cached: '730' }, change: { cached: '730' } },
    })
  })
})
