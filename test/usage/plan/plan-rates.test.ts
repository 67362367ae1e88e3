import { describe, expect, it } from 'vitest'
import { planRates, stateAt } from '../../../src/usage/plan/plan-rates.ts'
import { bandOf, inTokensOf, tierEdges } from '../../../src/usage/plan/tier-edges.ts'
import { bookWith, modelWith, rowWith } from '../../cost/build.ts'

const { acme } = bookWith().providers
const HOUR = 3_600_000

describe('planRates', () => {
  it('is a table of slots on a coarse grid, with the instants off it as cuts', () => {
    if (!acme) throw new Error('the book has a provider')
    const cut = '2026-11-10T11:07:23Z'
    const model = modelWith({ prices: [rowWith({ to: cut }), rowWith({ from: cut, to: '2026-11-11T00:00Z' })] })
    const [from, to] = [Date.parse('2026-11-10'), Date.parse('2026-11-12')]
    const plan = planRates([{ model, provider: acme }], { from, to })
    expect(plan).toMatchObject({ grid: HOUR, cuts: [Date.parse(cut)], first: from / HOUR })
    // 48 hours, one of them cut in two.
    expect(plan.slots.length).toBe(49)
    expect(plan.states.length).toBe(3)
    const states = [from, Date.parse(cut) - 1, Date.parse(cut), Date.parse('2026-11-11') - 1, Date.parse('2026-11-11')]
    expect(states.map(ms => stateAt(plan, ms))).toEqual([1, 1, 2, 2, 3])
    expect([from - 1, to].map(ms => stateAt(plan, ms))).toEqual([0, 0])
  })
})

describe('tier edges', () => {
  const tier = (threshold: number, operator: '>' | '>=') => ({
    threshold,
    operator,
    input: '2',
    cache_read: '0',
    output: '4',
  })
  const model = modelWith({ row: { tiers: [tier(200_000, '>'), tier(272_000, '>=')] } })

  it('begin one token later for > than for >=', () => {
    const edges = tierEdges([{ model, ratios: [{ times: 1, of: 1 }] }])
    expect(edges).toEqual([200_001, 272_000])
    expect([0, 200_000, 200_001, 271_999, 272_000].map(prompt => bandOf(edges, prompt))).toEqual([
      0, 0, 200_001, 200_001, 272_000,
    ])
  })

  it('are where the converted prompt reaches the tier', () => {
    // ⌈200,001 ÷ 1.18⌉ = 169,493, which is 200,001.74; one less is 200,000.56.
    const ratio = { times: 118, of: 100 }
    expect(tierEdges([{ model, ratios: [ratio] }])[0]).toBe(169_493)
    expect([169_492, 169_493].map(prompt => inTokensOf(prompt, ratio))).toEqual([200_000, 200_001])
  })
})
