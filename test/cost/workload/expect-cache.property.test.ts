import fc from 'fast-check'
import { expect, it } from 'vitest'
import { expectCalls } from '../../../src/cost/workload/expect-cache.ts'
import { NO_MARKS } from '../../../src/cost/workload/expect-marks.ts'
import { MARKS, type Mark } from '../../../src/model/scenario/marks.ts'
import { ruleWith } from '../build.ts'
import { expectAsBefore } from './frozen-formulas.ts'

const tokens = (max: number) =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat({ max }) })

const lengths = fc.record({
  shared: tokens(3000),
  session: tokens(3000),
  turn: tokens(500),
  output: tokens(300),
  thinking: fc.constantFrom(0, 0, 50, 100),
  start_overhead: tokens(30),
  end_overhead: tokens(5),
  answer_overhead: tokens(5),
  first: fc.integer({ min: 1, max: 3 }),
  more: fc.nat({ max: 4 }),
  gap_s: fc.constantFrom(0, 300, 301),
  history: fc.boolean(),
})

const plain = lengths.map(({ thinking, more, ...rest }) => ({
  ...rest,
  reasoning: Math.floor((rest.output * thinking) / 100),
  last: rest.first + more,
}))

const any = fc
  .record({ shape: plain, context: tokens(400), keeps: fc.boolean() })
  .map(({ shape, ...rest }) => ({ ...shape, ...rest }))

const conditions = fc.record({
  writes: fc.boolean(),
  rewrites: fc.boolean(),
  run: fc.boolean(),
})

const minimum = fc.constantFrom(0, 64, 1024)
const ofMarks = (least: number) => ruleWith({ match: 'marks', minimum: least })
const given = { ttl_s: 300, rewrites: false }

it('blocks and units without context and kept reasoning are what they were', () => {
  const rule = fc.record({
    match: fc.constantFrom('blocks' as const, 'units' as const),
    block: fc.constantFrom(1, 64, 128),
    minimum,
    stores_output: fc.boolean(),
  })
  fc.assert(
    fc.property(plain, rule, conditions, (shape, own, terms) => {
      const all = { ...terms, ttl_s: 300, rule: ruleWith(own) }
      const calls = expectCalls({ ...shape, context: 0, keeps: false }, { ...all, marks: NO_MARKS })
      expect(calls).toEqual(expectAsBefore(shape, all))
    }),
  )
})

it('marks at all three places read what blocks of one token read, without context and stored outputs', () => {
  fc.assert(
    fc.property(any, minimum, fc.boolean(), (shape, least, run) => {
      const one = { ...shape, context: 0 }
      const terms = { ...given, run, writes: false, marks: { caller: MARKS, newest: false } }
      const hits = (rule: ReturnType<typeof ruleWith>) =>
        expectCalls(one, { ...terms, rule }).map(({ cold, warm, needs }) => [cold.hit, warm.hit, needs])
      expect(hits(ofMarks(least))).toEqual(hits(ruleWith({ minimum: least })))
    }),
  )
})

it('a mark more never reads fewer tokens', () => {
  const sets = fc.record({
    caller: fc.subarray([...MARKS]),
    newest: fc.boolean(),
    more: fc.constantFrom<Mark>(...MARKS),
  })
  fc.assert(
    fc.property(any, minimum, sets, (shape, least, { caller, newest, more }) => {
      const terms = { ...given, rule: ofMarks(least), run: false, writes: true }
      const [fewer, greater] = [caller, [...caller, more]].map(marks =>
        expectCalls(shape, { ...terms, marks: { caller: marks, newest } }),
      )
      for (const [i, call] of (fewer ?? []).entries()) {
        expect(greater?.[i]?.cold.hit).toBeGreaterThanOrEqual(call.cold.hit)
        expect(greater?.[i]?.warm.hit).toBeGreaterThanOrEqual(call.warm.hit)
      }
    }),
  )
})

it('what is read and what is written lie one behind the other in the prompt', () => {
  const sets = fc.record({ caller: fc.subarray([...MARKS]), newest: fc.boolean() })
  fc.assert(
    fc.property(any, minimum, sets, conditions, (shape, least, marks, terms) => {
      for (const { prompt, cold, warm } of expectCalls(shape, { ...terms, ttl_s: 300, rule: ofMarks(least), marks })) {
        expect(cold.hit + cold.write).toBeLessThanOrEqual(prompt)
        expect(warm.hit + warm.write).toBe(terms.writes ? cold.hit + cold.write : warm.hit)
      }
    }),
  )
})
