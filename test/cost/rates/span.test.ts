import { expect, it } from 'vitest'
import { span } from '../../../src/cost/rates/span.ts'

it.each([
  [{ from: '1970-01-02', to: '1970-01-03' }, 86_400_000, 172_800_000],
  [{ from: '1970-01-01T01:00Z' }, 3_600_000, Number.POSITIVE_INFINITY],
  [{ to: null }, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
])('%j holds from %d until %d', (dated, from, to) => {
  expect(span(dated)).toEqual({ from, to })
})
