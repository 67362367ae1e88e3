import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as dspriceLibrary from '../src/index.ts'
import { dsprice, repository } from './fake-io.ts'

const {
  advise,
  compare,
  estimate,
  forecast,
  high,
  InputError,
  loadBook,
  loadScenario,
  low,
  priceUsage,
  sweep,
  toUsd,
  withCatalogue,
} = dspriceLibrary

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

// The library reads paths as its process does; vitest runs in the repository.
const path = (name: string): string => `scenarios/${name}.yaml`

const TODAY = ['market-today', 'self-host-measured']
const SHIPPED = ['chat', 'coding-agent', 'extraction', 'reasoning', 'routing-80-15-5', 'self-host-v4', ...TODAY]

describe.each(SHIPPED)('%s', name => {
  it('comes out of the library as out of the command', async () => {
    const scenario = await loadScenario(path(name))
    const book = await loadBook(TODAY.includes(name) ? '2026-11-23' : '2026-05-15')
    const { code, out } = await dsprice(['estimate', path(name), '--json'])
    expect(code).toBe(0)
    expect(plain(estimate(scenario, book))).toEqual(JSON.parse(out))
  })
})

it('gives warnings their line in the file', async () => {
  const scenario = await loadScenario(path('self-host-v4'))
  const { warnings } = estimate(scenario, await loadBook('2026-05-15'))
  expect(warnings.map(({ at }) => at)).toContainEqual(expect.stringMatching(/^scenarios\/self-host-v4\.yaml:\d+:\d+$/))
})

it('forecast comes out of the library as out of the command', async () => {
  const book = await loadBook('2026-11-23')
  const scenario = await loadScenario(path('support-bot'), { book, set: ['traffic.growth=8%/month'] })
  const argv = ['forecast', path('support-bot'), '--months', '3', '--set', 'traffic.growth=8%/month', '--json']
  expect(plain(forecast(scenario, book, { months: 3 }))).toEqual(JSON.parse((await dsprice(argv)).out))
})

it('compare comes out of the library as out of the command', async () => {
  const models = ['gpt-5.5', 'deepseek-v4-pro', 'claude-opus-4.7']
  const book = await loadBook('2026-05-15')
  const scenarios = await Promise.all(models.map(model => loadScenario(path('coding-agent'), { book, model })))
  const { out } = await dsprice(['compare', path('coding-agent'), '--models', models.join(), '--json'])
  expect(plain(compare(scenarios, book))).toEqual(JSON.parse(out))
})

it('sweep comes out of the library as out of the command', async () => {
  const vary = ['request.output=350,700', 'cache=none,prefix']
  const argv = ['sweep', path('support-bot'), ...vary.flatMap(one => ['--vary', one]), '--json', '--quiet']
  const { out } = await dsprice(argv)
  expect(plain(await sweep(path('support-bot'), { vary }))).toEqual(JSON.parse(out))
  const book = await loadBook('2026-11-23')
  const given = await sweep(path('support-bot'), { vary, book, set: ['request.turns=2'], view: 'headline' })
  expect(given.view).toBe('headline')
  await expect(sweep(path('support-bot'), { vary: ['request.output=many'] })).rejects.toThrow(InputError)
})

it('advise comes out of the library as out of the command', async () => {
  const book = await loadBook('2026-11-23')
  const scenario = await loadScenario(path('market-today'), { book })
  const { out } = await dsprice(['advise', path('market-today'), '--plan', '--models', 'deepseek-v4-flash', '--json'])
  const options = { plan: true, models: ['deepseek-v4-flash'] }
  expect(plain(await advise(scenario, book, options))).toEqual(JSON.parse(out))
  await expect(advise({ ...scenario }, book)).rejects.toThrow('loadScenario')
  const other = await loadScenario(path('market-today'), { book, model: 'deepseek-v4-flash' })
  expect((await advise(other, book, { models: ['deepseek-v4-pro'] })).scenario.model).toBe('deepseek-v4-flash')
})

