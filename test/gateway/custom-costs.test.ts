import { describe, expect, it } from 'vitest'
import { offerAt } from '../../src/cost/rates/price-at.ts'
import { customCosts } from '../../src/gateway/custom-costs.ts'
import type { Price, Tier, Window } from '../../src/model/book/book.ts'
import { bookWith } from '../cost/build.ts'

const costs = (row: Partial<Price> = {}, at = '2026-01-05') => customCosts(offerAt(bookWith({ row }), 'demo', at), at)

const rates = { input: '4', cache_read: '0.4', output: '8' }
const tier = (more: Partial<Tier> = {}): Tier => ({ ...rates, threshold: 200_000, operator: '>', ...more })
const peak: Window = {
  ...rates,
  name: 'peak',
  timezone: 'UTC',
  weekdays: ['mon'],
  hours: ['09:00-12:00'],
  holidays: 'apply',
}

describe('USD per 1M tokens become USD per token', () => {
  it.each<{ it: string; row: Partial<Price>; info: object }>([
    {
      it: 'of input, cache reads and output',
      row: { input: '0.28', cache_read: '0.028', output: '0.42' },
      info: {
        input_cost_per_token: 0.00000028,
        cache_read_input_token_cost: 0.000000028,
        output_cost_per_token: 0.00000042,
      },
    },
    {
      it: 'of writes, the hour apart',
      row: { cache_write: '1.25', cache_write_1h: '2' },
      info: {
        input_cost_per_token: 0.000001,
        cache_read_input_token_cost: 0.0000001,
        output_cost_per_token: 0.000002,
        cache_creation_input_token_cost: 0.00000125,
        cache_creation_input_token_cost_above_1hr: 0.000002,
      },
    },
    {
      it: 'free is 0, which is said',
      row: { cache_read: '0' },
      info: { input_cost_per_token: 0.000001, cache_read_input_token_cost: 0, output_cost_per_token: 0.000002 },
    },
  ])('$it', ({ row, info }) => {
    expect(costs(row)).toEqual({ info, faults: [], remarks: [] })
  })
})

it('cached tokens cost as input where no reads are offered, as no cost would be 0', () => {
  const { info, remarks } = costs({ cache_read: 'not_offered' })
  expect(info).toMatchObject({ cache_read_input_token_cost: 0.000001 })
  expect(remarks).toEqual([expect.stringContaining('demo offers no cache reads')])
})

it('each rate that nobody knows is a fault', () => {
  const { info, faults } = costs({ input: null, cache_write: null })
  expect(faults.map(({ code, what }) => `${code}: ${what}`)).toEqual([
    expect.stringMatching(/^NO_RATE: demo has no known input rate/),
    expect.stringMatching(/^NO_RATE: demo has no known cache_write rate/),
  ])
  expect(Object.keys(info).sort()).toEqual(['cache_read_input_token_cost', 'output_cost_per_token'])
})

describe('a tier', () => {
  it('has the base rates beside its own, by its thousands of tokens', () => {
    expect(costs({ tiers: [tier(), tier({ threshold: 1_000_000, input: '5' })] })).toMatchObject({
      info: {
        input_cost_per_token: 0.000001,
        input_cost_per_token_above_200k_tokens: 0.000004,
        cache_read_input_token_cost_above_200k_tokens: 0.0000004,
        output_cost_per_token_above_200k_tokens: 0.000008,
        input_cost_per_token_above_1000k_tokens: 0.000005,
      },
      faults: [],
      remarks: [],
    })
  })

  it('that begins at its threshold is beyond it to LiteLLM, which is remarked', () => {
    const { faults, remarks } = costs({ tiers: [tier({ operator: '>=' })] })
    expect([faults, remarks]).toEqual([[], [expect.stringContaining('exactly 200000 tokens')]])
  })

  it('at no whole thousand is a fault: its key cannot be written', () => {
    const { info, faults } = costs({ tiers: [tier({ threshold: 1500 })] })
    expect(faults.map(({ code }) => code)).toEqual(['NOT_IN_GATEWAY'])
    expect(Object.keys(info).filter(key => key.includes('above'))).toEqual([])
  })
})

describe('rates by the hour', () => {
  // 5 January 2026 is a Monday.
  it.each([
    { at: '2026-01-05T09:00Z', input: 0.000004 },
    { at: '2026-01-05T12:00Z', input: 0.000001 },
    { at: '2026-01-06T09:00Z', input: 0.000001 },
  ])('are those of the moment: $at', ({ at, input }) => {
    expect(costs({ windows: [peak] }, at)).toMatchObject({ info: { input_cost_per_token: input }, faults: [] })
  })

  // The dear hours are the base, and all others are off-peak: Monday around 09:00 to 12:00, and every other day.
  it('are, on a date, the dear rates with the cheap ones off peak', () => {
    const { info, faults } = costs({ windows: [peak] })
    expect(faults).toEqual([])
    expect(info).toEqual({
      input_cost_per_token: 0.000004,
      cache_read_input_token_cost: 0.0000004,
      output_cost_per_token: 0.000008,
      off_peak_pricing: {
        input_cost_per_token: 0.000001,
        cache_read_input_token_cost: 0.0000001,
        output_cost_per_token: 0.000002,
        windows: [
          { weekdays: ['mon'], hours_utc: ['00:00-09:00', '12:00-00:00'] },
          { weekdays: ['tue', 'wed', 'thu', 'fri', 'sat', 'sun'], hours_utc: ['00:00-00:00'] },
        ],
      },
    })
  })
})
