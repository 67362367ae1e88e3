import { describe, expect, it } from 'vitest'
import { estimate } from '../../../../src/cost/result/estimate.ts'
import { bookWith, codesOf, fleetWith, modelWith, type Parts, priced, resultOf, type Wish } from '../../build.ts'

const warned = (wish: Wish, parts: Parts = {}): string[] => codesOf(resultOf(wish, bookWith(parts)).warnings)
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

  it('goes by the day on which the row was seen, not by the book’s review', () => {
    const at = '2026-03-01'
    // 2026-01-29 is 31 days before 2026-03-01, 2026-01-30 is 30
    expect(warned({ ...SOME, at }, { row: { seen: '2026-01-29' } })).toEqual(['PRICE_OLD'])
    expect(warned({ ...SOME, at }, { row: { seen: '2026-01-30' } })).toEqual([])
  })

  it('goes by the row under a service', () => {
    const sources = {
      'made-up': { title: 'Made up', where: 'here', retrieved: null, grade: 'own' as const },
      terms: { title: 'Terms', where: 'there', retrieved: '2026-03-01', grade: 'own' as const },
    }
    const book = { ...bookWith({ row: { services: { fast: { factor: '6', source: 'terms' } } } }), sources }
    const codes = (at: string) => codesOf(resultOf({ ...SOME, at, service: 'fast' }, book).warnings)
    expect(codes('2026-01-31')).toEqual([])
    expect(codes('2026-03-01')).toEqual(['PRICE_OLD'])
  })

  it('never calls a closed row old', () => {
    expect(warned({ ...SOME, at: '2027-01-01' }, { row: { to: '2027-01-02' } })).toEqual([])
  })

  it('says from the announced day on that a promotion may have ended', () => {
    const promotion = { row: { until_at_least: '2026-01-20' } }
    expect(warned({ ...SOME, at: '2026-01-19' }, promotion)).toEqual([])
    expect(warned({ ...SOME, at: '2026-01-20' }, promotion)).toEqual(['PROMOTION_END'])
    expect(warned({ ...SOME, at: '2026-01-19T23:59Z' }, promotion)).toEqual([])
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

  it('says which scenario it is about: the file, or else the name', () => {
    const about = (wish: Wish) => resultOf(wish).warnings[0]?.scenario
    expect(about({})).toBe('demo')
    expect(about({ file: 'a.yaml' })).toBe('a.yaml')
  })

  it('says of a leg which one it is, once for each model', () => {
    const row = { until_at_least: '2026-01-01' }
    const book = bookWith({ models: ['a', 'b', 'c'].map(id => modelWith({ id, row: id === 'a' ? {} : row })) })
    const legs = ['a', 'b', 'b'].map((model, i) => ({ model, share: i === 0 ? 0.5 : 0.25 }))
    const fleet = fleetWith({ legs, fallback: ['c'], fallback_share: 0.1 }, SOME)
    const { warnings } = estimate([fleet], priced(book), '2026-01-01')
    const paths = warnings.map(({ code, path }) => `${code} ${path}`)
    expect(paths).toEqual(['PROMOTION_END routing.legs.1.model', 'PROMOTION_END routing.fallback.0'])
  })

  it('warns of writes that a hit share leaves out only where they are billed', () => {
    const rule = { lifetimes: [{ ttl_s: 300, write: 'cache_write' }] } as const
    const share = { ...SHARED, cache: { policy: 'hit_share', hit_share: 0.5 } } as const
    expect(warned(share, { rule, row: { cache_write: '1.25' } })).toEqual(['WRITES_LEFT_OUT'])
    expect(warned(share, { rule })).toEqual([])
  })
})
