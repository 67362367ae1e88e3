import { describe, expect, it } from 'vitest'
import type { Fault, Verdict } from '../../../src/model/result/check.ts'
import { type Held, heldIn } from '../../../src/report/check/held.ts'
import * as figures from '../../../src/report/check/limit-figures.ts'
import * as words from '../../../src/report/check/limits-in-words.ts'
import { checkOf, fault, resultWith, scenarioResult, verdict } from '../documents.ts'

const held = (own: Partial<Verdict>, per: 'run' | 'day' | 'month' = 'month'): Held => {
  const scenarios =
    own.of === undefined || own.of === 'scenario' ? [scenarioResult({ per, budget: [verdict(own)] })] : []
  const check = checkOf({ totals: scenarios.length === 0 ? [verdict(own)] : [] })
  const [found] = heldIn(resultWith({ scenarios, check }))
  if (found === undefined) throw new Error('there is one limit')
  return found
}

// Worked by hand: the share over a limit is over_by / allowed.
describe('a limit and its figure', () => {
  it.each<{ it: string; of: Held; limit: string; actual: string }>([
    {
      it: 'over a month: 12.1 / 400 = 3.025%',
      of: held({ state: 'over', actual: '412.1', over_by: '12.1' }),
      limit: '$400.00 a month',
      actual: '$412.10 a month, over by $12.10 (3.0%)',
    },
    {
      it: 'over by a hair is never printed as equal: 0.0004 needs six decimals',
      of: held({ state: 'over', actual: '400.0004', over_by: '0.0004' }),
      limit: '$400.000000 a month',
      actual: '$400.000400 a month, over by $0.000400 (<0.1%)',
    },
    {
      it: 'a limit of nothing has no percentage',
      of: held({ state: 'over', allowed: '0', actual: '5', over_by: '5' }),
      limit: '$0.00 a month',
      actual: '$5.00 a month, over by $5.00',
    },
    {
      it: 'a range is held by its high end: 1 / 40 = 2.5%',
      of: held({ state: 'over', allowed: '40', actual: { low: '30', high: '41' }, over_by: '1' }),
      limit: '$40.00 a month',
      actual: '$30.00-$41.00 a month, over by $1.00 (2.5%) at its high end',
    },
    {
      it: 'a period is named as the traffic has it',
      of: held({ limit: 'per_period', allowed: '20', actual: '19', state: 'near' }, 'day'),
      limit: '$20.00 a day',
      actual: '$19.00 a day, 95.0% of the limit',
    },
    {
      it: 'a request',
      of: held({ limit: 'per_request', allowed: '0.05', actual: '0.0123' }),
      limit: '$0.0500 a request',
      actual: '$0.0123 a request',
    },
    {
      it: 'an increase: 8.4474% over 5% is 3.4474 points over',
      of: held({
        limit: 'max_increase',
        state: 'over',
        allowed: '0.05',
        actual: '0.084474',
        baseline: '380',
        over_by: '0.034474',
      }),
      limit: '5% more than the baseline',
      actual: '8.4% more than the baseline of $380.00 a month, over by 3.4 points',
    },
    {
      it: 'an increase over by a hair: 10.004% over 10%',
      of: held({
        limit: 'max_increase',
        state: 'over',
        allowed: '0.1',
        actual: '0.10004',
        baseline: '50',
        over_by: '0.00004',
      }),
      limit: '10% more than the baseline',
      actual: '10.00400% more than the baseline of $50.00 a month, over by 0.00400 points',
    },
    {
      it: 'exactly one point',
      of: held({
        limit: 'max_increase',
        state: 'over',
        allowed: '0.1',
        actual: '0.11',
        baseline: '50',
        over_by: '0.01',
      }),
      limit: '10% more than the baseline',
      actual: '11.0% more than the baseline of $50.00 a month, over by 1.0 point',
    },
    {
      it: 'an increase in dollars: 1 / 50 = 2%',
      of: held(
        { limit: 'max_increase_usd', state: 'over', allowed: '50', actual: '51', baseline: '447', over_by: '1' },
        'run',
      ),
      limit: '$50.00 a run more than the baseline',
      actual: '$51.00 more than the baseline of $447.00 a run, over by $1.00 (2.0%)',
    },
    {
      it: 'a decrease',
      of: held({ limit: 'max_increase', allowed: '0.1', actual: '-0.2', baseline: '50' }),
      limit: '10% more than the baseline',
      actual: '20.0% less than the baseline of $50.00 a month',
    },
    {
      it: 'a range that goes both ways',
      of: held({
        limit: 'max_increase_usd',
        allowed: '10',
        actual: { low: '-2', high: '5' },
        baseline: { low: '40', high: '50' },
      }),
      limit: '$10.00 a month more than the baseline',
      actual: '$2.00 less to $5.00 more than the baseline of $40.00-$50.00 a month',
    },
    {
      it: 'an increase that is the larger one at the low end is held there: 25% over 10% is 15 points over',
      of: held({
        limit: 'max_increase',
        state: 'over',
        allowed: '0.1',
        actual: { low: '0.25', high: '0.05' },
        baseline: { low: '80', high: '100' },
        over_by: '0.15',
      }),
      limit: '10% more than the baseline',
      actual: '5.0%-25.0% more than the baseline of $80.00-$100.00 a month, over by 15.0 points at its low end',
    },
    {
      it: 'an increase in dollars that is near its limit at the low end: 16 / 20 = 80%',
      of: held({
        limit: 'max_increase_usd',
        state: 'near',
        allowed: '20',
        actual: { low: '16', high: '1' },
        baseline: { low: '80', high: '100' },
      }),
      limit: '$20.00 a month more than the baseline',
      actual: '$1.00-$16.00 more than the baseline of $80.00-$100.00 a month, 80.0% of the limit',
    },
    {
      it: 'unknown, with what is known of a sum',
      of: held({ of: 'per_month', state: 'unknown', actual: null, at_least: '458.6', reason: 'bot is unknown' }),
      limit: '$400.00 a month',
      actual: 'at least $458.60 a month: bot is unknown',
    },
    {
      it: 'all runs',
      of: held({ of: 'run', limit: 'per_run', allowed: '100', actual: '89.27' }),
      limit: '$100.00 for all runs',
      actual: '$89.27 for all runs',
    },
    {
      it: 'an increase of all runs',
      of: held({ of: 'run', limit: 'max_increase_usd', allowed: '5', actual: '1', baseline: '88' }),
      limit: '$5.00 for all runs more than the baseline',
      actual: '$1.00 more than the baseline of $88.00 for all runs',
    },
  ])('$it', ({ of, limit, actual }) => {
    expect(figures.limitOf(of)).toBe(limit)
    expect(figures.actualOf(of)).toBe(actual)
  })

  it('says where a fix goes', () => {
    expect(words.fixOf(verdict({ fix: 'raise it', at: 'a.yaml:1:2' }))).toBe('raise it (a.yaml:1:2)')
    expect(words.fixOf(verdict({ fix: 'raise it', at: null }))).toBe('raise it')
  })
})

