import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lintProblems } from '../../src/book/lint/lint-problems.ts'
import { COMMANDS } from '../../src/commands/index.ts'
import type { Problem } from '../../src/errors/index.ts'
import { dsprice, fakeIo, type Ran } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const source = { title: 'Contract', where: 'contract.pdf', retrieved: null, grade: 'own' }
const rule = {
  match: 'blocks',
  block: 1,
  minimum: 0,
  lifetimes: [{ ttl_s: 300, write: null }],
  stores_output: false,
  source: 'deal',
}
const provider = { name: 'Mine', usage: 'unknown', review_every_days: 30, cache: { default: rule }, batch: null }
const row = { from: '2026-01-01', input: '1', cache_read: '0.1', output: '2', source: 'deal', grade: 'own' }
const model = { id: 'own', provider: 'mine', aliases: ['ours'], context: null, max_output: null, tokenizer: null }
const own = { ...rule, hours: ['09:00-12:00'] }
const rates = { input: '1', cache_read: '0.1', output: '2' }
const tier = { ...rates, threshold: 1000, operator: '>' }
const window = { ...rates, name: 'peak', timezone: 'UTC', weekdays: ['mon'], hours: own.hours, holidays: 'apply' }

const heading = { schema: 'dsprice/pricing/1', sources: { deal: source } }
/** A file over the article's book, which never changes. */
const layer = (file: object) => ({ ...heading, extends: '2026-05-15', ...file })
/** A layer with one new model. */
const fresh = ({ row: given = {}, ...rest }: { readonly row?: object; readonly [key: string]: unknown } = {}) =>
  layer({ providers: { mine: provider }, models: [{ ...model, prices: [{ ...row, ...given }], ...rest }] })
const spans = (...all: readonly (readonly [string, string | null])[]) => all.map(([from, to]) => ({ ...row, from, to }))
/** A book of its own that has the model of the scenario. */
const whole = (file: object) => ({
  ...heading,
  extends: 'none',
  version: '2026-01-01',
  title: 'Mine',
  reviewed: '2026-01-01',
  currency: 'USD',
  providers: { mine: provider },
  models: [{ ...model, prices: [row] }],
  ...file,
})

