import { expect, it } from 'vitest'
import { type Steps, sumSteps } from '../../../src/cost/diff/sum-steps.ts'
import { UNKNOWN } from '../../../src/cost/fleet/costs.ts'
import { exact } from '../../../src/model/number/money.ts'
import { both } from '../../../src/model/number/range.ts'

const costs = (usd: number) => ({ ...UNKNOWN, headline: both(exact(usd)) })
const steps = (base: number, workload: number, routing: number, head: number): Steps => ({
  base: costs(base),
  workload: costs(workload),
  routing: costs(routing),
  head: costs(head),
})
const same = (usd: number): Steps => steps(usd, usd, usd, usd)

it('takes what was removed first and what is new last, and each step of what stayed in between', () => {
  // A day's $1 → $2 → $4 → $3 is 30 times that a month; $7 a month is gone, $5 is new.
  const sums = sumSteps([
    { kind: 'both', steps: steps(1, 2, 4, 3), periods: exact(30) },
    { kind: 'removed', steps: same(7), periods: exact(1) },
    { kind: 'added', steps: same(5), periods: exact(1) },
  ])
  const headline = ({ headline: usd }: { readonly headline: unknown }) => usd
  expect([sums?.base, sums?.head, sums?.change].map(side => side && headline(side))).toEqual(['37', '95', '58'])
  const effects = Object.entries(sums?.effects ?? {}).map(([key, usd]) => [key, usd.headline])
  expect(Object.fromEntries(effects)).toEqual({
    removed: '-7',
    workload: '30',
    routing: '60',
    prices: '-30',
    added: '5',
  })
})

it('leaves runs as they are, and is nothing without a part', () => {
  const sums = sumSteps([{ kind: 'both', steps: same(2), periods: null }])
  expect([sums?.base.headline, sums?.change.headline]).toEqual(['2', '0'])
  expect(sumSteps([])).toBeNull()
})
