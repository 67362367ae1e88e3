import { describe, expect, it } from 'vitest'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import { exact } from '../../../src/model/number/money.ts'
import type { CostView } from '../../../src/model/views.ts'
import { figuresOf, isCheaper, savingOf } from '../../../src/plan/advise/saving.ts'
import type { Trial } from '../../../src/plan/advise/trial.ts'
import { bookWith, scenarioWith, type Wish } from '../../cost/build.ts'

const trialOf = (low: string, high = low, { view = 'cached', ...wish }: Wish & { view?: CostView } = {}): Trial => {
  const scenario = scenarioWith({ request: { turn: 1 }, ...wish })
  return {
    set: [],
    served: { scenario, written: { name: 'demo', tags: {}, traffic: scenario.traffic, cache: 'prefix' } },
    priced: priceScenario(scenario, bookWith(), '2026-01-01'),
    view,
    cost: exact(low).plus(high).times('0.5'),
    ends: { low: exact(low), high: exact(high) },
  }
}

describe('figures', () => {
  // A day is 730/24 of a month; ten requests a day.
  it('are of a month and of a request', () => {
    const daily = trialOf('24', '24', { traffic: { requests: 10, per: 'day' } })
    expect(figuresOf(daily)).toEqual({ view: 'cached', cost: '730', per_request: '2.4' })
    expect(figuresOf(trialOf('24', '48'))).toEqual({
      view: 'cached',
      cost: { low: '24', high: '48' },
      per_request: { low: '24', high: '48' },
    })
    expect(figuresOf(trialOf('24', '24', { totals: { input: 1, output: 0 } })).per_request).toBe(null)
  })
})

describe('a saving', () => {
  it('goes end by end where both rest on the same counts', () => {
    expect(savingOf(trialOf('1', '3'), trialOf('4', '8'))).toEqual({
      saving: { low: '3', high: '5' },
      saving_share: 4 / 6,
    })
    expect(savingOf(trialOf('1', '6'), trialOf('4', '8')).saving).toEqual({ low: '2', high: '3' })
  })

  it('goes from the worst to the best where the cluster varies apart', () => {
    const cluster = trialOf('1', '6', { view: 'self_hosted' })
    expect(savingOf(cluster, trialOf('4', '8')).saving).toEqual({ low: '-2', high: '7' })
  })

  it('has no share of nothing', () => {
    expect(savingOf(trialOf('0'), trialOf('0'))).toEqual({ saving: '0', saving_share: null })
  })

  it('is no rounding', () => {
    expect(isCheaper(trialOf('1'), trialOf('2'))).toBe(true)
    expect(isCheaper(trialOf('2'), trialOf('2'))).toBe(false)
    expect(isCheaper(trialOf('1'), trialOf(`1.${'0'.repeat(44)}1`))).toBe(false)
  })
})
