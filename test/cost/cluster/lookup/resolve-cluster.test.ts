import { describe, expect, it } from 'vitest'
import type { Load } from '../../../../src/cost/cluster/lookup/lookup.ts'
import { resolveSelfHost } from '../../../../src/cost/cluster/lookup/resolve-cluster.ts'
import { InputError, type Problem } from '../../../../src/errors/index.ts'
import { readClusters } from '../../../../src/load/book/clusters.ts'
import type { SelfHost } from '../../../../src/model/scenario/self-host.ts'
import { selfHostSchema } from '../../../../src/model/scenario/self-host-schema.ts'
import { fakeIo, repository } from '../../../fake-io.ts'

const clusters = readClusters(fakeIo(repository))

const LOAD: Load = { model: 'deepseek-r1', run: false, prompt: 8000, output: 1000, lengthKnown: true }

const resolve = (written: object, load: Partial<Load> = {}): SelfHost =>
  resolveSelfHost(selfHostSchema.parse(written), { ...LOAD, ...load }, clusters)

const problemsOf = (written: object, load: Partial<Load> = {}): readonly Problem[] => {
  try {
    resolve(written, load)
    return []
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return error.problems
  }
}

const faults = (written: object, load: Partial<Load> = {}): string[] =>
  problemsOf(written, load).map(({ code, path = [] }) => `${code} ${path.join('.')}`)

const RATES = { throughput: { prefill: 1000, decode: 100 } }
const PRICE = { usd_per_gpu_hour: 2 }

describe('what a GPU-hour costs', () => {
  const perNode = (written: object): SelfHost['usd_per_node_hour'] =>
    resolve({ ...RATES, ...written }).usd_per_node_hour

  it.each<[string, object, string, string]>([
    ['of a GPU, times those of a node', { usd_per_gpu_hour: 2.69 }, '21.52', '21.52'],
    ['as a range', { usd_per_gpu_hour: { low: 2, high: 3 } }, '16', '24'],
    ['of the whole cluster, over its nodes', { usd_per_hour: { low: 40, high: 80 }, nodes: 4 }, '10', '20'],
    // The table's range: cheapest 1-year reserved to AWS on demand.
    ['from the table by GPU', { gpu: 'h100', nodes: 2 }, '16.32', '55.04'],
    ['from the table by GPU and term', { gpu: 'h100', nodes: 2, term: 'spot' }, '6.412', '10'],
    [
      'from the table on demand, where nodes come and go',
      { gpu: 'mi300x', autoscale: true, unit_nodes: 1 },
      '12',
      '48',
    ],
    ['spot, with a fifth of the work lost', { ...PRICE, lost: '20%' }, '20', '20'],
    ['paid for 12 months and used for 6', { ...PRICE, commitment: { months: 12, used_months: 6 } }, '32', '32'],
    [
      // (30,000 × 0.7 / 4 + 1 kW × 1.3 × $0.10 × 8,760 + $180 × 12) / 8,760 = 8,548.8 / 8,760
      'owned, over its life',
      { owned: { capex_usd: 30_000, life_years: 4, kw: 1, residual: '30%', usd_per_kwh: 0.1, usd_per_kw_month: 180 } },
      '7.8071232876712328767123287671232876712328767123288',
      '7.8071232876712328767123287671232876712328767123288',
    ],
  ])('%s', (_, written, low, high) => {
    const found = perNode(written)
    expect([found.low, found.high]).toEqual([low, high])
  })

  it.each<[string, object, string]>([
    ['none', {}, 'NO_GPU_PRICE self_host'],
    ['two', { ...PRICE, usd_per_hour: 5 }, 'TWO_PRICES self_host.usd_per_gpu_hour'],
    ['of a cluster of unknown size', { usd_per_hour: 5 }, 'NEEDS_NODES self_host.usd_per_hour'],
    ['of a GPU that is none', { gpu: 'h1000' }, 'UNKNOWN_GPU self_host.gpu'],
    ['on a term that the table does not have', { gpu: 'l40s', term: 'spot', nodes: 99 }, 'NO_GPU_TERM self_host.term'],
    [
      'of work lost, beside the whole cluster',
      { usd_per_hour: 5, nodes: 1, lost: '5%' },
      'PRICE_KEY_UNUSED self_host.lost',
    ],
    ['of a term, beside a price', { ...PRICE, term: 'spot' }, 'PRICE_KEY_UNUSED self_host.term'],
  ])('%s is a fault', (_, written, fault) => {
    expect(faults({ ...RATES, ...written })).toContain(fault)
  })
})

