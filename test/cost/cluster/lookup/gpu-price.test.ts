import { describe, expect, it } from 'vitest'
import { priceNode, unusedKeys } from '../../../../src/cost/cluster/lookup/gpu-price.ts'
import type { GpuPrice } from '../../../../src/model/book/clusters.ts'
import { exact, toDecimals } from '../../../../src/model/number/money.ts'
import type { WrittenSelfHost } from '../../../../src/model/scenario/self-host-schema.ts'
import { clustersWith, faultOf, foundOf, writtenWith } from './cluster-book.ts'

const asked = (kind: GpuPrice['kind'], provider: string, usd: string, gpu = 'h800'): GpuPrice => ({
  gpu,
  provider,
  kind,
  term: null,
  usd_per_gpu_hour: usd,
  as_of: '2026-01-01',
  source: 'made-up',
})

// $10 is above $9.50, though not as text.
const book = clustersWith({
  gpu_prices: [
    asked('on_demand', 'Dear', '10'),
    asked('on_demand', 'Cheap', '3'),
    asked('on_demand', 'Middle', '9.5'),
    asked('on_demand', 'SemiAnalysis TCO model', '1'),
    asked('reserved', 'Cheap', '2'),
    asked('on_demand', 'Other', '1', 'h20'),
  ],
  gpu_ranges: [{ gpu: 'h800', low: '2', mid: '5', high: '10', what: 'cheapest to dearest', source: 'made-up' }],
})

const price = (written: Partial<WrittenSelfHost>, gpu: string | null = 'h800') =>
  priceNode(writtenWith(written), gpu, book)

/** USD per node-hour, with that of reserved nodes. */
const told = (written: Partial<WrittenSelfHost>): string => {
  const { perNode, reserved } = foundOf(price(written))
  return [perNode, reserved].flatMap(range => (range ? `${range.low}-${range.high}` : [])).join(' or ')
}

// Nodes of 8 GPUs.
describe('a node-hour', () => {
  it.each<{ it: string; written: Partial<WrittenSelfHost>; usd: string }>([
    { it: 'of a GPU’s price', written: { usd_per_gpu_hour: '2.5' }, usd: '20-20' },
    { it: 'of a range', written: { usd_per_gpu_hour: { low: '2', high: '3' } }, usd: '16-24' },
    { it: 'of a quarter of the cluster', written: { usd_per_hour: '10', nodes: 4 }, usd: '2.5-2.5' },
    { it: 'of the table’s range', written: {}, usd: '16-80' },
    { it: 'of those who sell it by the hour, not of a model', written: { term: 'on_demand' }, usd: '24-80' },
    {
      it: 'by the hour where nodes follow the traffic, beside those that are kept',
      written: { autoscale: true },
      usd: '24-80 or 16-16',
    },
    { it: 'of a term that is named', written: { autoscale: true, term: 'reserved' }, usd: '16-16' },
    // A fifth lost: 20 / 0.8. Of 12 months 6 used: 20 · 2. Both: 20 / 0.4.
    { it: 'with work lost', written: { usd_per_gpu_hour: '2.5', lost: 0.2 }, usd: '25-25' },
    {
      it: 'with work lost and months unused',
      written: { usd_per_gpu_hour: '2.5', lost: 0.2, commitment: { months: 12, used_months: 6 } },
      usd: '50-50',
    },
    {
      it: 'with more months used than paid for, the rest at the same price',
      written: { usd_per_gpu_hour: '2.5', commitment: { months: 6, used_months: 12 } },
      usd: '20-20',
    },
  ])('$it', ({ written, usd }) => {
    expect(told(written)).toBe(usd)
  })

  it('that is owned is written off, financed, powered, housed and kept up', () => {
    // $35,040 over 5 years, 20% of it left: 28,032 / 43,800 h = 0.64. 10% a year on the mean value, 0.6 of the price:
    // 2,102.4 / 8,760 = 0.24. 1 kW × 1.5 × $0.10 = 0.15. $73 × 12 / 8,760 = 0.10. 5%: 1,752 / 8,760 = 0.20. Together
    // 1.33; in 95% of the hours 1.40; times 8.
    const owned = {
      capex_usd: '35040',
      life_years: '5',
      residual: 0.2,
      finance: 0.1,
      kw: '1',
      pue: '1.5',
      usd_per_kwh: '0.1',
      usd_per_kw_month: '73',
      maintenance: 0.05,
      availability: 0.95,
    }
    const { perNode, useful } = foundOf(price({ owned }))
    expect([toDecimals(exact(perNode.low), 12), perNode.high === perNode.low, useful]).toEqual([
      '11.2',
      true,
      undefined,
    ])
  })

  it('names its source: who sells it, on which terms, and what is lost', () => {
    const from = (written: Partial<WrittenSelfHost>): string => foundOf(price(written)).from
    expect(from({ term: 'on_demand' })).toBe('cluster book 2026-01-01, h800 on demand: Cheap to Dear, 3 prices')
    expect(from({ autoscale: true })).toMatch(
      /3 prices; reserved around the clock: .* reserved: Cheap to Cheap, 1 prices$/,
    )
    expect(from({})).toBe('cluster book 2026-01-01, h800: cheapest to dearest')
    expect(from({ usd_per_gpu_hour: '2', lost: 0.07 })).toBe('the scenario, per GPU-hour, 7% of the work lost')
  })
})

it.each<{ it: string; call: Parameters<typeof price>; fault: string }>([
  {
    it: 'two prices',
    call: [{ usd_per_hour: '5', usd_per_gpu_hour: '2', nodes: 1 }],
    fault: 'TWO_PRICES usd_per_gpu_hour: keep one of them, such as usd_per_hour',
  },
  { it: 'a whole of unknown parts', call: [{ usd_per_hour: '5' }], fault: 'NEEDS_NODES usd_per_hour: add nodes: 4' },
  {
    it: 'a term that nobody sells',
    call: [{ term: 'spot' }],
    fault: 'NO_GPU_TERM term: write term: on_demand or reserved, or usd_per_gpu_hour',
  },
  {
    it: 'a GPU without a range',
    call: [{}, 'h20'],
    fault: 'NO_GPU_RANGE gpu: add term: on_demand, or usd_per_gpu_hour',
  },
  { it: 'a GPU without any price', call: [{}, 'b200'], fault: 'NO_GPU_RANGE gpu: add usd_per_gpu_hour: 2.69' },
])('$it is a fault, with what there is', ({ call, fault }) => {
  expect(faultOf(price(...call))).toBe(fault)
})

it.each<{ written: Partial<WrittenSelfHost>; unused: readonly string[] }>([
  { written: { term: 'spot', lost: 0.1, commitment: { months: 2, used_months: 1 } }, unused: [] },
  { written: { usd_per_gpu_hour: '2', term: 'spot', lost: 0.1 }, unused: ['term'] },
  {
    written: { usd_per_hour: '2', term: 'spot', lost: 0.1, commitment: { months: 2, used_months: 1 } },
    unused: ['term', 'lost', 'commitment'],
  },
])('beside $written nothing comes of $unused', ({ written, unused }) => {
  expect(unusedKeys(writtenWith(written)).map(({ code, path }) => `${code} ${path?.join('.')}`)).toEqual(
    unused.map(key => `PRICE_KEY_UNUSED ${key}`),
  )
})
