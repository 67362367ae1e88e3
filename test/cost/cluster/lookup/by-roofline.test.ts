import { describe, expect, it } from 'vitest'
import { rateByRoofline } from '../../../../src/cost/cluster/lookup/by-roofline.ts'
import { exact, quotient, toDecimals } from '../../../../src/model/number/money.ts'
import type { ServingRates } from '../../../../src/model/scenario/self-host.ts'
import { aroundWith, faultOf, foundOf, measuredWith, weightsWith, writtenWith } from './cluster-book.ts'

const nodes = (count: number, gpus_per_node = 8) => writtenWith({ nodes: count, gpus_per_node })

const unknownLength = { load: { lengthKnown: false } }

const ratesOf = (...args: Parameters<typeof rateByRoofline>) => {
  const { rates } = foundOf(rateByRoofline(...args))
  if (rates.kind !== 'roofline') throw new Error(`${rates.kind} is no roofline`)
  return rates
}

const over = (rate: string, published: number): string => toDecimals(quotient(exact(rate), exact(published)), 3)

describe('a roofline of DeepSeek V3 on nodes of 8 H800', () => {
  it('reads 4.9% more than DeepSeek’s profile of 62,713 tokens a second and node, at its 4,096 tokens', () => {
    // 0.35 × 1,979e12 / (74e9 + 61 × 2 × 128 × 320 × 4,096 / 2) = 8,223 a GPU; a prompt of that length or of none known
    for (const load of [{ prompt: 4096 }, { lengthKnown: false }, { prompt: null }, { prompt: 4095.6 }]) {
      expect(over(ratesOf(nodes(4), aroundWith({ load })).prefill, 62_713)).toBe('1.049')
    }
  })

  it('writes 1.54 times what production did, 14,800 a second and node of 18, at 4,989 tokens', () => {
    const { decode } = ratesOf(nodes(18), aroundWith({ load: { prompt: 4989 } }))
    expect(over(decode, 14_800)).toBe('1.537')
  })

  it('is that of a node, however many GPUs of the cluster it has', () => {
    // 32 GPUs, in nodes of 8 or of 4.
    const [whole, half] = [ratesOf(nodes(4), aroundWith()), ratesOf(nodes(8, 4), aroundWith())]
    expect(over(whole.decode, Number(half.decode))).toBe('2')
    expect(over(whole.prefill, Number(half.prefill))).toBe('2')
  })

  it('has the smallest unit for a copy where the traffic decides the number, and no spare node', () => {
    const { nodes: _, ...sized } = writtenWith({ unit_nodes: 4 })
    const expected: ServingRates = ratesOf(nodes(4), aroundWith())
    expect(ratesOf(sized, aroundWith())).toEqual(expected)
    expect(ratesOf(writtenWith({ nodes: 5, spare_nodes: 1 }), aroundWith())).toEqual(expected)
  })

  it('says that it is one, at which length, and how far it may be off', () => {
    const { notes, row } = foundOf(rateByRoofline(nodes(4), aroundWith(unknownLength)))
    expect(row).toBe(null)
    expect(notes.map(({ code, what }) => `${code} ${what}`)).toEqual([
      expect.stringMatching(/^ROOFLINE .* 4096 tokens is used; it may be off by 2 times either way$/),
    ])
  })
})

it.each<{ it: string; call: Parameters<typeof rateByRoofline>; fault: RegExp }>([
  // 688.6 GB / 8 are 86 GB of a GPU’s 80 × 0.9 = 72. Of 10 GPUs, in two nodes, each holds 68.9.
  {
    it: 'too little memory for the weights',
    call: [nodes(1), aroundWith()],
    fault: /^DOES_NOT_FIT gpu: write nodes: 2 or more,/,
  },
  { it: 'no GPU', call: [nodes(4), aroundWith({ gpu: null })], fault: /^NO_SPEED : add throughput: \{prefill/ },
  {
    it: 'a GPU without figures',
    call: [nodes(4), aroundWith({ gpu: { id: 'x', data: null } })],
    fault: /^NO_SPEED /,
  },
  {
    it: 'attention that the formula does not cover, where a row was measured',
    call: [nodes(4), aroundWith({ weights: weightsWith({ mla: undefined }), rows: [measuredWith()] })],
    fault: /^NO_SPEED : add throughput: \{ref: row\}/,
  },
])('$it is a fault', ({ call, fault }) => {
  expect(faultOf(rateByRoofline(...call))).toMatch(fault)
})