/** Each thing that lint calls an error, by a file that shows it and nothing else. */
const BROKEN: readonly { readonly it: string; readonly file: object; readonly finds: string }[] = [
  {
    it: 'an alias of a model below',
    file: fresh({ aliases: ['DeepSeek-V4'] }),
    finds: 'ALIAS_TWICE models.0.aliases.0',
  },
  {
    it: 'an id twice',
    file: whole({ models: [1, 2].map(() => ({ ...model, aliases: [], prices: [row] })) }),
    finds: 'ALIAS_TWICE models.1.id',
  },
  {
    it: 'a model below, twice',
    file: layer({ models: ['deepseek-v4', 'DEEPSEEK-V4'].map(id => ({ id, prices: [row] })) }),
    finds: 'MODEL_TWICE models.1.id',
  },
  {
    it: 'a provider that nobody describes',
    file: fresh({ provider: 'nobody' }),
    finds: 'UNKNOWN_PROVIDER models.0.provider',
  },
  {
    it: 'the same in a book of its own',
    file: whole({ models: [{ ...model, provider: 'nobody', prices: [row] }] }),
    finds: 'UNKNOWN_PROVIDER models.0.provider',
  },
  {
    it: 'a source that nobody describes',
    file: fresh({ row: { source: 'hearsay' } }),
    finds: 'NO_SOURCE models.0.prices.0.source',
  },
  {
    it: 'a source of a cache rule',
    file: layer({ providers: { mine: { ...provider, cache: { default: { ...rule, source: 'hearsay' } } } } }),
    finds: 'NO_SOURCE providers.mine.cache.default.source',
  },
  { it: 'a rule of a row', file: fresh({ row: { cache: 'nope' } }), finds: 'NO_RULE models.0.prices.0.cache' },
  { it: 'a rule of a model', file: fresh({ cache: { rule: 'nope' } }), finds: 'NO_RULE models.0.cache' },
  {
    it: 'a provider below that loses its rules',
    file: layer({ providers: { deepseek: { ...provider, cache: {} } } }),
    finds: 'NO_RULE providers.deepseek.cache',
  },
  {
    it: 'a provider of its own without rules',
    file: whole({ providers: { mine: { ...provider, cache: {} } } }),
    finds: 'NO_RULE providers.mine.cache',
  },
  {
    it: 'a discount on a model that is not there',
    file: layer({ discounts: [{ model: 'nope', off: '0.1', from: '2026-01-01', source: 'deal' }] }),
    finds: 'NO_MODEL discounts.0.model',
  },
  {
    it: 'the same in a book of its own',
    file: whole({ discounts: [{ model: 'nope', off: '0.1', from: '2026-01-01', source: 'deal' }] }),
    finds: 'NO_MODEL discounts.0.model',
  },
  {
    it: 'a discount on a provider that is not there',
    file: layer({ discounts: [{ provider: 'nope', off: '0.1', from: '2026-01-01', source: 'deal' }] }),
    finds: 'UNKNOWN_PROVIDER discounts.0.provider',
  },
  {
    it: 'a discount on nothing',
    file: layer({ discounts: [{ off: '0.1', from: '2026-01-01', source: 'deal' }] }),
    finds: 'ONE_REDUCED discounts.0',
  },
  {
    it: 'a discount that ends before it begins',
    file: layer({
      discounts: [{ provider: 'deepseek', off: '0.1', from: '2026-02-01', to: '2026-01-01', source: 'deal' }],
    }),
    finds: 'ROW_EMPTY discounts.0.to',
  },
  {
    it: 'a row that ends where it begins',
    file: fresh({ row: { to: row.from } }),
    finds: 'ROW_EMPTY models.0.prices.0.to',
  },
  {
    it: 'a service that ended before its row begins',
    file: fresh({ row: { services: { fast: { factor: '6', to: row.from, source: 'deal' } } } }),
    finds: 'ROW_EMPTY models.0.prices.0.services.fast.to',
  },
  {
    it: 'the standard service under services',
    file: fresh({ row: { services: { standard: { factor: '2', source: 'deal' } } } }),
    finds: 'INVALID models.0.prices.0.services.standard',
  },
  {
    it: 'a row seen after its end',
    file: fresh({ row: { to: '2026-02-01', seen: '2026-02-02' } }),
    finds: 'INVALID models.0.prices.0.seen',
  },
  {
    it: 'a promotion over before it begins',
    file: fresh({ row: { until_at_least: row.from } }),
    finds: 'INVALID models.0.prices.0.until_at_least',
  },
  {
    it: 'two rows in force at once',
    file: fresh({ prices: spans(['2026-01-01', '2026-03-01'], ['2026-02-01', null]) }),
    finds: 'ROWS_OVERLAP models.0.prices.1.from',
  },
  {
    it: 'two rows in force at once, in a book of its own',
    file: whole({ models: [{ ...model, prices: [row, row] }] }),
    finds: 'ROWS_OVERLAP models.0.prices.1.from',
  },
  {
    it: 'two rows over one of the book below, in force at once',
    file: layer({
      models: [{ id: 'deepseek-v4', prices: spans(['2026-05-15', '2026-07-01'], ['2026-06-01', '2026-08-01']) }],
    }),
    finds: 'ROWS_OVERLAP models.0.prices.1.from',
  },
  {
    it: 'a gap',
    file: fresh({ prices: spans(['2026-01-01', '2026-02-01'], ['2026-03-01', null]) }),
    finds: 'ROWS_GAP models.0.prices.1.from',
  },
  {
    it: 'a gap before the rows below',
    file: layer({ models: [{ id: 'deepseek-v4', prices: spans(['2020-01-01', '2020-02-01']) }] }),
    finds: 'ROWS_GAP models.0.prices.0.to',
  },
  {
    it: 'tiers and windows',
    file: fresh({ row: { tiers: [tier], windows: [window] } }),
    finds: 'TIERS_AND_WINDOWS models.0.prices.0',
  },
  {
    it: 'a tier twice',
    file: fresh({ row: { tiers: [tier, tier] } }),
    finds: 'TIER_TWICE models.0.prices.0.tiers.1.threshold',
  },
  {
    it: 'windows that hold at once',
    file: fresh({ row: { windows: [window, { ...window, hours: ['11:59-13:00'] }] } }),
    finds: 'WINDOWS_OVERLAP models.0.prices.0.windows.1.hours',
  },
  { it: 'USD a token', file: fresh({ row: { output: '0.000002' } }), finds: 'MAGNITUDE models.0.prices.0.output' },
  {
    it: 'the noise of 0.1 + 0.2',
    file: fresh({ row: { output: '0.30000000000000004' } }),
    finds: 'FLOAT_NOISE models.0.prices.0.output',
  },
  {
    it: 'reads above input',
    file: fresh({ row: { cache_read: '1.5' } }),
    finds: 'READ_ABOVE_INPUT models.0.prices.0.cache_read',
  },
  {
    it: 'a long write below a short one',
    file: fresh({ row: { cache_write: '2', cache_write_1h: '1.5' } }),
    finds: 'LONG_WRITE_BELOW_SHORT models.0.prices.0.cache_write_1h',
  },
  {
    it: 'batch above normal',
    file: fresh({ row: { batch: { input: '1.5', output: '1' } } }),
    finds: 'BATCH_ABOVE_NORMAL models.0.prices.0.batch.input',
  },
]

