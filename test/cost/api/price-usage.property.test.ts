import { calcPrice, type Provider } from '@pydantic/genai-prices'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { priceUsage, totalCost } from '../../../src/cost/api/price-usage.ts'
import { pickRates, pickTier } from '../../../src/cost/rates/pick-rates.ts'
import { exact, type Money } from '../../../src/model/number/money.ts'
import { runs } from '../../laws.ts'
import { bookWith, MILLION, resultOf, rowWith, type Wish } from '../build.ts'

const tokens = fc.nat({ max: 10 ** 9 })
/** 0 to $1,000 in hundredths of a cent, as a decimal string. */
const rate = fc.nat({ max: 10 ** 7 }).map(units => exact(units).times('0.0001').toFixed())
const card = fc.record({ input: rate, cache_read: rate, cache_write: rate, cache_write_1h: rate, output: rate })
const usage = fc.record({
  input: tokens,
  cache_read: tokens,
  cache_write: tokens,
  cache_write_1h: tokens,
  output: tokens,
})
type Card = typeof card extends fc.Arbitrary<infer T> ? T : never
type Counts = typeof usage extends fc.Arbitrary<infer T> ? T : never

const ours = (counts: Counts, rates: Card): Money => {
  const { input, cache_read, cache_write, cache_write_1h, output } = counts
  const lines = priceUsage(
    {
      input: exact(input),
      cache_read: exact(cache_read),
      cache_write: exact(cache_write),
      cache_write_1h: exact(cache_write_1h),
      output: exact(output),
    },
    rates,
  )
  if ('missing' in lines) throw new Error(`no ${lines.missing}`)
  return totalCost(lines)
}

type Rates = Provider['models'][number]['prices']

/** The same bill by an independent implementation; its prompt counts every kind of input, its writes both kinds. */
const theirs = ({ input, cache_read, cache_write, cache_write_1h, output }: Counts, prices: Rates): number => {
  const models = [{ id: 'any', match: { equals: 'any' }, prices }]
  const counts = {
    input_tokens: input + cache_read + cache_write + cache_write_1h,
    cache_read_tokens: cache_read,
    cache_write_tokens: cache_write + cache_write_1h,
    cache_write_1h_tokens: cache_write_1h,
    output_tokens: output,
  }
  const found = calcPrice(counts, 'any', { provider: { id: 'any', name: 'any', api_pattern: '.*', models } })
  if (!found) throw new Error('the oracle has no answer')
  return found.total_price
}

/** Within the noise of binary fractions: 1e-9 of the larger. */
const agree = (exactly: Money, binary: number): void => {
  const a = exactly.toNumber()
  expect(Math.abs(a - binary)).toBeLessThanOrEqual(1e-9 * Math.max(a, binary))
}

it('agrees with @pydantic/genai-prices on random usages and rates', () => {
  fc.assert(
    fc.property(usage, card, (counts, rates) => {
      const prices = {
        input_mtok: Number(rates.input),
        cache_read_mtok: Number(rates.cache_read),
        cache_write_mtok: Number(rates.cache_write),
        cache_write_1h_mtok: Number(rates.cache_write_1h),
        output_mtok: Number(rates.output),
      }
      agree(ours(counts, rates), theirs(counts, prices))
    }),
    { numRuns: runs(1000) },
  )
})

it('agrees with it on the known usage of a scenario: what is read, written for minutes and for an hour', () => {
  fc.assert(
    fc.property(usage, card, (counts, rates) => {
      const { input, cache_read, cache_write, cache_write_1h, output } = counts
      const wish: Wish = {
        totals: { input: input + cache_read + cache_write + cache_write_1h, output },
        cache: { policy: 'usage', read: cache_read, write: cache_write, write_1h: cache_write_1h },
      }
      const { costs } = resultOf(wish, bookWith({ row: rates }))
      const prices = {
        input_mtok: Number(rates.input),
        cache_read_mtok: Number(rates.cache_read),
        cache_write_mtok: Number(rates.cache_write),
        cache_write_1h_mtok: Number(rates.cache_write_1h),
        output_mtok: Number(rates.output),
      }
      agree(exact(String(costs.cached)), theirs(counts, prices))
      expect(costs.cached).toBe(ours(counts, rates).toFixed())
    }),
    { numRuns: runs(300) },
  )
})

it('agrees with it on tiers, which it takes above the threshold, cached tokens included', () => {
  const prompt = fc.nat({ max: 1000 })
  fc.assert(
    fc.property(
      prompt,
      prompt,
      tokens,
      card,
      card,
      fc.integer({ min: 1, max: 2000 }),
      (input, read, output, base, beyond, threshold) => {
        const counts = { input, cache_read: read, cache_write: 0, cache_write_1h: 0, output }
        const row = rowWith({ ...base, tiers: [{ ...beyond, threshold, operator: '>' }] })
        const { input: i, cache_read: c, output: o } = pickRates(row, pickTier(row, input + read), null)
        const tiered = (low: string, high: string) => ({
          base: Number(low),
          tiers: [{ start: threshold, price: Number(high) }],
        })
        const prices = {
          input_mtok: tiered(base.input, beyond.input),
          cache_read_mtok: tiered(base.cache_read, beyond.cache_read),
          output_mtok: tiered(base.output, beyond.output),
        }
        agree(
          ours(counts, { ...base, input: String(i), cache_read: String(c), output: String(o) }),
          theirs(counts, prices),
        )
      },
    ),
    { numRuns: runs(1000) },
  )
})

it('costs the same whole or in parts', () => {
  fc.assert(
    fc.property(usage, usage, card, (a, b, rates) => {
      const both = {
        input: a.input + b.input,
        cache_read: a.cache_read + b.cache_read,
        cache_write: a.cache_write + b.cache_write,
        cache_write_1h: a.cache_write_1h + b.cache_write_1h,
        output: a.output + b.output,
      }
      expect(ours(both, rates).eq(ours(a, rates).plus(ours(b, rates)))).toBe(true)
    }),
  )
})

it('costs the rate itself for a million tokens of a meter', () => {
  fc.assert(
    fc.property(card, rates => {
      const none = { input: 0, cache_read: 0, cache_write: 0, cache_write_1h: 0, output: 0 }
      expect(ours({ ...none, cache_write_1h: MILLION }, rates).toFixed()).toBe(rates.cache_write_1h)
    }),
  )
})
