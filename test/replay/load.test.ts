import { expect, it } from 'vitest'
import { countLoad } from '../../src/replay/load.ts'
import { sizeNodes } from '../../src/replay/size-nodes.ts'

/** Windows of 10 s with 40, 0 and 60 tokens in; worked by hand. */
const counter = () => {
  const load = countLoad(10_000)
  load.add(500, 10, 1)
  load.add(10_499, 30, 1)
  load.add(20_500, 60, 4)
  return load
}

it('the load counts windows from the first request on, the empty ones too', () => {
  const figures = counter().figures()
  expect(figures).toMatchObject({ requests: 3, input_tokens: 100, span_s: 20, windows: 3, empty_windows: 1 })
  expect(figures?.input_tokens_per_s).toEqual({
    mean: 100 / 3 / 10,
    p50: 4,
    p95: 6,
    p99: 6,
    peak: 6,
    peak_to_mean: 6 / (100 / 3 / 10),
  })
  expect(countLoad(1000).figures()).toBeNull()
})

it('a fleet keeps its busiest window below the utilisation allowed', () => {
  const load = counter()
  const figures = load.figures()
  if (!figures) throw new Error('no load')
  const windows = { load: figures, windows: load.windows() }
  const rates = { kind: 'phases', prefill: '2', cached_prefill: '20', decode: '1' } as const
  // Half of the prompt is hit: 60 tokens are 30/2 + 30/20 = 16.5 node-seconds, 4 tokens out are 4: 20.5 in 10 s.
  const given = { row: null, maxUtilisation: 0.8, spareNodes: 0 }
  expect(sizeNodes(windows, 0.5, { ...given, rates })).toMatchObject({ busiest: 2.05, nodes: 3 })
  expect(sizeNodes(windows, 0.5, { ...given, rates, spareNodes: 2 })).toMatchObject({ spare_nodes: 2, nodes: 5 })
  // 10 tokens a second of any kind: 64 in 10 s are 0.64 of a node.
  const joint = { kind: 'joint', total: '10', input: '8', output: '1' } as const
  expect(sizeNodes(windows, 0.5, { ...given, rates: joint })).toMatchObject({ busiest: 0.64, nodes: 1 })
})