/** What each command that takes `--pricing` is called with beside it; one that has no row here fails the test. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  estimate: ['own.yaml'],
  compare: ['own.yaml', '--models', 'own'],
  sweep: ['own.yaml', '--vary', 'request.output=100,2x'],
  breakeven: ['own.yaml'],
  route: ['own.yaml'],
  gateway: ['own.yaml'],
  check: ['own.yaml'],
  diff: ['.', '.', 'own.yaml'],
  tokens: ['own.yaml', '--model', 'o200k_base'],
  advise: ['own.yaml'],
  forecast: ['own.yaml', '--set', 'traffic.per=day'],
  usage: ['calls.jsonl'],
  replay: ['trace.jsonl', '--model', 'own'],
  'prices list': [],
  'prices show': ['own'],
  'prices age': [],
}

beforeAll(() => {
  const scenario = 'name: own\nmodel: own\nrequest: {turn: 1K, output: 100}\nbudget: {per_period: 1}\n'
  writeFileSync(join(folder, 'own.yaml'), scenario)
  writeFileSync(join(folder, 'calls.jsonl'), '{"at":"2026-06-01T12:00Z","model":"own","input":10,"output":1}\n')
  writeFileSync(join(folder, 'trace.jsonl'), '{"timestamp":0,"input_length":9,"output_length":1,"hash_ids":[]}\n')
  writeFileSync(join(folder, 'named.yaml'), `${scenario}pricing: broken.json\n`)
})

/** Every command below, by its full name. */
const within = (command: Command, above = ''): [string, Command][] => {
  const name = `${above} ${command.name()}`.trim()
  return command.commands.length > 0 ? command.commands.flatMap(one => within(one, name)) : [[name, command]]
}

const pricedCommands = async (): Promise<string[]> => {
  const loaded = await Promise.all(COMMANDS.map(({ load }) => load?.(fakeIo(folder))))
  const all = loaded.flatMap(command => (command ? within(command) : []))
  const has = ({ options }: Command, flag: string): boolean => options.some(({ long }) => long === flag)
  // `report` and `serve` have no --json; they read scenarios and books as `estimate` does, see below.
  return all.filter(([, command]) => has(command, '--pricing') && has(command, '--json')).map(([name]) => name)
}

