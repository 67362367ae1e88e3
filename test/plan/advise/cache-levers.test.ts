import { describe, expect, it } from 'vitest'
import type { CacheRule } from '../../../src/model/book/book.ts'
import { bookWith, modelWith, type Parts } from '../../cost/build.ts'
import { advised, named, offers } from './bench.ts'

/** $1 in, $0.10 read, $1.25 written for five minutes, $2 for an hour, per 1M tokens. */
const rule: Partial<CacheRule> = {
  match: 'marks',
  marks: 'caller',
  lifetimes: [
    { ttl_s: 300, write: 'cache_write' },
    { ttl_s: 3600, write: 'cache_write_1h' },
  ],
}
const row = { cache_write: '1.25', cache_write_1h: '2' }
const bookOf = (parts: Parts = {}) => bookWith({ rule, row, ...parts })

const once = { model: 'demo', request: { shared: '1M', turn: '1M' } }
const twice = { model: 'demo', request: { shared: '1M', turns: 2, turn_gap: '10m' } }

describe('the cache of one model', () => {
  // A single request writes 1M that nobody reads: 1.25 + 1, against 2 without a cache.
  it('is left off where nothing is read again', async () => {
    const advice = await advised(once, bookOf())
    expect(offers(advice, 'cache', 'no_cache')).toEqual([['caching left off', '0.25', 'cache=none']])
    expect(named(advice).nothing).toContain('other cache marks or lifetimes')
  })

  // Ten requests in a run: 1.25 + 9 × 0.1 + 10, against 20 without; more marks only write more.
  it('is left as it is where it saves', async () => {
    const advice = await advised({ ...once, traffic: { requests: 10 } }, bookOf())
    expect(offers(advice, 'cache', 'no_cache')).toEqual([])
    expect(named(advice).nothing).toContain('caching left off')
  })

  // Marks at the end of the prompt write all of it: 2 × 1.25; at `shared` alone 1.25 + 1.
  it('takes marks away that write in vain', async () => {
    const advice = await advised({ ...once, cache: { marks: ['prompt'] } }, bookOf())
    expect(offers(advice, 'cache', 'no_cache')).toEqual([
      ['caching left off', '0.5', 'cache=none'],
      ['cache marks at the end of shared', '0.25', 'cache={policy: prefix, marks: [shared]}'],
    ])
    expect(advice.levers.find(({ kind }) => kind === 'cache')?.adds_up?.how).toBe('instead')
  })

  // Ten minutes between two calls: five minutes are too short, 2 × 1.25; an hour is written once and read once, 2 + 0.1.
  it('keeps prefixes longer where that saves', async () => {
    const advice = await advised(twice, bookOf())
    expect(offers(advice, 'cache')).toEqual([['cached prefixes kept 1 h', '0.4', 'cache={policy: prefix, ttl: 3600s}']])
  })

  it('is not left off where the provider always writes', async () => {
    const advice = await advised(once, bookOf({ rule: { ...rule, marks: 'newest' } }))
    expect(offers(advice, 'no_cache')).toEqual([])
    expect(named(advice).refused).toContain('caching left off')
  })

  // 2 × 1M in, of which the second is read: 1 + 0.1 against 2.
  it('is switched on where the scenario has none', async () => {
    const advice = await advised({ ...twice, request: { shared: '1M', turns: 2 }, cache: 'none' }, bookWith())
    expect(offers(advice, 'cache')).toEqual([['prompt caching', '0.9', 'cache=prefix']])
  })

  it.each([
    { it: 'under totals', scenario: { model: 'demo', totals: { input: '1M', output: 0 } } },
    { it: 'in the view of list prices', scenario: { ...once, budget: { view: 'headline', per_period: 1 } } },
  ])('has no lever $it', async ({ scenario }) => {
    expect(offers(await advised(scenario, bookOf()), 'cache', 'no_cache')).toEqual([])
  })

  it('has no lever where nothing is cached', async () => {
    const advice = await advised(once, bookWith({ row: { cache_read: 'not_offered' } }))
    expect([...offers(advice, 'cache', 'no_cache'), ...named(advice).nothing]).not.toContain('caching left off')
  })
})

describe('the cache of a fleet', () => {
  const book = bookOf({ models: [modelWith({ id: 'a', row }), modelWith({ id: 'b', row })] })
  const legs = [
    { model: 'a', share: '50%' },
    { model: 'b', share: '50%', cache: { marks: ['prompt'] } },
  ]

  // Half a request each: b writes 2M × 1.25 and would bill 2M × 1 without marks; a writes 1M × 1.25.
  it('is chosen leg by leg', async () => {
    const advice = await advised({ ...once, model: undefined, routing: { legs } }, book)
    expect(offers(advice, 'cache')).toEqual([
      ['no cache marks on b', '0.25', 'routing.legs.1.cache={marks: []}'],
      ['no cache marks on a', '0.125', 'routing.legs.0.cache={marks: []}'],
    ])
  })

  // Four calls ten minutes apart: 4 × 1.25 against 2 + 3 × 0.1, half of it on each leg.
  it('has a lifetime for each leg', async () => {
    const routing = { legs: legs.map(({ model, share }) => ({ model, share })) }
    const advice = await advised({ routing, request: { ...twice.request, turns: 4 } }, book)
    expect(offers(advice, 'cache')).toEqual([
      ['cached prefixes kept 1 h on a', '1.35', 'routing.legs.0.cache={ttl: 3600s}'],
      ['cached prefixes kept 1 h on b', '1.35', 'routing.legs.1.cache={ttl: 3600s}'],
    ])
    expect(advice.levers.find(({ leg }) => leg === 1)?.adds_up).toEqual({ how: 'whole', saving: '1.35' })
  })

  it('is switched on for the fleet', async () => {
    const routing = { legs: legs.map(({ model, share }) => ({ model, share })) }
    // Four calls within the lifetime: 1.25 + 3 × 0.1 against 4.
    const request = { shared: '1M', turns: 4 }
    expect(offers(await advised({ routing, request, cache: 'none' }, book), 'cache')).toEqual([
      ['prompt caching', '2.45', 'cache=prefix'],
    ])
  })
})
