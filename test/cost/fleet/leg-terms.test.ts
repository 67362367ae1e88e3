import { describe, expect, it } from 'vitest'
import { estimate } from '../../../src/cost/result/estimate.ts'
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

const routingOf = (legs: Legs, wish: Wish = {}, routing: object = {}) => {
  const [result] = estimate(
    [fleetWith({ legs, ...routing }, { ...work, ...wish })],
    priced(book),
    '2026-01-01',
  ).scenarios
  if (!result?.routing) throw new Error('no fleet')
  return result.routing
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