/** What a refusal says, as JSON: `CODE path`, and the whole for comparing. */
const refusal = ({ code, out, err }: Ran): { found: string[]; said: unknown } => {
  if (code !== 2) throw new Error(`exit ${code}\n${out}${err}`)
  const { errors } = JSON.parse(err) as { errors: (Problem & { readonly path: string })[] }
  for (const { at, fix } of errors)
    expect([at, fix]).toEqual([expect.stringMatching(/^broken\.json:\d+:\d+$/), expect.any(String)])
  return { found: errors.map(({ code, path }) => `${code} ${path}`), said: errors }
}

it('has a file for everything that lint finds', () => {
  const codes = Object.values(lintProblems).map(
    problem => (problem as (...given: unknown[]) => Problem)([], [], []).code,
  )
  expect(new Set(BROKEN.map(({ finds }) => finds.split(' ')[0]))).toEqual(new Set(codes))
})

it('calls every command that takes a price file', async () => {
  expect(Object.keys(CALLS).toSorted()).toEqual((await pricedCommands()).toSorted())
})

describe.each(BROKEN)('$it', ({ file, finds }) => {
  it(`is ${finds} to lint and to every command`, async () => {
    writeFileSync(join(folder, 'broken.json'), JSON.stringify(file, null, 2))
    const lint = refusal(await dsprice(['prices', 'lint', 'broken.json', '--json'], folder))
    expect(lint.found).toEqual([finds])
    for (const [name, more] of Object.entries(CALLS)) {
      const argv = [...name.split(' '), ...more, '--pricing', 'broken.json', '--json']
      expect({ name, said: refusal(await dsprice(argv, folder)).said }).toEqual({ name, said: lint.said })
    }
    for (const argv of [
      ['prices', 'diff', '2026-05-15', 'broken.json'],
      ['estimate', 'named.yaml'],
    ]) {
      expect(refusal(await dsprice([...argv, '--json'], folder)).said).toEqual(lint.said)
    }
    const completed = await dsprice(
      ['completion', 'bash', '--words', '--', 'estimate', '--pricing', 'broken.json', '--set', 'model='],
      folder,
    )
    expect([completed.code, completed.err]).toEqual([0, ''])
  })
})

it('is refused by a page as by estimate', async () => {
  writeFileSync(join(folder, 'broken.json'), JSON.stringify(fresh({ row: { cache: 'nope' } })))
  const [estimate, report] = [
    await dsprice(['estimate', 'own.yaml', '--pricing', 'broken.json'], folder),
    await dsprice(['report', 'own.yaml', '-o', '-', '--pricing', 'broken.json'], folder),
  ]
  expect([report.code, report.err, report.out]).toEqual([estimate.code, estimate.err, ''])
})

it('tells the faults of all files at once, each in its file', async () => {
  writeFileSync(join(folder, 'a.json'), JSON.stringify(fresh({ row: { cache: 'nope' } })))
  writeFileSync(
    join(folder, 'b.json'),
    JSON.stringify(layer({ models: [{ id: 'ours', prices: [{ ...row, source: 'x' }] }] })),
  )
  const { code, err } = await dsprice(
    ['estimate', 'own.yaml', '--pricing', 'a.json', '--pricing', 'b.json', '--json'],
    folder,
  )
  const { errors } = JSON.parse(err) as { errors: Problem[] }
  expect([code, errors.map(({ code, at }) => `${code} ${at?.split(':')[0]}`)]).toEqual([
    2,
    ['NO_RULE a.json', 'NO_SOURCE b.json'],
  ])
})

it('finds what only two files together make: an alias of a model that another file brings', async () => {
  writeFileSync(join(folder, 'a.json'), JSON.stringify(fresh()))
  const second = fresh({ id: 'other', aliases: ['OURS'] })
  writeFileSync(join(folder, 'b.json'), JSON.stringify(second))
  const run = (...names: string[]) =>
    dsprice(['estimate', 'own.yaml', ...names.flatMap(name => ['--pricing', name]), '--json'], folder)
  expect((await run('a.json')).code).toBe(0)
  expect((await dsprice(['prices', 'lint', 'b.json'], folder)).code).toBe(0)
  const { code, err } = await run('a.json', 'b.json')
  expect([code, err]).toEqual([2, expect.stringContaining('ALIAS_TWICE')])
})

