import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { jsonSchemas, marketJsonSchema } from '../src/model/result/json-schemas.ts'
import { dsprice, repository } from './fake-io.ts'

const read = (path: string) => readFileSync(join(repository, path), 'utf8')
const compile = (name: string): ValidateFunction =>
  new Ajv2020({ strict: false, allErrors: true, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } }).compile(
    JSON.parse(read(`schema/${name}.schema.json`)),
  )

const [isResult, isComparison, isBook] = [compile('result'), compile('compare'), compile('pricing')]
const [isClusters, isDifference] = [compile('clusters'), compile('diff')]
const [isForecast, isSweep, isAdvice] = [compile('forecast'), compile('sweep'), compile('advice')]
const isReplay = compile('replay')

const holds = (validate: ValidateFunction, data: unknown): void => {
  validate(data)
  expect(validate.errors).toBeNull()
}

describe('schema/', () => {
  it.each(Object.entries(jsonSchemas()))('%s is what src/model generates (else: npm run schema)', (name, text) => {
    expect(read(`schema/${name}.schema.json`)).toBe(text)
  })

  it('of a provider in the market book is what src/model generates (else: npm run schema)', () => {
    expect(read('pricing/market.schema.json')).toBe(marketJsonSchema())
  })

  it('holds nothing else', () => {
    expect(readdirSync(join(repository, 'schema')).sort()).toEqual(
      Object.keys(jsonSchemas())
        .map(name => `${name}.schema.json`)
        .sort(),
    )
  })

  it.each(Object.entries(jsonSchemas()))('%s is valid JSON Schema, draft 2020-12', (_, text) => {
    const schema = JSON.parse(text)
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
    const ajv = new Ajv2020({ strict: false, formats: { date: true } })
    expect(ajv.validateSchema(schema)).toBe(true)
  })

  it('describes every key of a scenario for editors', () => {
    const { properties } = JSON.parse(read('schema/scenario.schema.json'))
    const silent = Object.entries(properties).filter(([, value]) => !JSON.stringify(value).includes('description'))
    // Its name says all.
    expect(silent.map(([key]) => key).filter(key => key !== 'description')).toEqual([])
  })
})

const BOOKS = readdirSync(join(repository, 'pricing')).filter(name => /\d{4}-\d{2}-\d{2}\.json$/.test(name))

it.each(BOOKS)('pricing/%s is what its schema takes', name => {
  holds(name.startsWith('clusters') ? isClusters : isBook, JSON.parse(read(`pricing/${name}`)))
})

it.each(['book.json'])('test/fixtures/%s is what the schema takes', name => {
  const { extends: _, ...book } = JSON.parse(read(`test/fixtures/${name}`))
  holds(isBook, book)
})

const BOOK = 'test/fixtures/book.json'
const scenario = (body: string): string => `name: s\npricing: ${BOOK}\nat: 2026-11-24\n${body}`

/** Scenarios of every shape that a result can have. */
const SHAPES: Readonly<Record<string, string>> = {
  run: 'model: plain\nrequest: {turns: 3, shared: 1K, turn: 100, output: 10, history: true}',
  paced: 'model: plain\ntraffic: {requests: 7, per: day}\nrequest: {turns: 3, shared: 1K, turn: 100, output: 10}',
  'every hour of its own': `model: plain\ntraffic: {per: week, profile: [${Array.from({ length: 24 }, (_, i) => i)}]}\nrequest: {shared: 1K}`,
  'working days': 'model: plain\ntraffic: {per: month, weekdays_only: true, timezone: Asia/Tokyo}\nrequest: {turn: 1}',
  windows: 'model: peaky\ntraffic: {requests: 7, per: hour}\nrequest: {turn: 100, output: 10}',
  totals: 'model: tiered\ntotals: {input: 1B, output: 1M}',
  'a hit share': 'model: writer\ntotals: {input: 1M, output: 1M}\ncache: {hit_share: 33.3%}',
  'text samples': 'model: plain\nrequest: {shared: [{text: hello}, 5], turn: {files: "scenarios/*.yaml"}, output: 10}',
  tiers: 'model: tiered\nrequest: {turns: 5, turn: 90K, history: true}',
  writes: 'model: writer\nrequest: {turns: 3, shared: 1K, session: 1K, turn: 100}\ncache: {ttl: 1h}',
  'unknown reads': 'model: peaky\nrequest: {turns: 2, shared: 1K, turn: 100, output: 10}',
  'nothing at all': 'model: plain\nrequest: {turn: 0}',
  'a great deal': 'model: plain\ntraffic: {requests: 1000B, per: hour}\nrequest: {turns: 3, shared: 99999, turn: 1}',
  tags: 'model: plain\ntags: {team: a, "odd key": "b=c"}\nrequest: {turn: 5}',
  'an ideal cache': 'model: plain\nrequest: {turn: 5}\ncache: ideal',
}

