import { describe, expect, it } from 'vitest'
import { marksFor, refuseForcedWrites } from '../../../src/cost/api/cache-choice.ts'
import { offerAt } from '../../../src/cost/rates/price-at.ts'
import { estimate } from '../../../src/cost/result/estimate.ts'
import { faultsOf } from '../../../src/errors/index.ts'
import type { CacheRule } from '../../../src/model/book/book.ts'
import type { CachePolicy } from '../../../src/model/scenario/scenario.ts'
import { bookWith, costsOf, fleetWith, priced, resultOf, scenarioWith } from '../build.ts'

const PAID = [{ ttl_s: 300, write: 'cache_write' }] as const
const marked = (rule: Partial<CacheRule> = {}) =>
  bookWith({ row: { cache_write: '1.25' }, rule: { match: 'marks', lifetimes: PAID, ...rule } })
const NEWEST = { marks: 'newest' } as const

const refused = (cache: CachePolicy, rule: Partial<CacheRule>) => {
  try {
    refuseForcedWrites(scenarioWith({ cache }), offerAt(marked(rule), 'demo', '2026-01-01'))
  } catch (error) {
    return faultsOf(error).map(({ code, exit, path }) => ({ code, exit, path }))
  }
  return []
}

describe('cache: none', () => {
  it('cannot be had where the provider marks the newest message in any case', () => {
    expect(refused({ policy: 'none' }, NEWEST)).toEqual([{ code: 'CACHE_NOT_OPTIONAL', exit: 2, path: ['cache'] }])
  })

  it('can where an explicit mode leaves that off, or the caller sets the marks', () => {
    expect(refused({ policy: 'none' }, { ...NEWEST, optional: true })).toEqual([])
    expect(refused({ policy: 'none' }, {})).toEqual([])
    expect(refused({ policy: 'prefix' }, NEWEST)).toEqual([])
  })
})

it('the default marks go by the calls that a model serves', () => {
  const offer = offerAt(marked(), 'demo', '2026-01-01')
  const talk = scenarioWith({ request: { turns: 4, history: true } })
  const served = (first: number, last: number) => marksFor(talk, offer, { times: 1, of: 1, first, last }).caller
  expect(served(1, 4)).toEqual(['shared', 'session', 'prompt'])
  expect(served(4, 4)).toEqual(['shared'])
})

// 2,000 shared, 1,000 more: $1 in, $0.10 read, $1.25 written, in millionths.
describe('in the figures', () => {
  const request = { shared: 2000, turn: 1000 }
  const ten = { traffic: { requests: 10 }, request }
  it.each<{ it: string; cache?: CachePolicy; rule?: Partial<CacheRule>; cached: string; marks: readonly string[] }>([
    // 2,500 + 9 × 200 + 10 × 1,000
    { it: 'a careful caller marks shared', cached: '0.0143', marks: ['shared'] },
    // 10 × 3,000 × 1.25
    { it: 'the provider’s own mark writes everything', rule: NEWEST, cached: '0.0375', marks: ['prompt'] },
    {
      it: 'which marks of one’s own end where it is optional',
      rule: { ...NEWEST, optional: true },
      cache: { policy: 'prefix', marks: ['shared'] },
      cached: '0.0143',
      marks: ['shared'],
    },
    {
      // 3,000 × 1.25 + 9 × (2,000 × 0.1 + 1,000 × 1.25)
      it: 'and join where it is not',
      rule: NEWEST,
      cache: { policy: 'prefix', marks: ['shared'] },
      cached: '0.0168',
      marks: ['shared', 'prompt'],
    },
    { it: 'no marks, no writes', cache: { policy: 'prefix', marks: [] }, cached: '0.03', marks: [] },
  ])('$it', ({ cache = { policy: 'prefix' }, rule = {}, cached, marks }) => {
    const found = resultOf({ ...ten, cache }, marked(rule))
    expect(found.costs.cached).toBe(cached)
    expect(found.cache.marks).toEqual(marks)
  })

  it('a write rate that nobody knows makes cached unknown; one that is not offered is input, and counted as input', () => {
    const book = (cache_write: null | 'not_offered') =>
      bookWith({ row: { cache_write }, rule: { match: 'marks', lifetimes: PAID } })
    expect(costsOf(ten, book(null))).toMatchObject({ headline: '0.03', cached: null })
    const found = resultOf(ten, book('not_offered'))
    // 12,000 × 1 + 18,000 × 0.1
    expect(found.costs.cached).toBe('0.0138')
    expect(found.tokens).toMatchObject({ input: 12_000, cache_read: 18_000, cache_write: 0 })
  })

  it('a leg has marks of its own', () => {
    const legs = [
      { model: 'demo', share: 0.5, cache: { marks: [] } },
      { model: 'demo', share: 0.5 },
    ]
    const [found] = estimate([fleetWith({ legs }, ten)], priced(marked()), '2026-01-01').scenarios
    expect(found?.routing?.legs.map(({ cache }) => cache.marks)).toEqual([[], ['shared']])
    // 5 × 3,000; 2,500 + 4 × 200 + 5 × 1,000
    expect(found?.routing?.legs.map(({ costs }) => costs.cached)).toEqual(['0.015', '0.0083'])
  })

  it('marks for a model that does not match by them are left aside, with one note', () => {
    const found = resultOf({ ...ten, cache: { policy: 'prefix', marks: ['shared'] } }, bookWith())
    expect(found.assumptions.filter(({ code }) => code === 'MARKS_LEFT_ASIDE')).toHaveLength(1)
    expect(found.cache.marks).toBeNull()
    expect(found.costs.cached).toBe(resultOf(ten).costs.cached)
  })
})