describe('where there is no cache rule', () => {
  const costs = async (file: object): Promise<{ costs: object; reasons: object; cache: object }> => {
    writeFileSync(join(folder, 'own.json'), JSON.stringify(file))
    const argv = ['estimate', 'warm.yaml', '--pricing', 'own.json', '--at', '2026-06-01', '--json']
    const { code, out, err } = await dsprice(argv, folder)
    if (code !== 0) throw new Error(err)
    const { scenarios } = JSON.parse(out) as { scenarios: [{ costs: object; reasons: object; cache: object }] }
    return scenarios[0]
  }
  const cached = (cache: object | string) => whole({ providers: { mine: { ...provider, cache } } })
  const named = (cache: string, key: object) => whole({ models: [{ ...model, ...key, prices: [{ ...row, cache }] }] })

  beforeAll(() => {
    const request = '{turns: 2, session: 1M, turn: 0, output: 0}'
    writeFileSync(join(folder, 'warm.yaml'), `name: warm\nmodel: own\nrequest: ${request}\n`)
  })

  // Two turns of the same 1M tokens: $2 at list; the second one read from the cache is $0.10, so $1.10.
  it.each([
    { it: 'by the rule', file: whole({}), found: '1.1' },
    { it: 'none of a provider', file: cached('none'), found: '2' },
    { it: 'none under a name', file: cached({ default: 'none' }), found: '2' },
    { it: 'none of a model', file: whole({ models: [{ ...model, cache: 'none', prices: [row] }] }), found: '2' },
    { it: 'none of a row', file: named('none', {}), found: '2' },
    { it: 'unknown of a provider', file: cached('unknown'), found: null },
    { it: 'unknown of a row, whatever its model says', file: named('unknown', { cache: 'none' }), found: null },
  ])('$it: cached is $found', async ({ file, found }) => {
    const result = await costs(file)
    expect(result.costs).toMatchObject({ headline: '2', cached: found })
    if (found === null) expect(result.reasons).toMatchObject({ cached: 'how Mine caches own is unknown' })
    if (found !== '1.1') expect(result.cache).toMatchObject({ rule: null, block: null, ttl_s: null })
  })

  it('lint finds nothing wrong, and show says which', async () => {
    writeFileSync(join(folder, 'own.json'), JSON.stringify(cached('none')))
    expect((await dsprice(['prices', 'lint', 'own.json'], folder)).code).toBe(0)
    const { out } = await dsprice(['prices', 'show', 'own', '--pricing', 'own.json'], folder)
    expect(out).toContain('Mine does not cache it.')
  })

  it('a saved result can be rendered again', async () => {
    writeFileSync(join(folder, 'own.json'), JSON.stringify(cached('unknown')))
    const argv = ['estimate', 'warm.yaml', '--pricing', 'own.json', '--at', '2026-06-01']
    await dsprice([...argv, '--json', '-o', 'result.json'], folder)
    const again = await dsprice(['render', 'result.json'], folder)
    expect([again.code, again.out]).toEqual([0, (await dsprice(argv, folder)).out])
  })
})

describe('a discount in a book of its own', () => {
  it('holds, as the schema has it', async () => {
    const discounts = [{ model: 'own', off: '0.25', from: '2026-01-01', source: 'deal' }]
    writeFileSync(join(folder, 'own.json'), JSON.stringify(whole({ discounts })))
    const { out } = await dsprice(
      ['estimate', 'own.yaml', '--pricing', 'own.json', '--at', '2026-06-01', '--json'],
      folder,
    )
    // 1,000 × $0.75 + 100 × $1.50 per 1M tokens.
    expect(JSON.parse(out)).toMatchObject({ scenarios: [{ costs: { headline: '0.0009' } }] })
  })
})
