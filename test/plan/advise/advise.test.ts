import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookWith, modelWith } from '../../cost/build.ts'
import { runs } from '../../laws.ts'
import { advised, named } from './bench.ts'

const source = 'made-up'

describe('advice', () => {
  it('names its base, and what it was asked for', async () => {
    const scenario = { model: 'demo', request: { turn: '1M', turns: 2 }, traffic: { requests: 10, per: 'day' } }
    const { base, ...advice } = await advised(scenario, bookWith(), { minQuality: '1300.50', score: 'eci' })
    // Ten conversations of two calls, nothing to read: $2 each, 730/24 days.
    expect(base).toEqual({ view: 'cached', cost: '608.333333333333', per_request: '2', bound: null })
    expect(advice).toMatchObject({
      schema: 'dsprice/advice/1',
      scenario: { name: 'demo', file: 'stdin', model: 'demo', per: 'month', talks: true },
      terms: { require: [], min_quality: '1300.5', score: 'eci', models: 0, cheaper: 0 },
      plan: null,
    })
  })

  it('is about the view of the budget', async () => {
    const scenario = { model: 'demo', request: { shared: '1M' }, budget: { view: 'headline', per_period: 9 } }
    expect((await advised(scenario, bookWith())).base).toMatchObject({ view: 'headline', cost: '1' })
  })

  it('is about the list price where nothing more is known', async () => {
    const scenario = { model: 'demo', totals: { input: '1M', output: 0 } }
    expect((await advised(scenario, bookWith())).base).toMatchObject({ view: 'headline', per_request: null })
  })

  it('has no lever for a bill of nothing', async () => {
    const free = { input: '0', cache_read: '0', output: '0' }
    const advice = await advised({ model: 'demo', request: { turn: '1M' } }, bookWith({ row: free }), { plan: true })
    expect(advice.levers).toEqual([])
    expect(advice.plan).toMatchObject({ steps: [], cost: '0', saving_share: null })
  })

  it('has no lever of an unknown rate', async () => {
    const row = { cache_read: null, batch: { input: null, output: '1' } } as const
    const advice = await advised({ model: 'demo', request: { shared: '1M', turns: 2 } }, bookWith({ row }))
    expect(advice.base.view).toBe('headline')
    expect(named(advice).refused).toContain('the batch tier')
    expect(advice.levers.map(({ kind }) => kind)).toEqual(['less'])
  })

  it('refuses what estimate refuses', async () => {
    await expect(advised({ model: 'nobody', request: { turn: 1 } }, bookWith())).rejects.toThrow('nobody')
  })
})

const rate = fc.integer({ min: 1, max: 50 }).map(tenths => String(tenths / 10))
const tokens = fc.integer({ min: 0, max: 3000 })

const rows = fc.record({
  input: rate,
  cache_read: fc.oneof(rate, fc.constant('not_offered' as const), fc.constant(null)),
  cache_write: rate,
  cache_write_1h: rate,
  output: rate,
  services: fc.constantFrom({}, { flex: { factor: '0.7', source } }),
})

const rules = fc.constantFrom(
  {},
  { match: 'units' as const, block: 64 },
  ...(['caller', 'newest'] as const).map(marks => ({
    match: 'marks' as const,
    marks,
    lifetimes: [
      { ttl_s: 300, write: 'cache_write' as const },
      { ttl_s: 3600, write: 'cache_write_1h' as const },
    ],
  })),
)

const books = fc
  .record({
    rule: rules,
    batch: fc.constantFrom('not_offered' as const, { discount: '0.5', stacking: 'multiply' as const, source }),
    rows: fc.tuple(rows, rows, rows),
  })
  .map(({ rule, batch, rows: all }) =>
    bookWith({ rule, provider: { batch }, models: all.map((row, i) => modelWith({ id: `m${i}`, row })) }),
  )

const scenarios = fc
  .record({
    shared: tokens,
    turn: tokens,
    output: tokens,
    turns: fc.integer({ min: 1, max: 3 }),
    history: fc.boolean(),
    turn_gap: fc.constantFrom('30s', '20m'),
  })
  .chain(request =>
    fc
      .record({
        serving: fc.constantFrom<object>(
          { model: 'm0' },
          { routing: { legs: ['m0', 'm1'].map(model => ({ model, share: '50%' })) } },
        ),
        traffic: fc.record({ requests: fc.integer({ min: 1, max: 500 }), per: fc.constantFrom('run', 'day') }),
        quality: fc.constantFrom<object>({}, { quality: { m0: 20, m1: 10, m2: 30 } }),
      })
      .map(({ serving, traffic, quality }) => ({ ...serving, ...quality, traffic, request })),
  )

// `advised` holds every lever against the estimate of its keys, and the plan against all of them.
it('is what estimate says of its keys, and adds up, on any book', async () => {
  await fc.assert(
    fc.asyncProperty(books, scenarios, async (book, scenario) => {
      await advised(scenario, book, { plan: true })
    }),
    { numRuns: runs(40) },
  )
}, 120_000)
