import { describe, expect, it } from 'vitest'
import { findModel, offerAt, spansOf } from '../../../src/cost/rates/price-at.ts'
import { InputError } from '../../../src/errors/index.ts'
import { loadBook } from '../../../src/index.ts'
import { bookWith, modelWith, resultOf, rowWith } from '../build.ts'

const { book: market } = await loadBook('2026-11-23')

/** Rates in force at an instant, per 1M: input/cache read/output; `-` is not offered, `none` is no price. */
const ratesAt = (model: string, at: string): string => {
  try {
    const { lines } = resultOf({ model, at, totals: { input: 1, output: 1 }, cache: { policy: 'ideal' } }, market)
    const rate = (view: string, meter: string): string =>
      String(lines.find(line => line.view === view && line.meter === meter)?.rate ?? '-')
    return [rate('headline', 'input'), rate('cached', 'cache_read'), rate('headline', 'output')].join('/')
  } catch (error) {
    if (error instanceof InputError && error.problems[0]?.code === 'NO_PRICE_AT') return 'none'
    throw error
  }
}

const justBefore = (at: string): string => new Date(Date.parse(at) - 1).toISOString()

// Published rates, `deepseek_timeline_utc` of shared/facts/market-prices.json. Where a boundary falls in a window,
// the hour's own rate is given.
describe('DeepSeek’s timeline, to the millisecond', () => {
  it.each([
    ['deepseek-chat', '2024-08-02T00:00Z', '0.14/-/0.28', '0.14/0.014/0.28'],
    ['deepseek-chat', '2024-12-26T00:00Z', '0.14/0.014/0.28', '0.14/0.014/0.28'],
    ['deepseek-reasoner', '2025-01-20T00:00Z', 'none', '0.55/0.14/2.19'],
    ['deepseek-chat', '2025-02-08T00:00Z', '0.14/0.014/0.28', '0.27/0.07/1.1'],
    ['deepseek-chat', '2025-02-26T16:30Z', '0.27/0.07/1.1', '0.135/0.035/0.55'],
    ['deepseek-reasoner', '2025-02-26T16:30Z', '0.55/0.14/2.19', '0.135/0.035/0.55'],
    ['deepseek-chat', '2025-09-05T16:00Z', '0.27/0.07/1.1', '0.56/0.07/1.68'],
    ['deepseek-reasoner', '2025-09-05T16:00Z', '0.55/0.14/2.19', '0.56/0.07/1.68'],
    ['deepseek-chat', '2025-09-29T00:00Z', '0.56/0.07/1.68', '0.28/0.028/0.42'],
    ['deepseek-chat', '2025-12-01T00:00Z', '0.28/0.028/0.42', '0.28/0.028/0.42'],
    ['deepseek-chat', '2026-04-24T00:00Z', '0.28/0.028/0.42', '0.14/0.028/0.28'],
    ['deepseek-reasoner', '2026-04-24T00:00Z', '0.28/0.028/0.42', '0.14/0.028/0.28'],
    ['deepseek-v4-flash', '2026-04-24T00:00Z', 'none', '0.14/0.028/0.28'],
    ['deepseek-v4-pro', '2026-04-24T00:00Z', 'none', '1.74/0.145/3.48'],
    ['deepseek-v4-pro', '2026-04-26T00:00Z', '1.74/0.145/3.48', '0.435/0.003625/0.87'],
    ['deepseek-v4-flash', '2026-04-26T12:15Z', '0.14/0.028/0.28', '0.14/0.0028/0.28'],
    ['deepseek-v4-pro', '2026-05-22T00:00Z', '0.435/0.003625/0.87', '0.435/0.003625/0.87'],
    ['deepseek-chat', '2026-07-24T15:59Z', '0.14/0.0028/0.28', 'none'],
    ['deepseek-reasoner', '2026-07-24T15:59Z', '0.14/0.0028/0.28', 'none'],
    // Monday 00:00 in Beijing: off-peak
    ['deepseek-v4-flash', '2026-08-16T16:00Z', '0.14/0.0028/0.28', '0.22/0.007/0.66'],
    ['deepseek-v4-pro', '2026-08-16T16:00Z', '0.435/0.003625/0.87', '0.66/0.022/1.98'],
    ['deepseek-v4-pro', '2026-08-22T16:00Z', '0.66/0.022/1.98', '0.66/0.022/1.98'],
    // Thursday 12:00 in Beijing: the last moment before is peak, at twice 0.22/0.007/0.66
    ['deepseek-v4-flash', '2026-09-10T04:00Z', '0.44/0.014/1.32', '0.15/0.003/0.6'],
    ['deepseek-flash', '2026-09-10T04:00Z', 'none', '0.15/0.003/0.6'],
    ['deepseek-flash', '2026-09-17T00:00Z', '0.15/0.003/0.6', '0.15/0.003/0.6'],
    ['deepseek-flash', '2026-10-17T00:00Z', '0.15/0.003/0.6', '0.15/0.003/0.6'],
  ])('%s at %s goes from %s to %s', (model, at, before, from) => {
    expect(ratesAt(model, justBefore(at))).toBe(before)
    expect(ratesAt(model, at)).toBe(from)
  })
})

