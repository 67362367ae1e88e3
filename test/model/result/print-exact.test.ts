import { expect, it } from 'vitest'
import { exact } from '../../../src/model/number/money.ts'
import * as print from '../../../src/model/result/print-exact.ts'

const range = (low: string, high = low) => ({ low: exact(low), high: exact(high) })

it('money has at most 12 decimals, and no more zeros than it needs', () => {
  expect(print.money(exact('0.1234567890124'))).toBe('0.123456789012')
  expect(print.money(exact('2.500'))).toBe('2.5')
})

it('tokens are an integer while a double holds it, else digits of at most 6 decimals', () => {
  expect(print.count(exact('7'))).toBe(7)
  expect(print.count(exact('9007199254740991'))).toBe(9007199254740991)
  expect(print.count(exact('9007199254740993'))).toBe('9007199254740993')
  expect(print.count(exact('0.12345678'))).toBe('0.123457')
})

it('a range is one figure where its ends print alike, and else in order', () => {
  expect(print.amount(range('1'))).toBe('1')
  expect(print.amount(range('1', '1.0000000000001'))).toBe('1')
  expect(print.amount(range('2', '1'))).toEqual({ low: '1', high: '2' })
  expect(print.tokens(range('2', '1.5'))).toEqual({ low: '1.5', high: 2 })
  expect(print.quantity(range('24', '12.5'))).toEqual({ low: '12.5', high: 24 })
  expect(print.ratio(range('0.25'))).toBe(0.25)
})

it('a share of nothing is not known', () => {
  expect(print.share(exact(1), exact(4))).toBe(0.25)
  expect(print.share(exact(1), exact(0))).toBeNull()
})

it('every view has its figure, what is unknown is null, and the API knows none of self-hosting', () => {
  const views = print.mapViews(view => view)
  expect(Object.entries(views).filter(([key, view]) => key !== view)).toEqual([])
  expect(print.perView(view => view).self_hosted).toBe('self_hosted')
  expect(print.perHosted(view => view)).toEqual({ ...views, self_hosted: null })
  const known = print.mapViews(view => (view === 'batch' ? null : range('3')))
  expect(print.printHosted(known)).toEqual({ ...print.mapViews(() => '3'), batch: null, self_hosted: null })
})
