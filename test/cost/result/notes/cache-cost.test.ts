import { describe, expect, it } from 'vitest'
import { cacheCostWarnings } from '../../../../src/cost/result/notes/cache-cost.ts'
import type { CacheRule } from '../../../../src/model/book/book.ts'
import { bookWith, resultOf, type Wish } from '../../build.ts'

const book = (rule: Partial<CacheRule> = {}) =>
  bookWith({
    row: { cache_write: '1.25' },
    rule: { match: 'marks', lifetimes: [{ ttl_s: 300, write: 'cache_write' }], ...rule },
  })
const warned = (wish: Wish, rule?: Partial<CacheRule>) =>
  resultOf(wish, book(rule)).warnings.filter(({ code }) => code === 'CACHE_COSTS_MORE')

describe('caching that costs more than it saves', () => {
  it('says by how much, and what to type', () => {
    // 1,000 × 1.25 + 1,000 against 2,000
    expect(warned({ request: { shared: 1000, turn: 1000 } })).toEqual([
      {
        code: 'CACHE_COSTS_MORE',
        what: 'caching costs more than it saves on demo: cached is 12.5% above headline, as 1000 tokens are written and 0 read',
        fix: 'write cache: none',
        scenario: 'demo',
        path: 'cache',
        at: null,
      },
    ])
  })

  it('names fewer marks where there are several', () => {
    const [found] = warned({
      request: { session: 1000, turn: 1000 },
      cache: { policy: 'prefix', marks: ['session', 'prompt'] },
    })
    expect(found?.fix).toBe('write cache: none, or fewer marks: cache: {policy: prefix, marks: [shared]}')
  })

  it('says whether a provider’s own mark can be left off', () => {
    const wish = { request: { turn: 1000 } }
    expect(warned(wish, { marks: 'newest', optional: true })[0]?.fix).toContain('an explicit mode turns')
    expect(warned(wish, { marks: 'newest' })[0]?.fix).toContain('cannot be turned off')
  })

  it('says nothing where reads make up for it, or nothing is written', () => {
    expect(warned({ traffic: { requests: 10 }, request: { shared: 1000, turn: 1000 } })).toEqual([])
    expect(warned({ request: { turn: 1000 } })).toEqual([])
    expect(cacheCostWarnings([], { leg: false })).toEqual([])
  })
})
