import { describe, expect, it } from 'vitest'
import type { ScenarioResult } from '../../../src/model/result/result.ts'
import { answerInWords, toldView } from '../../../src/report/estimate/answer-in-words.ts'
import { everyView, type ScenarioParts, scenarioResult } from '../documents.ts'

type Costs = Partial<ScenarioResult['costs']>

const costs = (own: Costs): ScenarioResult['costs'] => ({ ...everyView(null), ...own })

/** Two requests of two calls a working day, expected with caching, unless the test says otherwise. */
const daily = ({ input = {}, ...own }: Omit<ScenarioParts, 'input'> & { input?: object } = {}): ScenarioResult => {
  const base = scenarioResult({ per: 'day', ...own })
  const traffic = { ...base.input.traffic, per: 'day' as const, weekdays_only: true }
  return {
    ...base,
    tokens: { ...base.tokens, cache_read: 500 },
    cache: { ...base.cache, policy: 'prefix' },
    ...(own.cache ? { cache: own.cache } : {}),
    ...(own.tokens ? { tokens: own.tokens } : {}),
    input: { ...base.input, traffic, request: { turns: 2 } as never, ...input },
  }
}

describe('the first sentence', () => {
  it('has the cost of the period, the month and the conversation, and the cheaper way on offer', () => {
    const scenario = daily({
      costs: costs({ headline: '100', cached: '66.79', batch: '33.395' }),
      per_month: costs({ cached: '1451.1' }),
      per_request: costs({ cached: '0.00834875' }),
      answer: { view: 'cached', cheapest: 'batch' },
    })
    // 33.395 rounds half to even, to 33.40; it is half of 66.79.
    expect(answerInWords(scenario)).toBe(
      '$66.79 a working day, $1,451 a month, $0.0083 a conversation, expected with caching; cheapest on offer: batch, $33.40 a working day (−50%).',
    )
  })

  it.each<{ it: string; scenario: ScenarioResult; said: string }>([
    {
      it: 'says so where nothing on offer is cheaper',
      scenario: daily({ costs: costs({ cached: '5' }), per_month: null }),
      said: '$5.00 a working day, expected with caching; the cheapest way on offer.',
    },
    {
      it: 'claims nothing of the cheapest where the result does not',
      scenario: (({ answer: _, ...old }) => old)(daily({ costs: costs({ cached: '5' }), per_month: null })),
      said: '$5.00 a working day, expected with caching.',
    },
    {
      it: 'has both ends of a range',
      scenario: daily({
        costs: costs({ headline: '10', cached: { low: '4', high: '6' }, batch: { low: '3', high: '4.5' } }),
        per_month: null,
        answer: { view: 'cached', cheapest: 'batch' },
      }),
      // The middles are 5 and 3.75: 25% less.
      said: '$4.00 to $6.00 a working day, expected with caching; cheapest on offer: batch, $3.00 to $4.50 a working day (−25%).',
    },
    {
      it: 'takes the list price where the expected cost is unknown, and says that it is',
      scenario: daily({
        costs: costs({ headline: '0.65' }),
        per_month: null,
        answer: { view: 'headline', cheapest: 'headline' },
      }),
      said: '$0.65 a working day, at list price; the cheapest way on offer; the cost with caching is unknown.',
    },
    {
      it: 'says why no cost is known',
      scenario: daily({
        cost: null,
        per_month: null,
        answer: { view: null, cheapest: null },
        reasons: { headline: 'the rate is not published' },
      }),
      said: 'no cost is known: the rate is not published.',
    },
    {
      it: 'is "at least" where the row is a bound',
      scenario: daily({
        costs: costs({ cached: '9', batch_cached: '5' }),
        per_month: null,
        bounds: { batch_cached: 'it takes the hits of cached' },
        answer: { view: 'batch_cached', cheapest: 'cached' },
        input: { budget: { view: 'batch_cached' } },
      }),
      // 9 is 80% above 5.
      said: 'at least $5.00 a working day, in batch with caching; cheapest on offer: cached, $9.00 a working day (+80%).',
    },
    {
      it: 'names the cluster of a range without a percentage',
      scenario: daily({
        costs: costs({ cached: '9', self_hosted: { low: '1', high: '3' } }),
        per_month: null,
        answer: { view: 'cached', cheapest: 'self_hosted' },
      }),
      said: '$9.00 a working day, expected with caching; cheapest on offer: self-hosted, $1.00 to $3.00 a working day.',
    },
    {
      it: 'of a fleet on a cluster is that of its view',
      scenario: daily({
        costs: costs({ cached: '9', self_hosted: '9' }),
        per_month: null,
        answer: { view: 'self_hosted', cheapest: 'self_hosted' },
        input: { budget: { view: 'self_hosted' } },
      }),
      said: '$9.00 a working day, on your own cluster; the cheapest way on offer.',
    },
    {
      it: 'of a free model is $0.00, not nothing',
      scenario: daily({
        costs: costs({ cached: '0', batch: '0' }),
        per_month: null,
        answer: { view: 'cached', cheapest: 'batch' },
      }),
      said: '$0.00 a working day, expected with caching; cheapest on offer: batch, $0.00 a working day.',
    },
  ])('$it', ({ scenario, said }) => {
    expect(answerInWords(scenario)).toBe(said)
  })

  it('of one run of one request says its cost once, and of totals has no cost per request', () => {
    const run = scenarioResult({
      per: 'run',
      costs: costs({ cached: '0.7308' }),
      per_request: costs({ cached: '0.7308' }),
    })
    expect(answerInWords(run)).toBe('$0.73 a run, nothing cached; the cheapest way on offer.')
    const totals = scenarioResult({ costs: costs({ cached: '12' }), per_request: null })
    expect(answerInWords(totals)).toBe('$12.00 a month, nothing cached; the cheapest way on offer.')
  })

  it.each([
    ['ideal', 0.9, 'with all input cached, as the scenario says'],
    ['usage', 0.9, 'with the cached tokens that the scenario states'],
    ['hit_share', 0.85, 'with 85.0% of the input cached, as the scenario says'],
    ['prefix', 0.9, 'expected with caching'],
  ])('says what a cached cost rests on: %s', (policy, hit_share, said) => {
    const { cache } = daily()
    const scenario = daily({ costs: costs({ cached: '5' }), per_month: null, cache: { ...cache, policy, hit_share } })
    expect(answerInWords(scenario)).toContain(`$5.00 a working day, ${said};`)
  })

  it('says that there was nothing to read', () => {
    const { tokens } = daily()
    const scenario = daily({ costs: costs({ cached: '5' }), per_month: null, tokens: { ...tokens, cache_read: 0 } })
    expect(answerInWords(scenario)).toContain('with nothing to read from a cache')
  })
})

it('a result without an answer is told by its expected cost, else its list price', () => {
  const { answer: _, ...old } = scenarioResult()
  expect(toldView(old)).toBe('cached')
  expect(toldView({ ...old, costs: costs({ headline: '1' }) })).toBe('headline')
  expect(toldView({ ...old, costs: costs({}) })).toBeNull()
})
