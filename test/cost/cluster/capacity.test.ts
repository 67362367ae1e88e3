import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Mix, nodeCapacity } from '../../../src/cost/cluster/capacity.ts'
import { exact, quotient, toDecimals } from '../../../src/model/number/money.ts'
import { mapRange } from '../../../src/model/number/range.ts'

const mix = (miss: number | string, hit: number | string, output: number | string): Mix => ({
  miss: exact(miss),
  hit: exact(hit),
  output: exact(output),
})

const perDay = (...args: Parameters<typeof nodeCapacity>): string[] =>
  Object.values(mapRange(nodeCapacity(...args), one => toDecimals(one, 6)))

const phases = (prefill: string, decode: string, cached_prefill = prefill) =>
  ({ kind: 'phases', prefill, decode, cached_prefill }) as const

describe('a node’s tokens a day', () => {
  it.each<[string, Parameters<typeof nodeCapacity>[0], Mix, string]>([
    // A second for 100 in, a second for 10 out: 110 tokens in 2 s.
    ['adds the seconds of the phases, never their rates', phases('100', '10'), mix(100, 0, 10), '4752000'],
    ['takes only a phase that is used', phases('100', '10'), mix(100, 0, 0), '8640000'],
    // 100 read anew take 1 s, 100 from the cache 0.1 s, 10 written 1 s: 210 in 2.1 s.
    ['reads cached tokens at their own rate', phases('100', '10', '1000'), mix(100, 100, 10), '8640000'],
    ['and at the prefill rate where none is given', phases('100', '10'), mix(100, 100, 10), '6048000'],
    [
      'takes a joint total as it is',
      { kind: 'joint', total: '850', input: '8', output: '1' },
      mix(3, 0, 1),
      '73440000',
    ],
  ])('%s', (_, rates, work, capacity) => {
    expect(perDay(rates, work)).toEqual([capacity, capacity])
  })

  it('is a band of half to double under a roofline', () => {
    const rates = { kind: 'roofline', prefill: '100', decode: '10', times: '2' } as const
    expect(perDay(rates, mix(100, 0, 10))).toEqual(['2376000', '9504000'])
  })
})

describe('published figures', () => {
  // DeepSeek's serving day, 27–28 February 2025 (open-infra-index, day 6): 608B input tokens, 342B of them cache hits,
  // 168B output, on 226.75 nodes of 8 H800 on average; 73.7k input tokens a second and node with hits, 14.8k output.
  it('DeepSeek’s day takes 226.86 nodes by its rates, and 226.75 by its own count', () => {
    const { low: capacity } = nodeCapacity(phases('32243.75', '14800'), mix('266e9', 0, '168e9'))
    // Uncached, as 73,700 × 266/608 = 32,243.75…: hits cost no time of their own.
    expect(toDecimals(quotient(exact('434e9'), capacity), 2)).toBe('226.86')
  })

  it('InferenceX’s 850 tokens a second of each of 32 H100 are 2.35B a day', () => {
    const { low: node } = nodeCapacity({ kind: 'joint', total: '6800', input: '8', output: '1' }, mix(8, 0, 1))
    expect(node.times(4).toFixed()).toBe('2350080000')
  })
})

const rate = fc.integer({ min: 1, max: 1_000_000 }).map(String)
const part = fc.integer({ min: 0, max: 1_000_000 })
const some = fc.tuple(part, part, part).filter(parts => parts.some(one => one > 0))

describe('whatever the rates and the mix', () => {
  it('lies between the slowest phase and the fastest', () => {
    fc.assert(
      fc.property(rate, rate, rate, some, (p, d, h, [miss, hit, output]) => {
        const { low: capacity } = nodeCapacity(phases(p, d, h), mix(miss, hit, output))
        const rates = [p, d, h].map(one => exact(one).times(86_400))
        const [least, most] = [rates.reduce((a, b) => (b.lt(a) ? b : a)), rates.reduce((a, b) => (b.gt(a) ? b : a))]
        expect(capacity.times('1.000000000001').gte(least) && capacity.lte(most.times('1.000000000001'))).toBe(true)
      }),
    )
  })

  it('a prompt found in the cache never lowers it, where reading it is no slower', () => {
    fc.assert(
      fc.property(
        rate,
        rate,
        fc.integer({ min: 1, max: 9 }),
        some,
        fc.nat({ max: 100 }),
        (p, d, faster, parts, percent) => {
          const [miss, hit, output] = parts
          const moved = Math.floor((miss * percent) / 100)
          const rates = phases(p, d, exact(p).times(faster).toFixed())
          const { low: before } = nodeCapacity(rates, mix(miss, hit, output))
          const { low: after } = nodeCapacity(rates, mix(miss - moved, hit + moved, output))
          expect(after.times('1.000000000001').gte(before)).toBe(true)
        },
      ),
    )
  })
})
