import { describe, expect, it } from 'vitest'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import { viewCeiling, worstReason } from '../../../src/cost/fleet/view-ceiling.ts'
import { ZERO } from '../../../src/model/number/money.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import type { SelfHost } from '../../../src/model/scenario/self-host.ts'
import { ALL_VIEWS, type CostView } from '../../../src/model/views.ts'
import { about, bookWith, clusterWith, fleetWith, scenarioWith, type Wish } from '../build.ts'

const batch = { discount: '0.5', stacking: 'multiply', source: 'made-up' } as const
/** Hits from 2,000 tokens on. */
const book = bookWith({ rule: { minimum: 2000 }, provider: { batch } })

const ceiling = (scenario: Scenario, view: CostView): string | null => {
  const found = viewCeiling(priceScenario(scenario, book, '2026-01-01'), view)
  return found && `${found.usd.toFixed()} ${found.why}`
}

/** Two requests of 1,000 to 3,000 tokens that all begin alike: only some of these counts are cached. */
const unsure: Wish = { traffic: { requests: 2 }, request: { shared: about(1500, 1000, 3000) } }

describe('the most that a view can cost', () => {
  it('is its high end where counts are exact, or cross no boundary', () => {
    const exactly = scenarioWith({ traffic: { requests: 2 }, request: { shared: 3000 } })
    expect(ALL_VIEWS.map(view => ceiling(exactly, view))).toEqual(Array(6).fill(null))
    expect(ceiling(scenarioWith(unsure), 'headline')).toBeNull()
  })

  // 2 × 1,999 tokens without a hit are dearer than 3,000 and 3,000 hits. At most 6,000 at $1 per 1M.
  it('is every token at the list price where a hit depends on the count', () => {
    expect(ceiling(scenarioWith(unsure), 'cached')).toBe('0.006 band')
  })

  it('has the router in it: 2 at $10 for 1,000', () => {
    const fleet = fleetWith({ legs: [{ model: 'demo', share: 1 }], router_usd_per_1k: '10' }, unsure)
    expect(ceiling(fleet, 'cached')).toBe('0.026 band')
  })

  // Three prompts of 2,000 and no output at half of $1; none of them can wait for another.
  it('is no hit in a batch whose turns would wait for each other', () => {
    const talk = scenarioWith({ request: { turns: 3, session: 2000 } })
    expect([ceiling(talk, 'batch_cached'), ceiling(talk, 'batch')]).toEqual(['0.003 bound', null])
  })
})

describe('the most that a cluster can cost', () => {
  // $86.40 a day are $0.001 a second. 1,000 tokens a second are read, hits ten times as fast.
  const self: Partial<SelfHost> = {
    usd_per_node_hour: { low: '3.6', high: '3.6' },
    rates: { kind: 'phases', prefill: '1000', decode: '100', cached_prefill: '10000' },
  }

  it('is its work without a hit: 6,000 tokens in 6 s, at half of its use', () => {
    const scenario = scenarioWith({ ...unsure, self_host: clusterWith({ ...self, utilisation: 0.5 }) })
    expect(ceiling(scenario, 'self_hosted')).toBe('0.012 band')
  })

  // At 0.05 tokens a second 3,000 are read in 60,000 s, as the others hit; 6,000 would take 120,000 s of 86,400 a day.
  it('is none where it could not serve that', () => {
    const slow = {
      ...self,
      rates: { kind: 'phases', prefill: '0.05', decode: '100', cached_prefill: '10000' },
    } as const
    const talk: Wish = { traffic: { per: 'day' }, request: { turns: 2, session: about(1500, 1000, 3000) } }
    expect(ceiling(scenarioWith({ ...talk, self_host: clusterWith(slow) }), 'self_hosted')).toBe('Infinity band')
  })

  it('is not asked for without a cluster', () => {
    expect(ceiling(scenarioWith(unsure), 'self_hosted')).toBeNull()
  })
})

it('of several reasons the band is the worst: it holds for the figure itself', () => {
  const [band, bound] = (['band', 'bound'] as const).map(why => ({ usd: ZERO, why }))
  expect(worstReason([null, bound ?? null, band ?? null])).toBe('band')
  expect(worstReason([bound ?? null, null])).toBe('bound')
  expect([worstReason([null]), worstReason([])]).toEqual([null, null])
})
