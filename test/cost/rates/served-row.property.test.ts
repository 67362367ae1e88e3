import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Book } from '../../../src/model/book/book.ts'
import { exact } from '../../../src/model/number/money.ts'
import { VIEW_KEYS } from '../../../src/model/views.ts'
import { runs } from '../../laws.ts'
import { book, costOf, policy, price, request, traffic } from '../arbitrary.ts'

const source = 'made-up'
/** 0.01 to 9.99, in hundredths. */
const factor = fc.integer({ min: 1, max: 999 }).map(hundredths => exact(hundredths).times('0.01').toFixed())

/** A book whose every model has a service and a region at these factors. */
const withTerms = (prices: Book, service: string, region: string): Book => ({
  ...prices,
  providers: Object.fromEntries(
    Object.entries(prices.providers).map(([id, rules]) => [
      id,
      { ...rules, regions: { there: { factor: region, source } } },
    ]),
  ),
  models: prices.models.map(model => ({
    ...model,
    prices: model.prices.map(row => ({ ...row, services: { other: { factor: service, source } } })),
  })),
})

it('a service and a region by factors cost both factors times the standard service, whatever tiers and hours apply', () => {
  fc.assert(
    fc.property(book, traffic, request, policy, factor, factor, (prices, pace, asked, cache, service, region) => {
      const served = withTerms(prices, service, region)
      const wish = { traffic: pace, request: asked, cache }
      const plain = price(wish, served)
      const both = price({ ...wish, service: 'other', region: 'there' }, served)
      const there = price({ ...wish, region: 'there' }, served)
      for (const view of VIEW_KEYS) {
        if ('reason' in plain.views[view]) continue
        // A batch has the region's factor too; the service has none.
        expect(costOf(there, view).toFixed()).toBe(costOf(plain, view).times(exact(region)).toFixed())
        if (view === 'batch' || view === 'batch_cached') expect(both.views[view]).toMatchObject({ offered: false })
        else
          expect(costOf(both, view).toFixed()).toBe(
            costOf(plain, view).times(exact(service)).times(exact(region)).toFixed(),
          )
      }
      expect(both.tokens).toEqual(plain.tokens)
    }),
    { numRuns: runs(100) },
  )
})
