import { describe, expect, it } from 'vitest'
import { bookWith, codesOf, type Parts, resultOf, type Wish } from '../../build.ts'

const assumed = (wish: Wish, parts: Parts = {}): string[] => codesOf(resultOf(wish, bookWith(parts)).assumptions)
const warned = (wish: Wish, parts: Parts = {}): string[] => codesOf(resultOf(wish, bookWith(parts)).warnings)
const SOME = { request: { turn: 10 } }
const SHARED = { request: { shared: 10, turn: 10 } }

describe('assumptions', () => {
  it('says what stands behind the cached view of a run and of paced traffic', () => {
    expect(assumed({ traffic: { requests: 2 }, ...SHARED })).toEqual([
      'IDEAL_IS_A_BOUND',
      'CACHE_RULE',
      'DEFAULT_LIFETIME',
      'RUN_BACK_TO_BACK',
    ])
    expect(assumed({ traffic: { per: 'day' }, defaults: ['traffic.profile'], ...SHARED })).toEqual([
      'IDEAL_IS_A_BOUND',
      'CACHE_RULE',
      'DEFAULT_LIFETIME',
      'POISSON_ARRIVALS',
      'FLAT_TRAFFIC',
    ])
  })

  it('leaves out what was stated', () => {
    expect(assumed({ ...SOME, cache: { policy: 'none' } })).toEqual(['IDEAL_IS_A_BOUND'])
    expect(assumed({ ...SOME, cache: { policy: 'prefix', ttl_s: 60 } })).toEqual(['IDEAL_IS_A_BOUND', 'CACHE_RULE'])
  })

  it('says nothing of lifetimes and arrivals where nothing that is sent could be found again', () => {
    expect(assumed({ traffic: { requests: 2 }, ...SOME })).toEqual(['IDEAL_IS_A_BOUND', 'CACHE_RULE'])
    expect(assumed({ traffic: { per: 'day' }, defaults: ['traffic.profile'], ...SOME })).toEqual([
      'IDEAL_IS_A_BOUND',
      'CACHE_RULE',
    ])
    // Within a conversation a lifetime matters, but no arrival does.
    expect(assumed({ traffic: { per: 'day' }, request: { session: 10, turns: 2 } })).toEqual([
      'IDEAL_IS_A_BOUND',
      'CACHE_RULE',
      'DEFAULT_LIFETIME',
    ])
  })

  it('says nothing of a cache where no reads are offered', () => {
    const parts = { row: { cache_read: 'not_offered' } } as const
    expect(assumed({ traffic: { per: 'day' }, ...SHARED }, parts)).toEqual([])
    expect(warned({ ...SHARED, cache: { policy: 'hit_share', hit_share: 0.5 } }, parts)).toEqual(['NO_CACHE_OFFERED'])
    const { cache } = resultOf({ traffic: { requests: 2 }, ...SHARED }, bookWith(parts))
    expect(cache).toMatchObject({ hit_share: 0, warm_share: null, rule: null, match: null })
  })

  it('names only views that have a figure', () => {
    const { assumptions } = resultOf({ traffic: { requests: 2 }, ...SHARED })
    expect(assumptions.map(({ views }) => views)).toEqual([['cached_ideal'], ['cached'], ['cached'], ['cached']])
    const batch = { discount: '0.5', stacking: 'multiply', source: 'made-up' } as const
    const both = resultOf({ traffic: { requests: 2 }, ...SHARED }, bookWith({ provider: { batch } }))
    expect(both.assumptions[1]?.views).toEqual(['cached', 'batch_cached'])
  })
})