describe.each(Object.entries(SHAPES))('--json of %s is what its schema takes', (_, body) => {
  const around = { stdin: scenario(body) }

  it('from estimate', async () => {
    const { code, out } = await dsprice(['estimate', '-', '--json', '--quiet'], repository, around)
    expect(code).toBe(0)
    holds(isResult, JSON.parse(out))
  })

  it('from compare', async () => {
    const models = body.includes('text') || body.includes('files') ? 'plain' : 'plain,tiered,writer,peaky'
    const argv = ['compare', '-', '--models', models, '--json', '--quiet']
    const { code, out } = await dsprice(argv, repository, around)
    expect(code).toBe(0)
    holds(isComparison, JSON.parse(out))
  })
})

it('--json of several scenarios and of a layered book is what its schema takes', async () => {
  const { out } = await dsprice(
    [
      'estimate',
      'scenario.yaml',
      '../estimate-several/a.yaml',
      '../estimate-several/b.yaml',
      '../estimate-several/c.yaml',
      '--pricing',
      'mine.json',
      '--json',
      '--quiet',
    ],
    join(repository, 'test/golden/pricing-row'),
  )
  holds(isResult, JSON.parse(out))
})

it('--json of compare --all --require is what its schema takes', async () => {
  const argv = ['compare', '--all', '--require', 'open_weights', '--at', '2026-11-23', '--json', '--quiet']
  holds(isComparison, JSON.parse((await dsprice(argv)).out))
})

/** Every command that prints what a schema describes, and at least a run of each. */
describe('--json is what its schema takes', () => {
  const [market, hosted, routed] = ['market-today', 'self-host-measured', 'routing-80-15-5'].map(
    name => `scenarios/${name}.yaml`,
  ) as [string, string, string]
  const scored = ['deepseek-v4=1400', 'claude-sonnet-4=1440', 'claude-opus-4.7=1500'].flatMap(one => ['--quality', one])
  it.each<{ argv: readonly string[]; code?: number; takes: ValidateFunction }>([
    { argv: ['estimate', hosted], takes: isResult },
    { argv: ['estimate', routed], takes: isResult },
    { argv: ['estimate', hosted, market, '--at', '2026-11-23'], takes: isResult },
    { argv: ['breakeven', hosted], takes: isResult },
    { argv: ['route', routed, ...scored], takes: isResult },
    { argv: ['check', 'scenarios/support-bot.yaml', '--at', '2026-11-23'], takes: isResult },
    { argv: ['check', 'scenarios/support-bot.yaml', '--set', 'request.turns=6'], code: 1, takes: isResult },
    { argv: ['compare', routed, '--models', 'o3,deepseek-v4'], takes: isComparison },
    { argv: ['diff', 'test/golden/diff/base.json', 'test/golden/diff/head.json'], takes: isDifference },
    { argv: ['forecast', 'scenarios/support-bot.yaml', '--set', 'traffic.growth=8%/month'], takes: isForecast },
    { argv: ['forecast', market, hosted, '--set', 'traffic.per=day'], takes: isForecast },
    {
      argv: ['sweep', routed, '--vary', 'traffic.requests=1x,0.333x', '--vary', 'at=2026-05-15,2020-01-01'],
      takes: isSweep,
    },
    { argv: ['advise', market, '--plan', '--models', 'deepseek-v4-flash'], takes: isAdvice },
    { argv: ['advise', routed, '--plan'], takes: isAdvice },
    { argv: ['replay', 'scenarios/replay/support-desk.jsonl', '--block', '128', '--model', 'o3'], takes: isReplay },
    { argv: ['render', 'test/golden/render-check/checked.json'], takes: isResult },
    { argv: ['render', 'test/golden/render-compare/comparison.json'], takes: isComparison },
    { argv: ['render', 'test/golden/render-diff/difference.json'], takes: isDifference },
  ])('$argv', async ({ argv, code = 0, takes }) => {
    const ran = await dsprice([...argv, '--json', '--quiet'])
    expect(ran.code).toBe(code)
    holds(takes, JSON.parse(ran.out))
  })
})

it('a schema refuses what is none of it', () => {
  expect(isResult({ schema: 'dsprice/result/1' })).toBe(false)
  expect(isComparison({})).toBe(false)
  expect(isDifference({ schema: 'dsprice/diff/1' })).toBe(false)
  expect(isAdvice({ schema: 'dsprice/advice/1' })).toBe(false)
  expect(isBook({ schema: 'dsprice/pricing/1', models: [{ id: 'a', prices: [] }] })).toBe(false)
})
