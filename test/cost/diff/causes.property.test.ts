import fc from 'fast-check'
import { expect, it } from 'vitest'
import { diff, type Side } from '../../../src/cost/diff/diff.ts'
import { keyOrderOf } from '../../../src/cost/diff/key-order.ts'
import { NOT_PRICED } from '../../../src/cost/diff/steps.ts'
import { servedAs } from '../../../src/cost/workload/serving.ts'
import type { Book } from '../../../src/model/book/book.ts'
import { exact } from '../../../src/model/number/money.ts'
import { highOf, lowOf, type Printed } from '../../../src/model/number/range.ts'
import type { Length, Part } from '../../../src/model/scenario/counted.ts'
import { inputSchema, type Scenario } from '../../../src/model/scenario/scenario.ts'
import { ALL_VIEWS } from '../../../src/model/views.ts'
import { runs } from '../../laws.ts'
import { book, policy, request, traffic } from '../arbitrary.ts'
import { clusterWith, modelWith, routingWith, scenarioWith } from '../build.ts'

const part = (source: string): fc.Arbitrary<Part> =>
  fc
    .record({ samples: fc.array(fc.nat({ max: 900 }), { minLength: 1, maxLength: 3 }), width: fc.nat({ max: 20 }) })
    .map(({ samples, width }) => {
      const named = { source, kind: 'text' as const, samples, tokenizer: 't' }
      const at = (factor: number): number[] => samples.map(tokens => Math.ceil((tokens * factor) / 100))
      return width === 0
        ? { ...named, exact: true }
        : { ...named, exact: false, low: at(100 - width), high: at(100 + width) }
    })

/** A number, or texts of some files. */
const length: fc.Arbitrary<Length> = fc.oneof(
  fc.nat({ max: 3000 }),
  fc
    .tuple(fc.subarray(['a.md', 'b.md', 'c.md']), part('a.md'), part('b.md'), part('c.md'))
    .map(([files, ...parts]) => ({
      mean: '0',
      min: 0,
      max: 0,
      parts: parts.filter(({ source }) => files.includes(source)),
    })),
)

const work = fc.oneof(
  { weight: 4, arbitrary: fc.record({ request, shared: length, turn: length }) },
  fc.record({ totals: fc.record({ input: fc.nat({ max: 9000 }), output: fc.nat({ max: 900 }) }) }),
)

const cache = fc.oneof(
  { weight: 3, arbitrary: policy },
  // More than some prompts have: then a step has no price.
  fc.nat({ max: 2000 }).map(read => ({ policy: 'usage' as const, read, write: 0, write_1h: 0 })),
)

const served = fc.constantFrom('alone', 'fleet', 'cluster')

const wish = fc.record({ traffic, work, cache, served }).map(({ traffic, work, cache, served }): Scenario => {
  const { model, ...scenario } = scenarioWith({
    ...{ traffic, cache },
    ...('totals' in work
      ? { totals: work.totals }
      : { request: { ...work.request, shared: work.shared, turn: work.turn } }),
    ...(served === 'cluster' ? { self_host: clusterWith({ utilisation: 0.5 }) } : {}),
  })
  const legs = [
    { model: 'demo', share: 0.25 },
    { model: 'other', share: 0.75, tokens: '2' },
  ]
  return served === 'fleet' ? { ...scenario, model: null, routing: routingWith({ legs }) } : { ...scenario, model }
})

const side = (book: Book, scenario: Scenario): Side<never> =>
  ({
    name: 'a',
    commit: null,
    priced: { book, hash: 'none' },
    scenarios: [{ scenario, at: '2026-01-01', servedAs: (base: Scenario) => servedAs(scenario, base) }],
  }) as unknown as Side<never>

/** The book of the laws, with its model under another name too. */
const twoModels = book.map(one => ({
  ...one,
  models: [...one.models, modelWith({ ...one.models[0], id: 'other', prices: one.models[0]?.prices ?? [] })],
}))

const add = (parts: readonly Printed<string>[]): [string, string] => [
  parts.reduce((sum, part) => sum.plus(exact(lowOf(part))), exact(0)).toFixed(),
  parts.reduce((sum, part) => sum.plus(exact(highOf(part))), exact(0)).toFixed(),
]

/** A value with the keys of every object in another order. */
const shuffled = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map(shuffled) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, own]) => [key, shuffled(own)])
      .reverse(),
  )
}

const causesIn = (one: Book, was: Scenario, is: Scenario) => diff(side(one, was), side(one, is)).scenarios[0]

it('causes add up to the workload effect in every view, to the last digit', () => {
  let several = 0
  fc.assert(
    fc.property(twoModels, wish, wish, (one, was, is) => {
      const entry = causesIn(one, was, is)
      if (!entry?.effects) return
      for (const view of ALL_VIEWS) {
        const [effect, causes] = [entry.effects.workload[view], entry.causes?.[view]]
        // Scenarios that are the same have no causes, whether or not they have a price.
        if (effect == null) expect(causes ?? []).toEqual([])
        else expect(add((causes ?? []).map(cause => cause.effect)), view).toEqual(add([effect]))
        if ((causes?.length ?? 0) > 1) several += 1
      }
    }),
    { numRuns: runs(150) },
  )
  expect(several).toBeGreaterThan(50)
})

it('causes do not depend on the order of keys in the files', () => {
  fc.assert(
    fc.property(twoModels, wish, wish, (one, was, is) => {
      expect(causesIn(one, shuffled(was), shuffled(is))?.causes).toEqual(causesIn(one, was, is)?.causes)
    }),
    { numRuns: runs(50) },
  )
})

it('identical scenarios have no causes', () => {
  fc.assert(
    fc.property(twoModels, wish, (one, ask) => {
      const { causes } = causesIn(one, ask, structuredClone(ask)) ?? {}
      for (const view of ALL_VIEWS) expect(causes?.[view]).toEqual([])
    }),
    { numRuns: runs(50) },
  )
})

it('causes come in the order of the schema, each key once', () => {
  const order = keyOrderOf(inputSchema)
  const rank = (path: string): number => {
    const [top = '', inner = ''] = path.split('.')
    const own = order.get(top)?.findIndex(key => key.replace(/_s$/, '') === inner) ?? 0
    return (order.get('')?.indexOf(top) ?? 0) * 100 + own
  }
  fc.assert(
    fc.property(twoModels, wish, wish, (one, was, is) => {
      const keys = causesIn(one, was, is)?.causes?.headline?.map(({ key }) => key) ?? []
      expect(keys.map(rank)).toEqual(keys.map(rank).sort((a, b) => a - b))
      expect(keys.filter(key => NOT_PRICED.has(key))).toEqual([])
    }),
    { numRuns: runs(50) },
  )
})
