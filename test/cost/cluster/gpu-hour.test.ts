import { describe, expect, it } from 'vitest'
import { type Owned, ownedHour, rentedHour, usefulShare } from '../../../src/cost/cluster/gpu-hour.ts'
import { exact, ONE, toDecimals, ZERO } from '../../../src/model/number/money.ts'

/** Bought for $35,040, used up in 4 years of 8,760 hours: $1 an hour. */
const ownedWith = (gpu: Partial<Owned> = {}): Owned => ({
  capexUsd: exact(35_040),
  residualShare: ZERO,
  lifeYears: exact(4),
  financeShare: ZERO,
  kw: ZERO,
  pue: ONE,
  usdPerKwh: ZERO,
  usdPerKwMonth: ZERO,
  maintenanceShare: ZERO,
  availability: ONE,
  ...gpu,
})

describe('a rented hour of useful work', () => {
  const at = (usd: string, lost: string, commitment: readonly [months: number, used: number] | null): string =>
    rentedHour(
      exact(usd),
      usefulShare({
        lostShare: exact(lost),
        commitment: commitment && { months: exact(commitment[0]), usedMonths: exact(commitment[1]) },
      }),
    ).toFixed()

  it.each<[it: string, lost: string, commitment: readonly [number, number] | null, usd: string]>([
    ['is the rent where nothing is lost', '0', null, '2.1'],
    // 2.1/0.8
    ['of which a fifth is lost', '0.2', null, '2.625'],
    // 2.1 · 12/7
    ['of a year of which 7 months are used: 1.714 times', '0', [12, 7], '3.6'],
    ['of a year that is used', '0', [12, 12], '2.1'],
    ['of a year and beyond', '0', [12, 18], '2.1'],
    // 3.6/0.8
    ['of both', '0.2', [12, 7], '4.5'],
  ])('%s', (_, lost, commitment, usd) => {
    expect(at('2.1', lost, commitment)).toBe(usd)
  })
})

describe('an hour of one’s own', () => {
  it.each<{ it: string; price: Owned; usd: string }>([
    { it: 'owned: what it is written off by', price: ownedWith(), usd: '1' },
    { it: 'and a quarter got back', price: ownedWith({ residualShare: exact('0.25') }), usd: '0.75' },
    // 35,040 · 0.1 / 2 = 1,752 a year, 0.2 an hour
    { it: 'and financed on half its value', price: ownedWith({ financeShare: exact('0.1') }), usd: '1.2' },
    // 35,040 · 1.25 · 0.1 / 2 = 2,190 a year, 0.25 an hour
    {
      it: 'and financed while a quarter is kept',
      price: ownedWith({ financeShare: exact('0.1'), residualShare: exact('0.25') }),
      usd: '1',
    },
    // 1.275 · 1.3 · 0.08
    {
      it: 'and its power',
      price: ownedWith({ kw: exact('1.275'), pue: exact('1.3'), usdPerKwh: exact('0.08') }),
      usd: '1.1326',
    },
    // 2 kW at $182.50 a month: 4,380 a year
    { it: 'and its place', price: ownedWith({ kw: exact(2), usdPerKwMonth: exact('182.5') }), usd: '1.5' },
    // 35,040 · 0.05 = 1,752 a year
    { it: 'and its maintenance', price: ownedWith({ maintenanceShare: exact('0.05') }), usd: '1.2' },
    { it: 'over the hours in which it works', price: ownedWith({ availability: exact('0.8') }), usd: '1.25' },
    {
      // (0.75 + 0.25 + 0.1326 + 1.275 · 182.5 · 12/8760 + 0.2)/0.8 = (1.3326 + 0.31875)/0.8
      it: 'all of it together',
      price: ownedWith({
        residualShare: exact('0.25'),
        financeShare: exact('0.1'),
        kw: exact('1.275'),
        pue: exact('1.3'),
        usdPerKwh: exact('0.08'),
        usdPerKwMonth: exact('182.5'),
        maintenanceShare: exact('0.05'),
        availability: exact('0.8'),
      }),
      usd: '2.0641875',
    },
  ])('$it', ({ price, usd }) => {
    expect(ownedHour(price).toFixed()).toBe(usd)
  })

  it('a tenth of PUE moves an owned H100 by less than 1%', () => {
    // A node of $325,000 and 10.2 kW, 8 GPUs, three years, 30% got back, $0.09 a kWh.
    // @see v2-pseo-ai.pages.dev/tools/gpu-tco-analysis, the middle of each range; a PUE of 1.3 has no source
    const at = (pue: string) =>
      ownedHour(
        ownedWith({
          capexUsd: exact(40_625),
          residualShare: exact('0.3'),
          lifeYears: exact(3),
          kw: exact('1.275'),
          usdPerKwh: exact('0.09'),
          pue: exact(pue),
        }),
      )
    // 28,437.5/26,280 + 0.11475 · 1.3 = 1.0821 + 0.1492
    expect(toDecimals(at('1.3'), 4)).toBe('1.2313')
    // 1.275 · 0.1 · 0.09 = 0.011475
    expect(at('1.4').lt(at('1.3').times('1.01'))).toBe(true)
  })
})
