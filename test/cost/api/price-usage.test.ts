import { describe, expect, it } from 'vitest'
import { priceUsage, totalCost } from '../../../src/cost/api/price-usage.ts'
import type { RateCard } from '../../../src/cost/rates/pick-rates.ts'
import { exact } from '../../../src/model/number/money.ts'

const card: RateCard = {
  input: '0.28',
  cache_read: '0.028',
  cache_write: null,
  cache_write_1h: 'not_offered',
  output: '0.42',
}
const total = (usage: Parameters<typeof priceUsage>[0]): string => {
  const lines = priceUsage(usage, card)
  return 'missing' in lines ? `no ${lines.missing}` : totalCost(lines).toFixed()
}

// count × rate ÷ 1,000,000
describe('priceUsage', () => {
  it.each<{ it: string; usage: Parameters<typeof priceUsage>[0]; cost: string }>([
    { it: 'charges nothing for no usage', usage: {}, cost: '0' },
    { it: 'charges the listed rate for a million', usage: { input: exact(1_000_000) }, cost: '0.28' },
    { it: 'does not round a single token away', usage: { cache_read: exact(1) }, cost: '0.000000028' },
    { it: 'keeps a fraction of a token', usage: { input: exact('0.5') }, cost: '0.00000014' },
    { it: 'adds meters up: 56 + 42 millionths', usage: { input: exact(200), output: exact(100) }, cost: '0.000098' },
    {
      it: 'has no sum where a used rate is unknown',
      usage: { input: exact(1), cache_write: exact(1) },
      cost: 'no cache_write',
    },
    { it: 'nor where it is not offered', usage: { cache_write_1h: exact(1) }, cost: 'no cache_write_1h' },
    {
      it: 'does not ask for a rate that is not used',
      usage: { cache_write: exact(0), output: exact(1) },
      cost: '0.00000042',
    },
    { it: 'is exact beyond 53 bits', usage: { input: exact('9007199254740993') }, cost: '2522015791.32747804' },
  ])('$it', ({ usage, cost }) => {
    expect(total(usage)).toBe(cost)
  })

  it('lists the used meters in their order', () => {
    const lines = priceUsage({ output: exact(1), cache_read: exact(2), input: exact(3) }, card)
    expect('missing' in lines ? [] : lines.map(({ meter, quantity }) => `${quantity} ${meter}`)).toEqual([
      '3 input',
      '2 cache_read',
      '1 output',
    ])
  })
})
