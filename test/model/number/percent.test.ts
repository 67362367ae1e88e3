import { expect, it } from 'vitest'
import { exact } from '../../../src/model/number/money.ts'
import { percent } from '../../../src/model/number/percent.ts'

it.each([
  { share: '0', shown: '0%' },
  { share: '0.8', shown: '80%' },
  { share: '0.123', shown: '12.3%' },
  { share: '0.1234', shown: '12.3%' },
  { share: '-0.5', shown: '-50%' },
  { share: '2.5', shown: '250%' },
])('$share is $shown', ({ share, shown }) => {
  expect(percent(exact(share))).toBe(shown)
})

it.each([
  { share: '0.8000001', beside: '0.8', shown: '80.00001%' },
  { share: '0.7999999', beside: '0.8', shown: '79.99999%' },
  { share: '0.8', beside: '0.8', shown: '80%' },
  { share: '0.9', beside: '0.8', shown: '90%' },
])('$share beside $beside is $shown: never the same digits for two shares', ({ share, beside, shown }) => {
  expect(percent(exact(share), exact(beside))).toBe(shown)
})
