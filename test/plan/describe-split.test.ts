import { describe, expect, it } from 'vitest'
import { priceScenario } from '../../src/cost/fleet/price-scenario.ts'
import { exact } from '../../src/model/number/money.ts'
import type { Scenario } from '../../src/model/scenario/scenario.ts'
import type { Fraction } from '../../src/plan/cheapest-split.ts'
import { describeSplit } from '../../src/plan/describe-split.ts'
import { findCandidates } from '../../src/plan/find-candidates.ts'
import { bookWith, fleetWith, MILLION, modelWith, priced, scenarioWith, type Wish } from '../cost/build.ts'

const at = '2026-01-01'
const row = { input: '10', cache_read: '1', output: '20' }
const book = bookWith({ models: [modelWith(), modelWith({ id: 'dear', row })] })

const fraction = (numerator: bigint, denominator: bigint): Fraction => ({ numerator, denominator })

/** A workload split over demo at 10 points and dear at 20, or so many as are given. */
const split = (
  wish: Wish,
  shares: Readonly<Record<string, Fraction>>,
  {
    own = scenarioWith({ ...wish, model: 'dear' }),
    scores = { demo: 10, dear: 20 },
  }: { readonly own?: Scenario; readonly scores?: Readonly<Record<string, number>> } = {},
) => {
  const { candidates } = findCandidates(
    Object.keys(shares).map(model => scenarioWith({ ...wish, model })),
    {
      of: ({ model: { id } }) =>
        scores[id] === undefined ? null : { quality: exact(scores[id]), interval: null, variant: null, from: 'call' },
      warnings: () => [],
    },
    { priced: priced(book), options: { at, view: 'cached', lenient: false, skipped: [] } },
  )
  return describeSplit(
    { shares: Object.entries(shares).map(([model, share]) => ({ model, share })) },
    {
      candidates,
      own: priceScenario(own, book, at),
      priced: priced(book),
      terms: { minimum: '12.5', asked: true, keep: [{ models: ['dear'], share: exact('0.05') }] },
      view: 'cached',
    },
  )
}

describe('a split', () => {
  const quarter = { demo: fraction(3n, 4n), dear: fraction(1n, 4n) }
  /** $8 on demo, $80 on dear. */
  const eight: Wish = { traffic: { requests: 8 }, request: { turn: MILLION } }

  it('says what it was asked for', () => {
    expect(split(eight, quarter)).toMatchObject({
      min_quality: '12.5',
      min_quality_from: 'call',
      keep: [{ models: ['dear'], share: 0.05 }],
    })
  })

  it('has its shares, its mean quality, its cost and what it saves: 6 + 20 of 80; 0.75 × 10 + 0.25 × 20', () => {
    const found = split(eight, quarter)
    expect(found.legs).toEqual([
      { model: 'demo', share: 0.75, fraction: '3/4', requests: 6 },
      { model: 'dear', share: 0.25, fraction: '1/4', requests: 2 },
    ])
    expect(found).toMatchObject({ quality: '12.5', mean_cost: '26', colder: false })
    expect([found.costs.headline, found.saving.headline]).toEqual(['26', 0.675])
    expect([found.costs.batch, found.saving.batch, found.saving.self_hosted]).toEqual([null, null, null])
  })

  it('is a whole where one model serves all', () => {
    expect(split(eight, { demo: fraction(1n, 1n) }).legs).toMatchObject([{ share: 1, fraction: '1', requests: 8 }])
  })

  it('has no mean quality where a model has no score, nor requests where there are totals', () => {
    expect(split(eight, quarter, { scores: { demo: 10 } }).quality).toBeNull()
    const totals = { totals: { input: MILLION, output: 0 }, cache: { policy: 'none' } } as const
    expect(split(totals, quarter).legs.map(({ requests }) => requests)).toEqual([null, null])
  })

  // Alone, demo sends 1M of 4M cold: 1 + 0.3; dear 10 + 3. Half of each is $7.15. As a split each sends 1M cold and
  // reads 1M: 1.1 + 11 = 12.1.
  it('is colder than its models alone, where each has to warm a cache of its own', () => {
    const half = { demo: fraction(1n, 2n), dear: fraction(1n, 2n) }
    const found = split({ traffic: { requests: 4 }, request: { shared: MILLION } }, half)
    expect(found).toMatchObject({ mean_cost: '7.15', colder: true })
    expect(found.costs.cached).toBe('12.1')
    // Against dear alone.
    expect(found.saving.cached).toBeCloseTo(1 - 12.1 / 13, 12)
  })

  // $5 for 1,000 requests are $0.04 for 8.
  it('pays the router that the scenario has', () => {
    const own = fleetWith({ legs: [{ model: 'dear', share: 1 }], router_usd_per_1k: '5', baselines: [] }, eight)
    const found = split(eight, quarter, { own })
    expect([found.costs.headline, found.mean_cost]).toEqual(['26.04', '26'])
    expect(found.saving.headline).toBeCloseTo(1 - 26.04 / 80.04, 12)
  })
})