const PEAK = '1.32/0.044/3.96'
const OFF = '0.66/0.022/1.98'
const STANDARD_2025 = '0.27/0.07/1.1'
const OFF_2025 = '0.135/0.035/0.55'

describe('the price of the hour', () => {
  // Beijing is UTC+8: 09–12 and 14–18 there are 01–04 and 06–10 UTC.
  it.each([
    ['on a working day just before 09:00 Beijing', '2026-11-25T00:59:59.999Z', OFF],
    ['at 09:00 Beijing', '2026-11-25T01:00Z', PEAK],
    ['at a peak hour written with Beijing’s own offset', '2026-11-25T10:00+08:00', PEAK],
    ['just before 12:00 Beijing', '2026-11-25T03:59:59.999Z', PEAK],
    ['at 12:00 Beijing', '2026-11-25T04:00Z', OFF],
    ['just before 14:00 Beijing', '2026-11-25T05:59:59.999Z', OFF],
    ['at 14:00 Beijing', '2026-11-25T06:00Z', PEAK],
    ['just before 18:00 Beijing', '2026-11-25T09:59:59.999Z', PEAK],
    ['at 18:00 Beijing', '2026-11-25T10:00Z', OFF],
    ['on a Saturday', '2026-11-28T02:00Z', OFF],
    ['on a Sunday', '2026-11-29T07:00Z', OFF],
    ['on a Saturday before weekends were off-peak', '2026-08-22T02:00Z', PEAK],
    ['on the first Sunday when they were', '2026-08-23T02:00Z', OFF],
    ['on the first day of China’s National Day holiday', '2026-10-01T02:00Z', OFF],
    ['on its last day', '2026-10-07T09:59Z', OFF],
    ['on the working day after', '2026-10-08T02:00Z', PEAK],
    ['on Mid-Autumn, a Friday', '2026-09-25T02:00Z', OFF],
    // People work that Saturday to make up for the holiday; it counts as a weekend all the same.
    ['on a make-up working Saturday', '2026-10-10T02:00Z', OFF],
  ])('DeepSeek V4 Pro %s (%s) is %s', (_, at, rates) => {
    expect(ratesAt('deepseek-v4-pro', at)).toBe(rates)
  })

  it.each([
    ['just before 16:30 UTC', '2025-06-11T16:29:59.999Z', STANDARD_2025],
    ['at 16:30 UTC', '2025-06-11T16:30Z', OFF_2025],
    ['past midnight', '2025-06-12T00:29Z', OFF_2025],
    ['just before 00:30 UTC', '2025-06-12T00:29:59.999Z', OFF_2025],
    ['at 00:30 UTC', '2025-06-12T00:30Z', STANDARD_2025],
    ['on Monday after the week’s last midnight', '2025-06-16T00:29Z', OFF_2025],
    ['on Monday at 00:30', '2025-06-16T00:30Z', STANDARD_2025],
  ])('DeepSeek V3 in 2025 %s (%s) is %s', (_, at, rates) => {
    expect(ratesAt('deepseek-chat', at)).toBe(rates)
  })

  it('names the hours, and has one band at an instant', () => {
    const at = (at: string) => resultOf({ model: 'deepseek-v4-pro', at, request: { turn: 1 } }, market)
    expect(at('2026-11-25T01:00Z').windows).toEqual([{ name: 'peak', share: 1 }])
    expect(at('2026-11-25T04:00Z').windows).toEqual([{ name: 'off-peak', share: 1 }])
    expect(at('2026-11-25T04:00Z').costs_range).toBeNull()
    expect(at('2026-11-25').windows.map(({ name }) => name)).toEqual(['peak', 'off-peak'])
  })
})

