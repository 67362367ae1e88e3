import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as dspriceLibrary from '../src/index.ts'
import { dsprice, repository } from './fake-io.ts'

const { advise, compare, estimate, forecast, InputError, loadBook, loadScenario, sweep, withCatalogue } = dspriceLibrary

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
    ...['InputError', 'advise', 'compare', 'estimate', 'forecast', 'loadBook', 'loadScenario', 'sweep'],
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
