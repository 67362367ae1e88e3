import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { isAlike } from '../../../src/cost/budget/price-baseline.ts'
import { NOT_PRICED } from '../../../src/cost/diff/steps.ts'
import { readBook } from '../../../src/load/book/book.ts'
import { countPriced } from '../../../src/load/scenario/count-scenario.ts'
import { readScenario } from '../../../src/load/scenario/scenario.ts'
import { strayKeys } from '../../../src/load/source/check-schema.ts'
import { jsonSchema, jsonSchemas } from '../../../src/model/result/json-schemas.ts'
import { routingBlock } from '../../../src/model/scenario/routing-schema.ts'
import { inputSchema, inputSchemaFor, type Scenario } from '../../../src/model/scenario/scenario.ts'
import { requestSchema, scenarioSchema } from '../../../src/model/scenario/scenario-schema.ts'
import { selfHostBlock } from '../../../src/model/scenario/self-host-schema.ts'
import { trafficSchema } from '../../../src/model/scenario/traffic.ts'
import { doc, factor } from '../../../src/model/units.ts'
import { fakeIo, repository } from '../../fake-io.ts'

/** A key that nobody has heard of, stated once: in the schema. Everything that is made of a file has to have it. */

const surcharge = doc(z._default(factor, '1'), 'On everything that this workload costs')
const tomorrow = z.extend(scenarioSchema, {
  surcharge,
  traffic: doc(z.prefault(z.extend(trafficSchema, { surcharge }), {}), 'How many requests, and when'),
  request: z.optional(z.extend(requestSchema, { surcharge })),
  routing: z.optional(z.lazy(() => z.extend(routingBlock(), { surcharge }))),
  self_host: z.optional(z.lazy(() => z.extend(selfHostBlock(), { surcharge }))),
})

const day = '2026-11-23'
const files = fakeIo(repository)
const TEXT = { name: 'a', pricing: day, at: day, model: 'gpt-5.5', request: { shared: 2000, output: 40 } }

/** A scenario's file as tomorrow's schema reads it, then counted. */
const countedFrom = async (given: object): Promise<Scenario> => {
  const draft = await readScenario('-', { files: fakeIo(repository, { stdin: JSON.stringify(TEXT) }) })
  const written = z.parse(tomorrow, { ...TEXT, ...given })
  return countPriced({ ...draft, written }, await readBook([day], files), files)
}

const LATER = { surcharge: '1.5', traffic: { surcharge: '1.6' }, request: { ...TEXT.request, surcharge: '1.7' } }
const [today, later] = [await countedFrom({}), await countedFrom(LATER)]

describe('a key that is only in the schema', () => {
  it('is carried by the counting, wherever it stands', () => {
    expect(later).toMatchObject({ surcharge: '1.5', traffic: { surcharge: '1.6' }, request: { surcharge: '1.7' } })
  })

  it('is carried by a routing block and by a cluster', async () => {
    const routing = { legs: [{ model: 'gpt-5.5', share: 1 }], surcharge: '1.8' }
    expect(await countedFrom({ model: undefined, routing })).toMatchObject({ routing: { surcharge: '1.8' } })
    const self_host = { model: 'deepseek-v4-pro', nodes: 1, usd_per_hour: 10, capacity: '100M/day', surcharge: '1.9' }
    expect(await countedFrom({ self_host: { ...self_host, utilisation: 0.5 } })).toMatchObject({
      self_host: { surcharge: '1.9' },
    })
  })

  it('has its default where the file leaves it out', () => {
    expect(today).toMatchObject({ surcharge: '1', traffic: { surcharge: '1' }, request: { surcharge: '1' } })
  })

  it.each<[string, object]>([
    ['the scenario', { surcharge: '1.5' }],
    ['its traffic', { traffic: { surcharge: '1.5' } }],
    ['its request', { request: { ...TEXT.request, surcharge: '1.5' } }],
  ])('makes two scenarios differ, as a key of %s', async (_, change) => {
    const [base, head] = [await countedFrom({}), await countedFrom(change)]
    expect(isAlike({ at: day, scenario: base }, { at: day, scenario: base })).toBe(true)
    expect(isAlike({ at: day, scenario: base }, { at: day, scenario: head })).toBe(false)
  })

  const read = inputSchemaFor(tomorrow.shape)

  it('is read again from a result, and has its default in a result of today', () => {
    const { request: _, ...scenario } = later
    const saved: unknown = JSON.parse(JSON.stringify({ ...scenario, request: null }))
    expect(strayKeys(read, saved)).toEqual([])
    expect(z.parse(read, saved)).toMatchObject({ surcharge: '1.5', traffic: { surcharge: '1.6' } })
    const old = { name: 'a', model: 'm', request: null, totals: null, cache: { policy: 'none' }, defaults: [] }
    expect(z.parse(read, old)).toMatchObject({ surcharge: '1', traffic: { surcharge: '1', requests: 1 } })
  })
})

/** The tests that hold the real keys fail where the made-up one has no place. */
describe('a place that is forgotten is a failure', () => {
  const published = (name: string): string => readFileSync(join(repository, `schema/${name}.schema.json`), 'utf8')

  it('of the counting: two files that differ give one scenario, which test/load/alike.test.ts refuses', async () => {
    const { surcharge: _, ...forgetful } = (await countedFrom({ surcharge: '1.5' })) as Scenario & { surcharge: string }
    const { surcharge: __, ...plain } = today as Scenario & { surcharge: string }
    expect(forgetful).toEqual(plain)
    expect(await countedFrom({ surcharge: '1.5' })).not.toEqual(today)
  })

  it("of a result's schema: the key is a stray one", () => {
    expect(strayKeys(inputSchema, JSON.parse(JSON.stringify(later)))).toEqual([
      ['traffic', 'surcharge'],
      ['request', 'surcharge'],
      ['surcharge'],
    ])
  })

  it('of the published schemas: their text is not what the schemas give', () => {
    const title = 'dsprice scenario'
    expect(published('scenario')).toBe(jsonSchema(scenarioSchema, title))
    expect(published('scenario')).not.toBe(jsonSchema(tomorrow, title))
    expect(jsonSchemas().result).toContain(JSON.stringify('weekdays_only'))
    expect(jsonSchema(inputSchemaFor(tomorrow.shape), 'input')).toContain('"surcharge"')
    expect(published('result')).not.toContain('"surcharge"')
  })
})

it('what takes no part in a price is named, and is a key of the file or of the counting', () => {
  expect([...NOT_PRICED].filter(key => !(key in inputSchema.shape))).toEqual([])
})
