import { expect, it } from 'vitest'
import { byMeter } from '../../../src/model/meters.ts'
import { exact } from '../../../src/model/number/money.ts'
import { ratesBy } from '../../../src/usage/price/rates.ts'
import { costOf } from '../../../src/usage/workload/rated-tokens.ts'

it('is the sum of tokens × rate, without meters whose rate is not known', () => {
  const rates = ratesBy(meter => (meter === 'input' ? exact('2') : meter === 'output' ? exact('0.5') : null))
  // 3 × 2 + 8 × 0.5; what was read has no rate.
  const tokens = byMeter(meter => (meter === 'input' ? 3 : 8))
  expect(costOf({ tokens }, rates).toFixed()).toBe('10')
})