it('takes settings, several scenarios and a date', async () => {
  const book = await loadBook('2026-11-23')
  const once = await loadScenario(path('market-today'), { book, set: ['request.turns=1', 'at=2026-10-05T02:00Z'] })
  // 20,000 × 6,300 × $0.66 + 20,000 × 400 × $1.98, off-peak on a holiday
  expect(estimate([once, once], book).totals.per_month?.scenarios).toBe(2)
  expect(estimate(once, book).scenarios[0]?.costs.headline).toBe('99')
})

it('lays a file of one’s own over a book', async () => {
  const layer = join(repository, 'test/golden/pricing-row/mine.json')
  const book = await loadBook(join(repository, 'test/fixtures/book.json'), layer)
  const scenario = await loadScenario(join(repository, 'test/golden/pricing-row/scenario.yaml'), { book })
  // Half of 0.058, as the golden case has it.
  expect(estimate(scenario, book).scenarios[0]?.costs.headline).toBe('0.029')
})

it('throws every fault, with its place', async () => {
  const faults = loadScenario(path('chat'), { set: ['totals.input=many', 'nmae=x'] })
  await expect(faults).rejects.toThrow(InputError)
  await expect(faults).rejects.toMatchObject({
    problems: [
      { code: 'INVALID', at: '--set totals.input:1:1' },
      { code: 'UNKNOWN_KEY', at: '--set nmae:1:1' },
    ],
  })
  await expect(loadScenario(path('chat'), { model: 'nope' })).rejects.toMatchObject({
    problems: [{ code: 'UNKNOWN_MODEL', exit: 3 }],
  })
  await expect(loadBook('2026-05-15', '2026-11-23')).rejects.toMatchObject({ problems: [{ code: 'TWO_BOOKS' }] })
})

it('offers no more than it says', () => {
  const offered = [
    ...['InputError', 'advise', 'compare', 'estimate', 'forecast', 'high', 'loadBook', 'loadScenario', 'low'],
    ...['priceUsage', 'replay', 'sweep', 'toUsd', 'usage'],
    'withCatalogue',
  ]
  expect(Object.keys(dspriceLibrary).sort()).toEqual(offered)
})

it('adds what the catalogue has to a book, if one ships, and nothing to the article’s', async () => {
  const [market, article] = [await loadBook('2026-11-23'), await loadBook('2026-05-15')]
  expect(await withCatalogue(market, 'deepseek-v4-pro')).toBe(market)
  expect(await withCatalogue(article, 'nobody-has-this')).toBe(article)
  expect((await withCatalogue(market, 'nobody-has-this')).book.models).toEqual(market.book.models)
})

// The book's path in a scenario is relative to the scenario, as everywhere.
it('finds the book that a scenario names beside itself', async () => {
  const scenario = await loadScenario(join(repository, 'test/golden/estimate/scenario.yaml'))
  expect(scenario.model).toBe('plain')
})

