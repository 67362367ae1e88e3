import { describe, expect, it } from 'vitest'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import { viewCeiling } from '../../../src/cost/fleet/view-ceiling.ts'
import { savedShare } from '../../../src/cost/result/describe-fleet.ts'
import { exact } from '../../../src/model/number/money.ts'
import { bookWith, clusterWith, fleetWith, modelWith } from '../build.ts'

const ends = (low: string, high: string) => ({ low: exact(low), high: exact(high) })

describe('a saving against a baseline', () => {
  // 1 − 60/100 = 0.4 and 1 − 80/160 = 0.5.
  it('is taken end by end where both rest on the same counts', () => {
    expect(savedShare(ends('60', '80'), ends('100', '160'), false)).toEqual({ low: 0.4, high: 0.5 })
  })

  // The least: the dearest fleet against the cheapest baseline, 1 − 80/100; the most: 1 − 60/160.
  it('is the widest where the price of a cluster goes its own way', () => {
    const saved = savedShare(ends('60', '80'), ends('100', '160'), true)
    expect(saved).toEqual({ low: expect.closeTo(0.2, 12), high: expect.closeTo(0.625, 12) })
  })

  it('is not known against nothing', () => {
    expect(savedShare(ends('60', '80'), ends('0', '160'), false)).toBeNull()
    expect(savedShare(null, ends('100', '160'), false)).toBeNull()
  })
})

// One node at $10 to $20 an hour, paid all day: $240 to $480. Beside it a conversation of 3 × 1,010 tokens in a batch at
// $0.50 and three answers of 5 at $1, without a hit: $0.00153.
it('what a fleet cannot cost more than holds the dear end of its cluster', () => {
  const legs = [
    { model: 'demo', share: 0.5 },
    { model: 'own', share: 0.5, self_host: true as const },
  ]
  const fleet = fleetWith(
    { legs, baselines: [] },
    {
      traffic: { requests: 2, per: 'day' },
      request: { turns: 3, shared: 1000, turn: 10, output: 5 },
      self_host: clusterWith({ model: 'own', usd_per_node_hour: { low: '10', high: '20' } }),
    },
  )
  const batch = { discount: '0.5', stacking: 'multiply', source: 'made-up' } as const
  const book = bookWith({ models: [modelWith(), modelWith({ id: 'own' })], provider: { batch } })
  const most = viewCeiling(priceScenario(fleet, book, '2026-01-01'), 'batch_cached')
  expect(most?.usd.toFixed()).toBe('480.00153')
})