describe('how fast it serves', () => {
  const rates = (written: object, load: Partial<Load> = {}): SelfHost['rates'] =>
    resolve({ ...PRICE, ...written }, load).rates

  it('per phase, cached prompts as uncached ones where nothing else is said', () => {
    expect(rates({ throughput: { prefill: '52.3K', decode: 22_300 } })).toEqual({
      kind: 'phases',
      prefill: '52300',
      decode: '22300',
      cached_prefill: '52300',
    })
  })

  it('jointly, a node for its GPUs', () => {
    const joint = rates({ throughput: { total: 850, mix: '8:1' } })
    expect(joint).toEqual({ kind: 'joint', total: '6800', input: '8', output: '1' })
  })

  it('by a row of the book', () => {
    expect(rates({ throughput: { ref: 'inferencex-r1-8k1k-h100' } })).toMatchObject({ kind: 'joint', total: '6800.8' })
  })

  it('by a row of nodes with 8 GPUs, a node of another size for its GPUs', () => {
    // 32,243.75 × 4/8 and 14,800 × 4/8; 4,544.71 × 16/8.
    expect(rates({ gpus_per_node: 4, throughput: { ref: 'deepseek-prod-2025-02' } })).toMatchObject({
      prefill: '16121.875',
      decode: '7400',
    })
    const joint = rates({ gpus_per_node: 16, throughput: { ref: 'sglcookbook-r1-b200' } })
    expect(joint).toMatchObject({ total: '9089.42' })
  })

  // Prefill at 1,000, 2,000 and 4,000 tokens, decode at 2,000 and 4,000: longer prompts are slower.
  it.each([
    [1000, '57674', '22282', ['OTHER_LENGTH'], []],
    [2000, '54543', '22282', [], []],
    [3000, '50302', '17373', ['OTHER_LENGTH', 'OTHER_LENGTH'], []],
    [4000, '50302', '17373', [], []],
    [9000, '50302', '17373', [], ['OTHER_LENGTH', 'OTHER_LENGTH']],
  ])(
    'by a row of several lengths, at %s tokens the shortest that is as long',
    (prompt_tokens, prefill, decode, notes, warnings) => {
      const found = resolve({ ...PRICE, throughput: { ref: 'sglang-96xh100', prompt_tokens } }, { prompt: 1000 })
      expect(found.rates).toMatchObject({ kind: 'phases', prefill, decode })
      expect(found.notes.flatMap(({ code, fix }) => (fix === undefined ? [code] : []))).toEqual([...notes, 'LAB_RATE'])
      expect(found.notes.flatMap(({ code, fix }) => (fix === undefined ? [] : [code]))).toEqual(warnings)
    },
  )

  it('warns where prompts are longer by a fifth than those that were measured', () => {
    const warned = (ref: object, load: Partial<Load>) =>
      resolve({ ...PRICE, throughput: ref }, load).notes.some(({ code, fix }) => code === 'LONGER_PROMPTS' && fix)
    const row = { ref: 'inferencex-r1-8k1k-h100' } // 8,192 tokens
    expect(warned(row, { prompt: 9830 })).toBe(false)
    expect(warned(row, { prompt: 9831 })).toBeTruthy()
    expect(warned(row, { prompt: 9831, lengthKnown: false })).toBe(false)
    expect(warned({ ref: 'sglang-96xh100', prompt_tokens: 2000 }, { prompt: 4000 })).toBeTruthy()
    expect(warned({ ref: 'sglang-96xh100', prompt_tokens: 4000 }, { prompt: 4000 })).toBe(false)
  })

  it('warns of a model that no book knows, and names the nearest', () => {
    const warned = (model: string) =>
      resolve({ ...PRICE, ...RATES, model }, { openWeights: undefined }).notes.filter(
        ({ code }) => code === 'UNKNOWN_WEIGHTS',
      )
    expect(warned('deepseek-r11')).toMatchObject([{ fix: 'write model: deepseek-r1' }])
    expect(warned('deepseek-v3')).toEqual([])
  })

  it('by a roofline where nothing was measured, twice off either way', () => {
    const found = resolve({ gpu: 'h200', nodes: 2 })
    expect(found.rates).toMatchObject({ kind: 'roofline', times: '2' })
  })

  it.each<[string, object, Partial<Load>, string]>([
    [
      'a row that needs a length',
      { throughput: { ref: 'sglang-96xh100' } },
      {},
      'THROUGHPUT_NEEDS_LENGTH self_host.throughput.ref',
    ],
    ['a row that there is not', { throughput: { ref: 'sglang' } }, {}, 'UNKNOWN_THROUGHPUT self_host.throughput.ref'],
    [
      'output only, against a bill for both',
      { throughput: { ref: 'mlperf-v5.1-nvidia-b200' } },
      {},
      'UNUSABLE_THROUGHPUT self_host.throughput.ref',
    ],
    [
      'one phase of two',
      { throughput: { ref: 'sglang-gb200-part1' } },
      {},
      'UNUSABLE_THROUGHPUT self_host.throughput.ref',
    ],
    [
      'prefill and decode of two nodes, added up',
      { throughput: { total: 76_825, per: 'node', mix: '2:1' } },
      {},
      'ADDED_PHASES self_host.throughput.total',
    ],
    [
      'a rate with cache hits, as uncached',
      { throughput: { prefill: 73_700, decode: 14_800 } },
      {},
      'COUNTS_HITS self_host.throughput.prefill',
    ],
    ['weights that are not open', { ...RATES }, { model: 'o3', openWeights: false }, 'CLOSED_WEIGHTS self_host'],
    [
      'weights that are not open, by their own key',
      { ...RATES, model: 'o3' },
      { model: 'o3', openWeights: false },
      'CLOSED_WEIGHTS self_host.model',
    ],
    ['a GPU that is none, without its price and speed', { gpu: 'h1000' }, {}, 'UNKNOWN_GPU self_host.gpu'],
    ['a capacity of a cluster of unknown size', { capacity: '100M/day' }, {}, 'NEEDS_NODES self_host.capacity'],
    ['stated and measured', { capacity: '100M/day', nodes: 1, ...RATES }, {}, 'TWO_SPEEDS self_host.capacity'],
    ['nothing, without a GPU', {}, {}, 'NO_SPEED self_host'],
    [
      'nothing, for attention that the roofline does not cover',
      { gpu: 'b200' },
      { model: 'deepseek-v4-pro' },
      'NO_SPEED self_host',
    ],
    ['a run without a utilisation', RATES, { run: true }, 'NEEDS_UTILISATION self_host'],
    [
      'a number of nodes that follow the traffic',
      { ...RATES, nodes: 2, autoscale: true },
      {},
      'NODES_OR_AUTOSCALE self_host.nodes',
    ],
    ['only nodes that stand by', { ...RATES, nodes: 2, spare_nodes: 2 }, {}, 'NO_SERVING_NODE self_host.nodes'],
    ['no whole unit', { ...RATES, nodes: 3, spare_nodes: 1, unit_nodes: 4 }, {}, 'NO_SERVING_NODE self_host.nodes'],
  ])('%s is a fault', (_, written, load, fault) => {
    expect(faults({ ...PRICE, ...written }, load)).toEqual([fault])
  })

  it('tells every fault at once', () => {
    const written = { gpu: 'h1000', usd_per_hour: 5, throughput: { ref: 'nope' } }
    expect(faults(written, { run: true }).length).toBe(4)
  })
})

