import { describe, expect, it } from 'vitest'
import { enough, gpusNeeded, together, whyNoFit } from '../../../../src/cost/cluster/lookup/fit-memory.ts'
import type { Gpu, Weights } from '../../../../src/model/book/clusters.ts'

const gpu = { id: 'made-up', data: { memory_gb: '80' } as Gpu }
const weightsOf = (gigabytes: number, min_gpus: Weights['min_gpus'] = {}) =>
  ({ name: 'Demo', weights: { bytes: String(gigabytes * 1e9) }, min_gpus }) as Weights
const nodes = { nodes: 1, unit_nodes: 1, spare_nodes: 0, gpus_per_node: 8 }

describe('GPUs of 80 GB, nine tenths of which have room for weights', () => {
  it.each([
    [72, 1],
    [73, 2],
    // 8 × 72 GB.
    [576, 8],
    [577, 9],
  ])('hold %i GB on %i of them', (gigabytes, gpus) => {
    expect(gpusNeeded(weightsOf(gigabytes), gpu)).toBe(gpus)
  })

  it('hold as many as published deployments take, whatever the memory says', () => {
    expect(gpusNeeded(weightsOf(72, { 'made-up': 16 }), gpu)).toBe(16)
  })

  it('hold an unknown number of unknown weights', () => {
    expect([gpusNeeded(null, gpu), gpusNeeded(weightsOf(72), null)]).toEqual([null, null])
  })
})

describe('a cluster', () => {
  it('serves with all its whole units, less the spare ones; with one unit where it follows the traffic', () => {
    expect(together({ ...nodes, nodes: 7, unit_nodes: 2, spare_nodes: 2 })).toBe(4)
    expect(together({ ...nodes, nodes: undefined, unit_nodes: 2 })).toBe(2)
  })

  it('that is too small is told how many nodes it takes', () => {
    // 9 GPUs are 2 nodes; in units of 2 with a spare one, 3.
    expect(enough({ ...nodes, unit_nodes: 2, spare_nodes: 1 }, 9)).toBe('nodes: 3 or more')
    expect(enough({ ...nodes, nodes: undefined }, 9)).toBe('unit_nodes: 2')
    expect(whyNoFit(nodes, weightsOf(577), gpu)?.what).toContain('577 GB')
    expect(whyNoFit(nodes, weightsOf(576), gpu)).toBeNull()
  })
})
