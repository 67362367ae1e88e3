import { expect, it } from 'vitest'
import { listedRow, madeFrom } from '../../../src/cost/rates/listed-row.ts'
import { rowWith } from '../build.ts'

it('finds the row that a file lists under what layers made of it', () => {
  const row = rowWith()
  const cut = madeFrom(row, { ...row, to: '2026-03-01' })
  const cheaper = madeFrom(cut, { ...cut, input: '0.5' })
  expect([row, cut, cheaper].map(listedRow)).toEqual([row, row, row])
  expect(listedRow({ ...row, to: '2026-04-01' }).to).toBe('2026-04-01')
})
