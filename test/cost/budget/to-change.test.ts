import { expect, it } from 'vitest'
import type { Baseline, Outcome } from '../../../src/cost/budget/checked.ts'
import { brokenThere, toChange } from '../../../src/cost/budget/to-change.ts'
import { UNKNOWN } from '../../../src/cost/fleet/costs.ts'
import { priceEnds } from '../../../src/cost/fleet/price-ends.ts'
import { bookWith, MILLION, priced, scenarioWith } from '../build.ts'

const book = bookWith()
const placed = (millions: number) => ({
  scenario: scenarioWith({ request: { turn: millions * MILLION }, file: 'a.yaml' }),
  at: '2026-01-01',
  held: [],
})
const costs = (millions: number) => priceEnds(placed(millions), book).views
const against: Baseline = { kind: 'git', name: 'git:main', reason: null, side: null, broken: new Map() }

const outcome = (base: number | null, head: number | null): Outcome => {
  const was = base === null ? null : costs(base)
  return {
    pair: { base: base === null ? null : placed(base), head: head === null ? null : placed(head) },
    priced: null,
    now: head === null ? UNKNOWN : costs(head),
    baseline: was && { costs: was, before: was, own: { costs: was, before: was }, why: null },
  }
}

it('a change has its causes: 1M more at $1', () => {
  expect(toChange(outcome(1, 2), against, priced(book))).toMatchObject({
    state: 'changed',
    change: { headline: '1' },
    causes: { headline: [{ key: 'request.turn', from: MILLION, to: 2 * MILLION, effect: '1' }] },
  })
})

it.each<[string, number | null, number | null, string]>([
  ['the same', 1, 1, 'same'],
  ['new', null, 1, 'new'],
  ['gone', 1, null, 'removed'],
])('what is %s has none', (_, base, head, state) => {
  const change = toChange(outcome(base, head), against, priced(book))
  expect(change.state).toBe(state)
  expect('causes' in change).toBe(false)
})

it('what cannot be read in the baseline is not new', () => {
  const broken = { ...against, broken: new Map([['a.yaml', 'it is broken']]) }
  expect(brokenThere(outcome(null, 1).pair, broken)).toBe('git:main has it, but it is broken')
  expect(brokenThere(outcome(null, 1).pair, against)).toBeNull()
})