it('puts the worst first: errors before warnings, what is over by most before what is unknown or near', () => {
  const budget = [
    verdict({ state: 'near', actual: '390' }),
    verdict({ state: 'over', level: 'warn', actual: '900', over_by: '500' }),
    verdict({ state: 'unknown', actual: null }),
    verdict({ state: 'over', actual: '410', over_by: '10' }),
    verdict({ state: 'over', actual: '800', over_by: '400' }),
    verdict({ state: 'within' }),
    verdict({ state: 'ignored' }),
    verdict({ state: 'no_baseline', actual: null }),
  ]
  const found = words.findings(heldIn(resultWith({ scenarios: [scenarioResult({ budget })] })))
  expect(found.map(({ verdict: { state, level, actual } }) => [state, level, actual])).toEqual([
    ['over', 'error', '800'],
    ['over', 'error', '410'],
    ['unknown', 'error', null],
    ['over', 'warn', '900'],
    ['near', 'error', '390'],
  ])
})

describe('the outcome', () => {
  const of = (budget: readonly Verdict[], faults: readonly Fault[] = []): string =>
    words.outcome(resultWith({ scenarios: [scenarioResult({ budget })], check: checkOf({ faults }) }), { faults })
  const over = verdict({ state: 'over', actual: '500', over_by: '100' })

  it.each<[string, string]>([
    [of([]), 'no limit is set'],
    [of([verdict()]), 'within budget'],
    [of([verdict(), verdict({ state: 'no_baseline', actual: null })]), 'within budget'],
    [of([verdict(), verdict({ state: 'near' })]), 'within budget, 1 warning'],
    [
      of([
        { ...over, level: 'warn' },
        { ...over, level: 'warn' },
      ]),
      'within budget, 2 warnings',
    ],
    [of([over]), '1 budget exceeded'],
    [of([over, over, verdict({ state: 'unknown', actual: null })]), '2 budgets exceeded, 1 limit unknown'],
    // Two faults of one file are one scenario; a fault of no file stands for itself.
    [of([], [fault(), fault(), fault({ file: null })]), '2 scenarios cannot be checked'],
  ])('%s', (found, expected) => {
    expect(found).toBe(expected)
  })
})

it('names the baseline, or why there is none', () => {
  const commit = '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d'
  const of = (kind: 'file' | 'git' | 'none', name: string | null, own = {}): string =>
    words.groundsOf(checkOf({ baseline: { kind, name, commit: null, reason: null, ...own } }))
  expect(of('file', 'base.json')).toBe('Baseline: base.json')
  expect(of('git', 'git:main', { commit })).toBe('Baseline: git:main at 1a2b3c4d5e6f')
  expect(of('none', null, { reason: 'git:main has no such file' })).toBe('No baseline: git:main has no such file')
})
