import { expect, it } from 'vitest'
import { modelsDev } from '../../../src/book/import/models-dev.ts'

const read = (cost: object, more = {}) =>
  modelsDev.read({ acme: { models: { toy: { cost, ...more } } } }, '')?.models[0]

it('takes the rate above 200K where no tiers say more', () => {
  expect(read({ input: 1, output: 2, context_over_200k: { input: 2, output: 3 } })?.rows[0]?.tiers).toEqual([
    { threshold: 200_000, operator: '>', input: 2, output: 3, cache_read: undefined, cache_write: undefined },
  ])
})

it('drops a tier of another kind, and says so', () => {
  const one = read({ input: 1, output: 2, tiers: [{ input: 2, output: 3, tier: { type: 'batch', size: 5 } }] })
  expect(one).toMatchObject({ warnings: ['LOST:other'], rows: [{ tiers: [] }] })
})

it('says what it cannot hold', () => {
  const modes = { experimental: { modes: { fast: { cost: { input: 6 } } } } }
  expect(read({ input: 1, output: 2, input_audio: 3 }, modes)?.warnings).toEqual(['LOST:audio', 'LOST:service-tier'])
})

it("names the provider in the catalogue's words", () => {
  const data = { acme: { name: 'ACME', models: {} }, other: { models: {} } }
  expect(modelsDev.read(data, '')?.sellers).toEqual({ acme: 'ACME', other: 'other' })
})
