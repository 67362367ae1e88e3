import { expect, it } from 'vitest'
import { estimate } from '../../src/cost/result/estimate.ts'
import { toLitellm } from '../../src/gateway/to-litellm.ts'
import { bookWith, fleetWith, MILLION, modelWith, priced } from '../cost/build.ts'

const source = 'made-up'

/** $1 for 1M in: half of it as flex, 1.1 times in the region us. */
const services = { flex: { factor: '0.5', source } }
const book = bookWith({
  provider: { regions: { us: { factor: '1.1', source } } },
  models: ['a', 'b', 'c'].map(id => modelWith({ id, row: { services } })),
})

const gatewayOf = (wish: object) => {
  const legs = [
    { model: 'a', share: 0.6, service: 'flex' },
    { model: 'b', share: 0.4, region: 'us', service: 'standard' },
  ]
  const scenario = fleetWith({ legs, fallback: ['c'] }, { request: { turn: MILLION }, ...wish })
  const [result] = estimate([scenario], priced(book), '2026-01-01').scenarios
  if (!result) throw new Error('no result')
  const names = { a: 'openai/a', b: 'openai/b', c: 'openai/c' }
  const { config, remarks } = toLitellm(result, { book, names, gatewayNames: { providers: {}, models: {} } })
  const inputs = config.model_list.map(({ model_info }) => model_info.input_cost_per_token)
  return { inputs, remarks: remarks.filter(remark => remark.includes('nothing here')) }
}

it('writes the rates of the service and region of each leg, and says that requests have to ask for them', () => {
  expect(gatewayOf({})).toEqual({
    inputs: [0.0000005, 0.0000011, 0.000001],
    remarks: [
      'The rates of a (flex) are written, but nothing here asks the provider for them',
      'The rates of b (region us) are written, but nothing here asks the provider for them',
    ],
  })
})

it("takes the scenario's where a leg has none, and for the fallback", () => {
  expect(gatewayOf({ service: 'flex', region: 'us' }).inputs).toEqual([0.00000055, 0.0000011, 0.00000055])
})
