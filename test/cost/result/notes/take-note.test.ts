import { describe, expect, it } from 'vitest'
import { ageDays, ruleInWords } from '../../../../src/cost/result/notes/take-note.ts'
import { bookWith, codesOf, type Parts, resultOf, ruleWith, type Wish } from '../../build.ts'

const warned = (wish: Wish, parts: Parts = {}): string[] => codesOf(resultOf(wish, bookWith(parts)).warnings)
const assumed = (wish: Wish, parts: Parts = {}): string[] => codesOf(resultOf(wish, bookWith(parts)).assumptions)
const SOME = { request: { turn: 10 } }
const SHARED = { request: { shared: 10, turn: 10 } }

describe('warnings', () => {
  it('has none for a plain request', () => {
    expect(warned(SOME)).toEqual([])
  })

  it('calls a price old from the day after its provider’s interval', () => {
    // Reviewed 2026-01-01, every 30 days
    expect(warned({ ...SOME, at: '2026-01-31' })).toEqual([])
    expect(warned({ ...SOME, at: '2026-02-01' })).toEqual(['PRICE_OLD'])
  })

  it.each<{ it: string; wish: Wish; parts?: Parts; codes: readonly string[] }>([
    { it: 'a call that fits to the token', wish: SOME, parts: { model: { context: 10 } }, codes: [] },
    { it: 'a call a token too long', wish: SOME, parts: { model: { context: 9 } }, codes: ['CONTEXT_EXCEEDED'] },
    {
      it: 'an answer a token too long',
      wish: { request: { output: 10 } },
      parts: { model: { max_output: 9 } },
      codes: ['OUTPUT_EXCEEDED'],
    },
    {
      it: 'the context of the row’s own time',
      wish: SOME,
      parts: { model: { context: 1000 }, row: { context: 9 } },
      codes: ['CONTEXT_EXCEEDED'],
    },
    { it: 'a request without tokens', wish: {}, codes: ['NO_TOKENS'] },
  ])('$it: $codes', ({ wish, parts, codes }) => {
    expect(warned(wish, parts)).toEqual(codes)
  })

  it('says where: the file, or else the name', () => {
    const place = (wish: Wish) => resultOf(wish).warnings[0]?.at
    expect(place({})).toBe('demo')
    expect(place({ file: 'a.yaml' })).toBe('a.yaml')
  })
})

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

  it('warns of writes that a hit share leaves out only where they are billed', () => {
    const rule = { lifetimes: [{ ttl_s: 300, write: 'cache_write' }] } as const
    const share = { ...SHARED, cache: { policy: 'hit_share', hit_share: 0.5 } } as const
    expect(warned(share, { rule, row: { cache_write: '1.25' } })).toEqual(['WRITES_LEFT_OUT'])
    expect(warned(share, { rule })).toEqual([])
  })

  it('names only views that have a figure', () => {
    const { assumptions } = resultOf({ traffic: { requests: 2 }, ...SHARED })
    expect(assumptions.map(({ views }) => views)).toEqual([['cached_ideal'], ['cached'], ['cached'], ['cached']])
    const batch = { discount: '0.5', stacking: 'multiply', source: 'made-up' } as const
    const both = resultOf({ traffic: { requests: 2 }, ...SHARED }, bookWith({ provider: { batch } }))
    expect(both.assumptions[1]?.views).toEqual(['cached', 'batch_cached'])
  })

  it('puts a cache rule into words', () => {
    expect(ruleInWords('Acme', ruleWith({ block: 64, minimum: 128, assumed: ['block', 'stores_output'] }), 5400)).toBe(
      "Acme's cache: the longest prefix sent before, in whole blocks of 64 tokens, from 128 tokens on, " +
        'kept 90 minutes; not published, so assumed: block, stores output',
    )
  })
})

describe('ageDays', () => {
  it.each([
    ['2026-01-01', 0],
    ['2025-06-01', 0],
    ['2026-01-02T23:59Z', 1],
    // 2026 is no leap year: 31 + 28 days.
    ['2026-03-01', 59],
  ])('at %s is %i', (at, days) => {
    expect(ageDays('2026-01-01', at)).toBe(days)
  })
})
