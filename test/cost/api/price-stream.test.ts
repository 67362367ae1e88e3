import { describe, expect, it } from 'vitest'
import { loadBook } from '../../../src/index.ts'
import type { CacheRule } from '../../../src/model/book/book.ts'
import { bookWith, codesOf, resultOf, type Wish } from '../build.ts'

const { book: market } = await loadBook('2026-11-23')

/** Anthropic's terms: $3 in, writes at 1.25 and 2 times, reads at a tenth, $15 out. */
const anthropic = bookWith({
  row: { input: '3', cache_read: '0.3', cache_write: '3.75', cache_write_1h: '6', output: '15' },
  rule: {
    match: 'breakpoints',
    minimum: 1024,
    lifetimes: [
      { ttl_s: 300, write: 'cache_write' },
      { ttl_s: 3600, write: 'cache_write_1h' },
    ],
  },
})

const free = (rule: Partial<CacheRule> = {}) => bookWith({ rule })
/** 12 an hour: over 300 s λW is 1, and 1 − e^−1 = 0.632120559. */
const TWELVE = { requests: 12, per: 'hour' } as const
const AGENT = { turns: 10, session: 200_000, output: 2_000 }

// Tokens × rate per 1M, beside each case. Untold: $1 in, $0.10 read, $2 out.
describe('the cached view', () => {
  it.each<{ it: string; wish: Wish; book?: ReturnType<typeof bookWith>; cached: string }>([
    {
      it: 'reads nothing for a single call: 1100 × 1',
      wish: { request: { shared: 1000, turn: 100 } },
      cached: '0.0011',
    },
    {
      it: 'has a cold first request in a run and warm ones after it: (1000 + 3 × 100) × 1 + 2 × 1000 × 0.1',
      wish: { traffic: { requests: 3 }, request: { shared: 1000, turn: 100 } },
      cached: '0.0015',
    },
    {
      it: 'rounds hits down to blocks: 960 of 1000 once: (1100 + 140) × 1 + 960 × 0.1',
      wish: { traffic: { requests: 2 }, request: { shared: 1000, turn: 100 } },
      book: free({ block: 64, minimum: 64 }),
      cached: '0.001336',
    },
    {
      it: 'has two cold requests where units must be seen to part: 2 × 1100 + 100 + 1000 × 0.1',
      wish: { traffic: { requests: 3 }, request: { shared: 1000, turn: 100 } },
      book: free({ match: 'units' }),
      cached: '0.0024',
    },
    {
      // 11,520 × 0.632120559 = 7,282.02883968 read, 5,917.97116032 in: 5,917.97116032 + 728.202883968 millionths
      it: 'expects 12 × 960 × (1 − e^−1) hits of Poisson traffic',
      wish: { traffic: TWELVE, request: { shared: 1000, turn: 100 } },
      book: free({ block: 64, minimum: 64 }),
      cached: '0.006646174044',
    },
    {
      // w² = 0.399576401: 12,000 × w² = 4,794.916812 read, 8,405.083188 in: 8,405.083188 + 479.4916812
      it: 'squares the chance where two must have come',
      wish: { traffic: TWELVE, request: { shared: 1000, turn: 100 } },
      book: free({ match: 'units' }),
      cached: '0.008884574869',
    },
    {
      // W = 300 + 2 × 60 = 420 s, λW = 1.4, w = 0.753403036. Of 3 × 1000 shared tokens a request, 2 × 1000 always hit.
      // Read 12 × (2000 + 753.403036) = 33,040.836432; in 36,000 − that = 2,959.163568: + 3,304.0836432
      it: 'is kept warm for longer by a conversation: L + (T − 1) × gap',
      wish: { traffic: TWELVE, request: { shared: 1000, turns: 3, turn_gap_s: 60 } },
      cached: '0.006263247211',
    },
    {
      // W = 300 + 2 × 300 = 900 s, λW = 3, w = 0.950212932; all three calls depend on it.
      // Read 36,000 × w = 34,207.665552; in 1,792.334448: + 3,420.7665552
      it: 'but by no more than the lifetime between two calls',
      wish: { traffic: TWELVE, request: { shared: 1000, turns: 3, turn_gap_s: 600 } },
      cached: '0.005213101003',
    },
    {
      // Two prompts of 2000 tokens lie in the tier, which has reads though the row has none:
      // 2000 × 6 + 2000 × 0.1 in, 200 × 30 out.
      it: 'reads where a tier offers reads and the row does not',
      wish: { traffic: { requests: 2 }, request: { shared: 2000, output: 100 } },
      book: bookWith({
        row: {
          cache_read: 'not_offered',
          tiers: [{ threshold: 1000, operator: '>', input: '6', cache_read: '0.1', output: '30' }],
        },
      }),
      cached: '0.0182',
    },
    {
      it: 'Anthropic, 5 minutes: write 200K at 3.75, read 1.8M at 0.30, 20K out: 0.75 + 0.54 + 0.3',
      wish: { request: AGENT },
      book: anthropic,
      cached: '1.59',
    },
    {
      it: 'Anthropic, 1 hour: write at 6: 1.2 + 0.54 + 0.3',
      wish: { request: AGENT, cache: { policy: 'prefix', ttl_s: 3600 } },
      book: anthropic,
      cached: '2.04',
    },
    {
      it: 'Anthropic, a gap of 10 minutes: each call cold and written again, so 2M × 3.75 + 0.3',
      wish: { request: { ...AGENT, turn_gap_s: 600 } },
      book: anthropic,
      cached: '7.8',
    },
    {
      it: 'Anthropic, the same gap with 1 hour: as above',
      wish: { request: { ...AGENT, turn_gap_s: 600 }, cache: { policy: 'prefix', ttl_s: 3600 } },
      book: anthropic,
      cached: '2.04',
    },
    {
      it: 'Anthropic, three requests: one writes 2000, two read them: 7500 + 1200 + 300 × 3 millionths',
      wish: { traffic: { requests: 3 }, request: { shared: 2000, turn: 100 } },
      book: anthropic,
      cached: '0.0096',
    },
    {
      it: 'Anthropic, one request: what it marks is written though nobody reads it: 2000 × 3.75 + 100 × 3',
      wish: { request: { shared: 2000, turn: 100 } },
      book: anthropic,
      cached: '0.0078',
    },
    {
      it: 'Anthropic, below the minimum: as without a cache: 2 × 1023 × 3',
      wish: { traffic: { requests: 2 }, request: { shared: 1023 } },
      book: anthropic,
      cached: '0.006138',
    },
    {
      // 24,000 × w = 15,170.893416 read; the rest, 8,829.106584, written; 1,200 in:
      // 8,829.106584 × 3.75 + 15,170.893416 × 0.3 + 3,600 = 33,109.14969 + 4,551.2680248 + 3,600
      it: 'Anthropic, Poisson traffic: who finds it cold pays the write',
      wish: { traffic: TWELVE, request: { shared: 2000, turn: 100 } },
      book: anthropic,
      cached: '0.041260417715',
    },
    {
      it: 'GPT-5.6 bills writes at 1.25: 10K × 5 + 10K × 0.4',
      wish: { model: 'gpt-5.6-sol', at: '2026-11-23', request: { turns: 2, session: 10_000 } },
      book: market,
      cached: '0.054',
    },
    {
      it: 'GPT-5.5 does not: 10,000 = 78 × 128 + 16: (10,000 + 16) × 5 + 9,984 × 0.5',
      wish: { model: 'gpt-5.5', at: '2026-11-23', request: { turns: 2, session: 10_000 } },
      book: market,
      cached: '0.055072',
    },
    {
      it: 'Gemini 2.5 Flash from 1024 tokens: 1500 × 0.3 + 1500 × 0.03',
      wish: { model: 'gemini-2.5-flash', at: '2026-11-23', traffic: { requests: 2 }, request: { shared: 1500 } },
      book: market,
      cached: '0.000495',
    },
    {
      it: 'Gemini 2.5 Flash below: 2 × 1000 × 0.3',
      wish: { model: 'gemini-2.5-flash', at: '2026-11-23', traffic: { requests: 2 }, request: { shared: 1000 } },
      book: market,
      cached: '0.0006',
    },
    {
      it: 'a free cache lasts as long as one expects: 2 × 100, the second read, 10 minutes on',
      wish: { request: { session: 100, turns: 2, turn_gap_s: 600 }, cache: { policy: 'prefix', ttl_s: 600 } },
      cached: '0.00011',
    },
    {
      it: 'or as short: nothing is read after 30 s where it lasts 29',
      wish: { request: { session: 100, turns: 2 }, cache: { policy: 'prefix', ttl_s: 29 } },
      cached: '0.0002',
    },
  ])('$it', ({ wish, book = bookWith(), cached }) => {
    expect(resultOf(wish, book).costs.cached).toBe(cached)
  })

  it('shows the tokens it expects', () => {
    const { tokens, cache } = resultOf({ traffic: TWELVE, request: { shared: 2000, turn: 100 } }, anthropic)
    expect(tokens).toMatchObject({
      prompt: 25_200,
      input: 1200,
      cache_read: '15170.893416',
      cache_write: '8829.106584',
      cache_write_1h: 0,
    })
    expect(cache).toMatchObject({ warm_share: 0.632120559, minimum: 1024, ttl_s: 300 })
  })

  it('is unknown where the provider does not offer the lifetime', () => {
    const result = resultOf({ request: AGENT, cache: { policy: 'prefix', ttl_s: 600 } }, anthropic)
    expect(result.costs.cached).toBeNull()
    expect(result.reasons.cached).toBe('Acme keeps a written prefix 300 s or 3600 s, not 600 s')
    expect(result.costs.headline).toBe('6.3')
    expect(result.complete).toBe(false)
  })

  it('equals headline where reads are not offered, with a warning', () => {
    for (const wish of [{ request: AGENT }, { totals: { input: 2_000_000, output: 20_000 } }]) {
      const result = resultOf(wish, bookWith({ row: { cache_read: 'not_offered' } }))
      // 2M × 1 + 20K × 2
      expect([result.costs.headline, result.costs.cached, result.costs.cached_ideal]).toEqual(['2.04', '2.04', '2.04'])
      expect(codesOf(result.warnings)).toContain('NO_CACHE_OFFERED')
      expect(result.complete).toBe(true)
    }
  })

  it('is unknown where the read rate is, and hits are expected', () => {
    const unknown = bookWith({ row: { cache_read: null, note: 'nobody says' } })
    const result = resultOf({ request: AGENT }, unknown)
    expect([result.costs.cached, result.costs.cached_ideal]).toEqual([null, null])
    expect(result.reasons.cached).toBe('the cache_read rate of demo is unknown: nobody says')
    expect(result.tokens.cache_read).toBeNull()
    expect(result.cache.hit_share).toBeNull()
    // Nothing hits: no rate is missing. 1000 × 1
    expect(resultOf({ request: { turn: 1000 } }, unknown).costs.cached).toBe('0.001')
    expect(resultOf({ request: AGENT, cache: { policy: 'none' } }, unknown).costs.cached).toBe('2.04')
  })

  it('takes a share, the bound or nothing at its word', () => {
    const cached = (cache: Wish['cache'], book = free({ block: 64 })) =>
      resultOf({ request: AGENT, ...(cache ? { cache } : {}) }, book).costs.cached
    // 2M tokens, 20K out: half of them, unrounded: 1 + 0.1 + 0.04; a third of 2M to 16 digits is no whole token
    expect(cached({ policy: 'hit_share', hit_share: 0.5 })).toBe('1.14')
    expect(cached({ policy: 'hit_share', hit_share: 0.0000001 })).toBe('2.03999982')
    expect(cached({ policy: 'ideal' })).toBe('0.24')
    expect(cached({ policy: 'none' })).toBe('2.04')
    const stated = resultOf({ request: AGENT, cache: { policy: 'hit_share', hit_share: 0.5 } }, anthropic)
    expect(codesOf(stated.warnings)).toContain('WRITES_LEFT_OUT')
  })
})

describe('the share of warm requests', () => {
  const warm = (request: Wish['request']) =>
    resultOf({ traffic: { requests: 10 }, request: request ?? {} }, free({ match: 'units' }))

  it('is 8 of 10 where two requests must part first', () => {
    expect(warm({ shared: 1000, turn: 100 }).cache.warm_share).toBe(0.8)
  })

  it('is 9 of 10 where the whole prompt is shared, as its hits are', () => {
    const { cache } = warm({ shared: 1000 })
    expect(cache.hit_share).toBe(0.9)
    expect(cache.warm_share).toBe(0.9)
  })
})
