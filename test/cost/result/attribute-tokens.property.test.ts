import fc from 'fast-check'
import { expect, it } from 'vitest'
import { promptTokens } from '../../../src/cost/result/attribute-tokens.ts'
import { NO_MARKS } from '../../../src/cost/workload/expect-marks.ts'
import { type CallRange, measureWorkload } from '../../../src/cost/workload/measure-workload.ts'
import { exact, sum } from '../../../src/model/number/money.ts'
import { bookWith, scenarioWith } from '../build.ts'

const tokens = fc.nat({ max: 5000 })

/** Calls first to last of a conversation, at a multiple of its size. */
const extent: fc.Arbitrary<CallRange> = fc
  .record({
    times: fc.integer({ min: 1, max: 7 }),
    of: fc.integer({ min: 1, max: 7 }),
    first: fc.integer({ min: 1, max: 4 }),
    more: fc.nat({ max: 6 }),
  })
  .map(({ more, ...rest }) => ({ ...rest, last: rest.first + more }))

// The prompt of a call is worked out twice, here part by part and there call by call: both must say the same.
it('the parts of all prompts add up to the prompts that are priced', () => {
  const { models } = bookWith()
  const row = models[0]?.prices[0]
  if (!row) throw new Error('the book has a row')
  fc.assert(
    fc.property(
      fc
        .record({
          shared: tokens,
          session: tokens,
          turn: tokens,
          context: tokens,
          output: tokens,
          thinking: fc.nat({ max: 100 }),
          history: fc.boolean(),
        })
        .map(({ thinking, ...rest }) => ({ ...rest, reasoning: Math.floor((rest.output * thinking) / 100) })),
      extent,
      fc.boolean(),
      (lengths, range, keeps) => {
        const { request } = scenarioWith({ request: { ...lengths, turns: range.last } })
        if (!request) throw new Error('the scenario has a request')
        const rule = {
          match: 'blocks',
          block: 1,
          minimum: 0,
          lifetimes: [{ ttl_s: 300, write: null }],
          stores_output: false,
          source: 's',
        } as const
        const terms = { rule, ttl_s: 300, writes: false, rewrites: false, run: true, marks: NO_MARKS }
        const { cells } = measureWorkload(request, { row, terms, keeps, extent: range })
        const priced = sum(cells.map(({ prompt }) => prompt))
        expect(
          promptTokens(request, () => true, { extent: range, keeps })
            .minus(priced)
            .abs()
            .lt(exact('1e-30')),
        ).toBe(true)
      },
    ),
  )
})