it('a length is refused where the row has one only', () => {
  const throughput = { ref: 'inferencex-r1-8k1k-h100', prompt_tokens: 100_000 }
  expect(faults({ ...PRICE, throughput }, { model: 'deepseek-r1' })).toEqual([
    'ONE_LENGTH self_host.throughput.prompt_tokens',
  ])
})

describe('memory', () => {
  it('of an alias is that of its model', () => {
    // The price book's own id is what the load says.
    const few = { model: 'deepseek-v4-pro-0813', gpu: 'b200', nodes: 1, gpus_per_node: 2 }
    expect(faults({ ...PRICE, ...RATES, ...few }, { model: 'deepseek-v4-pro' })).toEqual(['DOES_NOT_FIT self_host.gpu'])
  })

  it('where no deployment says it says how many nodes hold a copy', () => {
    // 689 GB over 96 × 0.9 = 86.4 GB are 8 of them: two nodes of 4.
    const h20 = { ...PRICE, ...RATES, gpu: 'h20', nodes: 2, gpus_per_node: 4 }
    expect(resolve(h20, { model: 'deepseek-r1' }).min_nodes).toBe(2)
  })

  it('that is too little says how many nodes are enough, with those that stand by', () => {
    const few = { ...PRICE, ...RATES, gpu: 'h100' }
    const fix = (written: object): string | undefined =>
      problemsOf({ ...few, ...written }, { model: 'deepseek-r1' })[0]?.fix
    expect(fix({})).toBe('write unit_nodes: 2, or name another GPU')
    expect(fix({ nodes: 2, spare_nodes: 1 })).toBe('write nodes: 3 or more, or name another GPU')
    expect(fix({ nodes: 4, unit_nodes: 3, gpus_per_node: 4 })).toBe('write nodes: 6 or more, or name another GPU')
  })

  it.each<[string, object, string, boolean]>([
    ['8 H100, where published deployments of V3 take 16', { gpu: 'h100', nodes: 1 }, 'deepseek-r1', false],
    ['16 H100, 8 of them standing by', { gpu: 'h100', nodes: 2, spare_nodes: 1 }, 'deepseek-r1', false],
    ['16 H100', { gpu: 'h100', nodes: 2 }, 'deepseek-r1', true],
    ['8 H200', { gpu: 'h200', nodes: 1 }, 'deepseek-r1', true],
    // 689 GB; 8 × 96 × 0.9 = 691 GB.
    ['8 H20, by their memory', { gpu: 'h20', nodes: 1 }, 'deepseek-r1', true],
    ['4 H20', { gpu: 'h20', nodes: 1, gpus_per_node: 4 }, 'deepseek-r1', false],
    ['V4 Pro on MI300X, which does not run it', { gpu: 'mi300x', nodes: 9 }, 'deepseek-v4-pro', false],
    ['a model that the book does not know', { gpu: 'h100', nodes: 1 }, 'gpt-5.5', true],
  ])('%s', (_, written, model, fits) => {
    expect(faults({ ...PRICE, ...RATES, ...written }, { model })).toEqual(fits ? [] : ['DOES_NOT_FIT self_host.gpu'])
  })

  it('says so where it is not known', () => {
    const { notes } = resolve({ ...PRICE, ...RATES, gpu: 'h100' }, { model: 'gpt-5.5' })
    expect(notes.map(({ code }) => code)).toEqual(['FIT_UNKNOWN'])
  })
})

it('sets the nearest measured row beside a stated capacity: the same weights and GPU, what does not queue, the mix', () => {
  const stated = { ...PRICE, capacity: '100M/day', nodes: 4 }
  expect(resolve({ ...stated, gpu: 'h100' }).nearest?.id).toBe('inferencex-r1-8k1k-h100')
  expect(resolve({ ...stated, gpu: 'b200' }, { model: 'deepseek-v4-pro' }).nearest?.id).toMatch(/^sglang-v4pro-b200/)
})
