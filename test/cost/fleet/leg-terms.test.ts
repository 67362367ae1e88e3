import { describe, expect, it } from 'vitest'
import { estimate } from '../../../src/cost/result/estimate.ts'
import { collect, type Problem } from '../../../src/errors/index.ts'
import type { ScenarioResult } from '../../../src/model/result/result.ts'
import { savingsTable } from '../../../src/report/fleet/legs.ts'
import { bookWith, clusterWith, fleetWith, MILLION, modelWith, priced, type Wish } from '../build.ts'

const source = 'made-up'

/** cheap: $1 for 1M in, half of it as flex, 1.1 times in the region us; own has neither. */
const book = bookWith({
  provider: { regions: { us: { factor: '1.1', models: ['cheap'], source } } },
  models: [
    modelWith({ id: 'cheap', aliases: ['first'], row: { services: { flex: { factor: '0.5', source } } } }),
    modelWith({ id: 'own' }),
  ],
})

const work: Wish = { request: { turn: MILLION }, traffic: { requests: 10, per: 'day' }, cache: { policy: 'none' } }

type Legs = Parameters<typeof fleetWith>[0]['legs']

const fleetOf = (legs: Legs, wish: Wish = {}, routing: object = {}): ScenarioResult => {
  const [result] = estimate(
    [fleetWith({ legs, ...routing }, { ...work, ...wish })],
    priced(book),
    '2026-01-01',
  ).scenarios
  if (!result) throw new Error('no result')
  return result
}

const routingOf = (...given: Parameters<typeof fleetOf>) => {
  const { routing } = fleetOf(...given)
  if (!routing) throw new Error('no fleet')
  return routing
}

const called = ({ baselines }: ReturnType<typeof routingOf>) =>
  baselines.map(({ model, service, region, costs }) => [model, service, region, costs.headline])

describe("a cluster's leg", () => {
  it('has neither the service nor the region of the scenario, and its model alone has neither', () => {
    const legs = [
      { model: 'cheap', share: 0.6 },
      { model: 'own', share: 0.4, self_host: true as const },
    ]
    const self_host = clusterWith({ model: 'own' })
    const routing = routingOf(legs, { service: 'flex', region: 'us', self_host })
    expect(routing.legs.map(({ service, region }) => [service, region])).toEqual([
      ['flex', 'us'],
      ['standard', null],
    ])
    expect(called(routing)).toEqual([
      ['cheap', 'flex', 'us', '5.5'],
      ['own', 'standard', null, '10'],
    ])
  })
})

describe('a model that two legs call differently', () => {
  const legs = [
    { model: 'cheap', share: 0.4, service: 'flex' },
    { model: 'first', share: 0.3, region: 'us' },
    { model: 'cheap', share: 0.3, service: 'flex' },
  ]

  it.each([
    ['by default', {}],
    ['by another name', { baselines: ['first'] }],
  ])('is a baseline for each service and region, once, %s', (_, routing) => {
    expect(called(routingOf(legs, {}, routing))).toEqual([
      ['cheap', 'flex', null, '5'],
      ['cheap', 'standard', 'us', '11'],
    ])
  })

  it('is labelled with both', () => {
    const result = fleetOf(legs)
    const { rows } = savingsTable(result, routingOf(legs))
    expect(rows.map(([label]) => label)).toEqual(['all cheap (flex)', 'all cheap (region us)'])
  })

  it('has the fault of a service that it lacks at the key of its leg, whatever the name', () => {
    const work = () => routingOf([{ model: 'first', share: 1, service: 'fast' }], {}, { baselines: ['cheap'] })
    const faults: Problem[] = []
    collect(faults, work)
    expect(faults.map(({ path }) => path?.join('.'))).toEqual(['routing.legs.0.service'])
  })
})
