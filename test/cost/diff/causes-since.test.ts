import { describe, expect, it } from 'vitest'
import { causesSince } from '../../../src/cost/diff/causes-since.ts'
import { priceEnds } from '../../../src/cost/fleet/price-ends.ts'
import { servedAs } from '../../../src/cost/workload/serving.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import { bookWith, clusterWith, fleetWith, MILLION, modelWith, scenarioWith, type Wish } from '../build.ts'

const terms = { factor: '0.5', source: 'made-up' }
const book = bookWith({
  models: [modelWith({ row: { services: { flex: terms } } }), modelWith({ id: 'other', row: { input: '3' } })],
  provider: { regions: { us: { ...terms, factor: '1.1' } } },
})
const at = '2026-01-01'

const since = (base: Scenario, head: Scenario) => {
  const [was, now] = [base, head].map(scenario => priceEnds({ scenario, at }, book).views)
  if (!was || !now) throw new Error('two ends')
  const placed = { scenario: head, at, servedAs: (one: Parameters<typeof servedAs>[1]) => servedAs(head, one) }
  return causesSince({ scenario: base, at }, placed, { was, now, book })
}

const one = (millions: number, wish: Wish = {}): Scenario =>
  scenarioWith({ ...wish, request: { turn: millions * MILLION } })

describe('a change at the same prices comes from the workload, then from what serves it', () => {
  it.each<[string, Scenario, Scenario, object[]]>([
    ['the workload alone: 1M more at $1', one(1), one(2), [{ key: 'request.turn', effect: '1' }]],
    [
      'another model: 1M more at $1, then 2M at $2 more',
      one(1),
      one(2, { model: 'other' }),
      [
        { key: 'request.turn', effect: '1' },
        { key: 'model', from: 'demo', to: 'other', effect: '4' },
      ],
    ],
    [
      'a service: half of $1 less',
      one(1),
      one(1, { service: 'flex' }),
      [{ key: 'service', from: 'standard', to: 'flex', effect: '-0.5' }],
    ],
    [
      'a region: a tenth more',
      one(1),
      one(1, { region: 'us' }),
      [{ key: 'region', from: null, to: 'us', effect: '0.1' }],
    ],
    [
      'a fleet: a quarter at $2 more',
      one(1),
      fleetWith(
        {
          legs: [
            { model: 'demo', share: 0.75 },
            { model: 'other', share: 0.25 },
          ],
        },
        { request: { turn: MILLION } },
      ),
      [{ key: 'routing', from: 'demo', to: 'split of 75% demo, 25% other', effect: '0.5' }],
    ],
  ])('%s', (_, base, head, causes) => {
    expect(since(base, head)?.headline).toMatchObject(causes)
    expect(since(base, head)?.headline).toHaveLength(causes.length)
  })

  it('a dearer cluster, in its own view: 1M at $2 more', () => {
    const cluster = (hourly: string) =>
      clusterWith({ utilisation: 0.5, usd_per_node_hour: { low: hourly, high: hourly } })
    const causes = since(one(1, { self_host: cluster('10') }), one(1, { self_host: cluster('20') }))
    expect(causes?.self_hosted).toMatchObject([{ key: 'self_host', effect: '2' }])
    expect(causes?.headline).toMatchObject([{ key: 'self_host', effect: '0' }])
  })

  it('and is unknown where the text is not counted for the old model', () => {
    const base = { scenario: one(1), at }
    const was = priceEnds(base, book).views
    expect(causesSince(base, { scenario: one(1, { model: 'other' }), at }, { was, now: was, book })).toBeNull()
  })
})
