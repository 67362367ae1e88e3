import fc from 'fast-check'
import { expect, it } from 'vitest'
import { diff, type Side } from '../../../src/cost/diff/diff.ts'
import type { Book } from '../../../src/model/book/book.ts'
import { exact } from '../../../src/model/number/money.ts'
import { highOf, lowOf, type Printed } from '../../../src/model/number/range.ts'
import { ALL_VIEWS } from '../../../src/model/views.ts'
import { runs } from '../../laws.ts'
import { type Ask, book, policy, request, traffic } from '../arbitrary.ts'
import { clusterWith, scenarioWith } from '../build.ts'

const cluster = fc.option(
  fc
    .record({ nodes: fc.constantFrom(1, 3), hourly: fc.constantFrom('2', '7.5') })
    .map(({ nodes, hourly }) =>
      clusterWith({ nodes, utilisation: 0.5, usd_per_node_hour: { low: hourly, high: '10' } }),
    ),
  { nil: undefined },
)

const wish: fc.Arbitrary<Ask> = fc
  .record({ traffic, request, cache: policy, cluster })
  .map(({ cluster: self_host, ...rest }) => ({ ...rest, ...(self_host ? { self_host } : {}) }))

const side = (book: Book, asks: readonly Ask[]): Side<never> =>
  ({
    name: 'a',
    commit: null,
    priced: { book, hash: 'none' },
    scenarios: asks.map((ask, i) => ({
      scenario: scenarioWith({ ...ask, name: `scenario ${i}` }),
      at: '2026-01-01',
      servedAs: () => null,
    })),
  }) as unknown as Side<never>

/** Sum of figures, end by end. */
const add = (parts: readonly Printed<string>[]): [string, string] => [
  parts.reduce((sum, part) => sum.plus(exact(lowOf(part))), exact(0)).toFixed(),
  parts.reduce((sum, part) => sum.plus(exact(highOf(part))), exact(0)).toFixed(),
]

const sides = fc.tuple(
  book,
  book,
  fc.array(wish, { minLength: 1, maxLength: 3 }),
  fc.array(wish, { minLength: 1, maxLength: 3 }),
)

it('the effects of every scenario add up to its change, to the last digit', () => {
  fc.assert(
    fc.property(sides, ([old, now, was, is]) => {
      for (const { change, effects } of diff(side(old, was), side(now, is)).scenarios) {
        if (!effects) continue
        for (const view of ALL_VIEWS) {
          const parts = [effects.workload[view], effects.routing[view], effects.prices[view]]
          const whole = change[view]
          if (whole == null || parts.some(part => part == null)) continue
          expect(add(parts as Printed<string>[])).toEqual(add([whole]))
        }
      }
    }),
    { numRuns: runs(50) },
  )
})

it('the effects of every total add up to its change, and it is head less base', () => {
  fc.assert(
    fc.property(sides, ([old, now, was, is]) => {
      const { totals } = diff(side(old, was), side(now, is))
      for (const sums of [totals.run, totals.per_month]) {
        if (!sums) continue
        for (const view of ALL_VIEWS) {
          const parts = Object.values(sums.effects).map(effect => effect[view])
          const [base, head, change] = [sums.base[view], sums.head[view], sums.change[view]]
          if (base == null || head == null || change == null || parts.some(part => part == null)) continue
          expect(add(parts as Printed<string>[])).toEqual(add([change]))
          expect(add([change, base])).toEqual(add([head]))
        }
      }
    }),
    { numRuns: runs(50) },
  )
})

it('nothing differs from itself', () => {
  fc.assert(
    fc.property(book, wish, (one, ask) => {
      const [entry] = diff(side(one, [ask]), side(one, [ask])).scenarios
      expect(entry?.state).toBe('same')
      for (const view of ALL_VIEWS) expect(entry?.change[view] ?? '0').toBe('0')
    }),
    { numRuns: runs(50) },
  )
})

it('the same workload at other prices is a matter of prices alone', () => {
  fc.assert(
    fc.property(book, book, wish, (old, now, ask) => {
      const [entry] = diff(side(old, [ask]), side(now, [ask])).scenarios
      expect(entry?.effects?.workload.headline).toBe('0')
      expect(entry?.effects?.prices.headline).toBe(entry?.change.headline)
    }),
    { numRuns: runs(50) },
  )
})
