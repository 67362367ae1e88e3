import { expect, it } from 'vitest'
import { addParts, meanOf } from '../../../src/cost/workload/add-parts.ts'

const part = (...samples: number[]) => ({ source: 'a', kind: 'text', samples, tokenizer: 't', exact: true }) as const

it('a part counts by the mean of its samples, at most 50 digits', () => {
  expect(meanOf(part(1, 2, 6)).toFixed()).toBe('3')
})

it('parts add up by their means and by their ends: 3 + 10 tokens, from 1 + 10 to 6 + 10', () => {
  expect(addParts([part(1, 2, 6), part(10)])).toMatchObject({ mean: '13', min: 11, max: 16 })
  expect(addParts([])).toEqual({ mean: '0', min: 0, max: 0, parts: [] })
})
