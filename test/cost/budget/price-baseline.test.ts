import { describe, expect, it } from 'vitest'
import { check } from '../../../src/cost/budget/check.ts'
import { isAlike } from '../../../src/cost/budget/price-baseline.ts'
import type { Book } from '../../../src/model/book/book.ts'
import { bookWith, MILLION, priced, scenarioWith, type Wish } from '../build.ts'

const paced = { requests: 10, per: 'day' } as const
const work: Wish = { file: 'a.yaml', traffic: paced, request: { shared: 1000, turn: MILLION, output: 500, turns: 3 } }

/** The change of a scenario against a baseline, whose book may be another copy of the same. */
const changeOf = (base: Wish, head: Wish, { book, copy }: { readonly book: Book; readonly copy: Book }) => {
  const placed = (wish: Wish) => ({ scenario: scenarioWith(wish), at: wish.at ?? '2026-01-01' })
  const side = { name: 'base', commit: null, priced: priced(copy), scenarios: [placed(base)] }
  return check([{ ...placed(head), held: [] }], priced(book), {
    total: null,
    unread: new Set<string>(),
    baseline: { kind: 'git', name: 'base', reason: null, side, broken: new Map() },
    requireBaseline: false,
    strict: false,
    faults: [],
    warnings: [],
  }).check?.changes
}

describe('a baseline costs the same whether it is priced anew or taken from this run', () => {
  const book = bookWith()
  it.each<{ it: string; base: Wish; head: Wish }>([
    { it: 'nothing changed', base: work, head: work },
    { it: 'only its words changed', base: { ...work, description: 'one' }, head: { ...work, description: 'two' } },
    { it: 'its traffic changed', base: work, head: { ...work, traffic: { ...paced, requests: 20 } } },
    { it: 'its period changed', base: work, head: { ...work, traffic: { ...paced, per: 'week' } } },
    { it: 'its request changed', base: work, head: { ...work, request: { turn: MILLION } } },
    { it: 'its cache changed', base: work, head: { ...work, cache: { policy: 'none' } } },
    { it: 'its date changed', base: work, head: { ...work, at: '2026-02-01' } },
    { it: 'it has no price', base: { ...work, model: 'none' }, head: { ...work, model: 'none' } },
  ])('$it', ({ base, head }) => {
    const changes = changeOf(base, head, { book, copy: book })
    expect(changes).toHaveLength(1)
    expect(changes).toEqual(changeOf(base, head, { book, copy: structuredClone(book) }))
  })
})

it('growth, which only forecasts read, makes no difference', () => {
  const dated = (wish: Wish) => ({ scenario: scenarioWith(wish), at: '2026-01-01' })
  const grown = { ...work, traffic: { ...paced, growth: '0.08', growth_from: '2027-01' } }
  expect(isAlike(dated(work), dated(grown))).toBe(true)
  expect(isAlike(dated(work), dated({ ...work, traffic: { ...paced, weekdays_only: true } }))).toBe(false)
})
