import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byMeter, METERS, type MeterKey } from '../../../src/model/meters.ts'
import { type Exact, exact, sum } from '../../../src/model/number/money.ts'
import { amountAt, meteredBy } from '../../../src/usage/price/bill.ts'
import { ratesBy } from '../../../src/usage/price/rates.ts'

const ratesIn = (usd: Partial<Record<MeterKey, string>>) =>
  ratesBy(meter => (usd[meter] === undefined ? null : exact(usd[meter])))

const tokensIn = (tokens: Partial<Record<MeterKey, bigint>>) => byMeter(meter => tokens[meter] ?? 0n)

const printed = (range: { readonly low: Exact; readonly high: Exact } | null) =>
  range && [range.low.toFixed(), range.high.toFixed()]

describe('what tokens come to', () => {
  it('is exact beyond 2^53 and beyond the decimals of a double', () => {
    // (2^53 + 1) × 3 × 10^-10 ÷ 10^6 = 27021597764222979 × 10^-16
    const rates = ratesIn({ input: '0.0000000003' })
    expect(printed(amountAt(tokensIn({ input: 9_007_199_254_740_993n }), [rates]))).toEqual([
      '2.7021597764222979',
      '2.7021597764222979',
    ])
  })

  it('reaches from the cheapest rate of each meter to the dearest, whatever their decimals', () => {
    // 2M × 0.5 + 1M × 3 = 4; 2M × 0.625 + 1M × 12 = 13.25
    const quotes = [ratesIn({ input: '0.625', output: '3' }), ratesIn({ input: '0.5', output: '12' })]
    const tokens = tokensIn({ input: 2_000_000n, output: 1_000_000n })
    expect(printed(amountAt(tokens, quotes))).toEqual(['4', '13.25'])
    expect(meteredBy(tokens, quotes)?.map(({ meter, rate, cost }) => [meter, printed(rate), printed(cost)])).toEqual([
      ['input', ['0.5', '0.625'], ['1', '1.25']],
      ['output', ['3', '12'], ['3', '12']],
    ])
  })

  it('is unknown where a meter with tokens has no rate, and 0 without tokens', () => {
    const rates = ratesIn({ input: '2' })
    expect(amountAt(tokensIn({ input: 5n, output: 1n }), [rates])).toBeNull()
    expect(amountAt(tokensIn({ input: 5n }), [rates, ratesIn({ output: '1' })])).toBeNull()
    expect(printed(amountAt(tokensIn({}), [rates]))).toEqual(['0', '0'])
  })

  it('is the sum of tokens × rate, of savings below 0 too', () => {
    const rate = fc.tuple(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.nat(20)).map(([units, d]) => `${units}e-${d}`)
    const each = fc.tuple(rate, fc.bigInt(0n, 10n ** 20n))
    fc.assert(
      fc.property(fc.tuple(each, each, each, each, each), pairs => {
        const of = (meter: MeterKey) => pairs[METERS.findIndex(({ key }) => key === meter)] ?? ['0', 0n]
        const rates = ratesBy(meter => exact(of(meter)[0]))
        const amount = amountAt(
          byMeter(meter => of(meter)[1]),
          [rates],
        )
        const law = sum(pairs.map(([usd, tokens]) => exact(usd).times(tokens).times('0.000001')))
        expect(printed(amount)).toEqual([law.toFixed(), law.toFixed()])
      }),
    )
  })
})