describe('a scenario as an object', () => {
  const agent = { model: 'deepseek-v4-pro', request: { turns: 10, session: '200K', output: '2K' } }

  it('costs what its file costs', async () => {
    const book = await loadBook('2026-05-15')
    const { scenarios } = await estimate(agent, book)
    const [own] = estimate(await loadScenario(path('coding-agent')), book).scenarios
    expect(scenarios[0]?.costs).toEqual(own?.costs)
    expect(scenarios[0]).toMatchObject({ name: 'scenario', file: null })
    // Undefined is left out, as a program would have it.
    expect((await estimate({ ...agent, at: undefined } as never, book)).scenarios[0]?.costs).toEqual(own?.costs)
  })

  it('may be one of several, and counts texts', async () => {
    const book = await loadBook('2026-05-15')
    // Two tokens of text; OpenAI's rule adds 4 to a message and 3 to a prompt.
    const text = { name: 't', model: 'gpt-5.5', request: { turn: { text: 'hello world' } } }
    const { scenarios } = await estimate([agent, text], book)
    expect(scenarios.map(({ name, tokens }) => [name, tokens?.prompt])).toEqual([
      ['scenario', 2_000_000],
      ['t', 9],
    ])
  })

  it('is compared, and takes settings', async () => {
    const book = await loadBook('2026-05-15')
    const models = ['gpt-5.5', 'deepseek-v4-pro']
    const scenarios = await Promise.all(models.map(model => loadScenario({ request: agent.request }, { book, model })))
    expect(compare(scenarios, book).scenarios.map(({ model }) => model)).toEqual(['deepseek-v4-pro', 'gpt-5.5'])
    const once = await loadScenario(agent, { book, set: ['request.turns=1'] })
    // 200,000 × $1.74 + 2,000 × $3.48 per 1M
    expect(estimate(once, book).scenarios[0]?.costs.headline).toBe('0.35496')
  })

  it('names every fault by its key', async () => {
    const book = await loadBook('2026-05-15')
    const faults = { ...agent, traffic: { requets: 1 }, request: { output: 'many' } }
    await expect(estimate(faults as never, book)).rejects.toMatchObject({
      message: expect.stringContaining('request.output: must be a number of tokens'),
      problems: [
        { code: 'UNKNOWN_KEY', at: 'traffic.requets', fix: 'did you mean requests?' },
        { code: 'INVALID', at: 'request.output' },
      ],
    })
    await expect(estimate({ ...agent, model: 'nope' }, book)).rejects.toMatchObject({
      problems: [{ code: 'UNKNOWN_MODEL', at: 'model' }],
    })
    const circle: Record<string, unknown> = {}
    circle['circle'] = circle
    const odd = [new Date(), Number.NaN, 1n, () => 1, circle, JSON.parse('{"__proto__": {"turns": 2}}') as unknown]
    for (const request of odd) {
      await expect(estimate({ ...agent, request } as never, book)).rejects.toThrow(InputError)
    }
  })
})

describe('priceUsage', () => {
  it('prices one call, line by line', async () => {
    const call = { model: 'deepseek-v4-pro', at: '2026-05-15', input: 1200, cache_read: 8000, output: 350 }
    const priced = priceUsage(call, await loadBook('2026-05-15'))
    // 1,200 × $1.74 + 8,000 × $0.174 + 350 × $3.48 per 1M = 0.002088 + 0.001392 + 0.001218
    expect(priced).toMatchObject({
      total: '0.004698',
      lines: [
        { meter: 'input', quantity: 1200, rate: '1.74', cost: '0.002088' },
        { meter: 'cache_read', quantity: 8000, rate: '0.174', cost: '0.001392' },
        { meter: 'output', quantity: 350, rate: '3.48', cost: '0.001218' },
      ],
      row_from: '2026-05-15',
      source: 'article',
    })
  })

  it('names a fault by its key', async () => {
    const book = await loadBook('2026-05-15')
    const tried = (call: object) => () => priceUsage({ model: 'deepseek-v4-pro', ...call }, book)
    expect(tried({ at: '2026-05-15', cached: 1 })).toThrow('cached: there is no key "cached" here')
    expect(tried({ at: '2026-05-15', input: -1 })).toThrow('input: must be a whole number')
    expect(tried({ at: '2026-05-15', cache_write: 1 })).toThrow('cache_write: deepseek-v4-pro has no known cache_write')
    expect(tried({ at: 'May' })).toThrow('at: must be a date or an instant')
    // The call's default is this moment, at which the article's book still has its prices.
    expect(tried({ input: 0 })().total).toBe('0')
  })
})

it('low, high and toUsd take an amount as results have it', () => {
  const range = { low: '40', high: '80.126' }
  expect([low('1.5'), high('1.5'), low(range), high(range), low(null), high(null)]).toEqual([
    ...['1.5', '1.5', '40', '80.126', null, null],
  ])
  expect([toUsd('0.7308'), toUsd(range), toUsd(null), toUsd('1234.5', 0)]).toEqual([
    ...['$0.7308', '$40.00-$80.13', 'unknown', '$1,234'],
  ])
})