describe('offerAt', () => {
  const faultOf = (name: string, at: string, book = market) => {
    try {
      offerAt(book, name, at)
    } catch (error) {
      if (error instanceof InputError) return error.problems[0]
    }
    return undefined
  }

  it('offers the nearest names for an unknown one', () => {
    expect(faultOf('deepseek-v4-por', '2026-11-23')).toMatchObject({ code: 'UNKNOWN_MODEL', exit: 3 })
    // A swap of two letters is two edits away; no other name is as near.
    expect(faultOf('deepseek-v4-por', '2026-11-23')?.fix).toMatch(/^nearest here: deepseek-v4-pro(,|$)/)
  })

  it('says when a model without a price at that moment does have one', () => {
    const gapped = bookWith({
      model: {
        prices: [
          rowWith({ from: '2025-01-01', to: '2025-03-01' }),
          rowWith({ from: '2025-03-01', to: '2025-04-01T12:00Z' }),
          rowWith({ from: '2025-06-01' }),
        ],
      },
    })
    const fault = faultOf('demo', '2025-05-01', gapped)
    expect(fault).toMatchObject({ code: 'NO_PRICE_AT', exit: 3 })
    // Rows that touch are one span.
    expect(fault?.fix).toContain('from 2025-01-01 until 2025-04-01T12:00Z and from 2025-06-01 on')
    expect(faultOf('demo', '2025-04-01T11:59:59.999Z', gapped)).toBeUndefined()
    expect(faultOf('demo', '2025-04-01T12:00Z', gapped)?.code).toBe('NO_PRICE_AT')
  })

  it('knows a model by id, alias and provider, in any case, and never by a part of its name', () => {
    const book = bookWith({ models: [modelWith({ id: 'one-pro', aliases: ['uno'] }), modelWith({ id: 'one' })] })
    expect(['One', 'ONE-PRO', 'Uno', 'acme/one'].map(name => findModel(book, name)?.id)).toEqual([
      'one',
      'one-pro',
      'one-pro',
      'one',
    ])
    expect(findModel(book, 'one-p')).toBeUndefined()
    expect(findModel(book, 'other/one')).toBeUndefined()
  })

  it('takes the model’s own minimum and batch rule before its provider’s', () => {
    const book = bookWith({ model: { cache: { minimum: 4096 }, batch: null }, rule: { minimum: 1024 } })
    const offer = offerAt(book, 'demo', '2026-01-01')
    expect(offer.cacheRule.minimum).toBe(4096)
    expect(offer.batchRule).toBeNull()
  })

  it('says an open span and a closed one', () => {
    expect(spansOf(modelWith())).toBe('from 2026-01-01 on')
    expect(spansOf(modelWith({ row: { to: '2026-02-01' } }))).toBe('from 2026-01-01 until 2026-02-01')
  })
})
