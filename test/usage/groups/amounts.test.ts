import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exact, ZERO } from '../../../src/model/number/money.ts'
import { amounts } from '../../../src/usage/groups/amounts.ts'

const digits = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.nat(18)).map(([whole, decimals]) => {
  const text = String(whole).padStart(decimals + 1, '0')
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`
})
const amount = fc.oneof(digits, fc.constantFrom('0', '0.', '12.50', '999999999999999', '1e-7', '-3.25', '00.1'))

describe('amounts', () => {
  it('add up to the last digit, however long they are', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 50 }), given => {
        const sum = amounts()
        for (const one of given) sum.add(one)
        expect(sum.sum().toFixed()).toBe(given.reduce((all, one) => all.plus(exact(one)), ZERO).toFixed())
      }),
    )
  })

  it('add up beyond 2^53 of their last decimal, and in between', () => {
    const sum = amounts()
    for (let i = 0; i < 100; i++) sum.add('99999999.999999')
    expect(sum.sum().toFixed()).toBe('9999999999.9999')
    sum.addExact(exact('0.0001'))
    expect(sum.sum().toFixed()).toBe('10000000000')
  })
})
