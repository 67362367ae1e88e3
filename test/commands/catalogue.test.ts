import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { SOURCES } from '../../src/commands/completion/sources.ts'
import { listSettings } from '../../src/load/schema/settings.ts'
import type { Comparison, Result } from '../../src/model/result/result.ts'
import { dsprice, type Ran, repository } from '../fake-io.ts'

/** A catalogue under the book: whatever names a model finds it there, and nothing else reads it. */

const folder = mkdtempSync(join(tmpdir(), 'dsprice-catalogue-'))
mkdirSync(join(folder, '.git'))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: unknown): string => {
  writeFileSync(join(folder, name), typeof text === 'string' ? text : JSON.stringify(text))
  return name
}
const run = (argv: readonly string[], catalogue = true): Promise<Ran> => dsprice(argv, folder, { catalogue })
const json = async <T = Result>(argv: readonly string[]): Promise<T> =>
  JSON.parse((await run([...argv, '--json'])).out) as T

const ONLY_THERE = 'finch/songbird-2.5'
const OURS = 'deepseek-v4-pro'
const call = { turn: 1_000_000, output: 1_000_000 }
const small = { turn: 1000, output: 1000 }
const scenario = (own: object): string =>
  write('scenario.json', { name: 'one', at: '2026-11-21', request: call, cache: 'none', ...own })
const fleet = (own: object): object => ({ routing: { legs: [{ model: OURS, share: '100%' }], ...own } })

const layer = (own: object): string =>
  write('layer.json', {
    schema: 'dsprice/pricing/1',
    sources: { terms: { title: 'Our terms', where: 'here', retrieved: null, grade: 'own' } },
    ...own,
  })
const terms = { off: '0.5', from: '2026-01-01', source: 'terms' }

/** Every place that a model is named at, with the call that names one there. */
const PLACES: Readonly<Record<string, () => readonly string[]>> = {
  model: () => ['estimate', scenario({ model: ONLY_THERE })],
  'routing.legs.0.model': () => ['estimate', scenario(fleet({ legs: [{ model: ONLY_THERE, share: '100%' }] }))],
  'routing.fallback': () => ['estimate', scenario(fleet({ fallback: [ONLY_THERE], fallback_share: '1%' }))],
  'routing.baselines': () => ['estimate', scenario(fleet({ baselines: [ONLY_THERE] }))],
  'request.tokens_of': () => ['estimate', scenario({ model: OURS, request: { ...call, tokens_of: ONLY_THERE } })],
  'totals.tokens_of': () => [
    'estimate',
    scenario({ model: OURS, request: undefined, totals: { input: 1000, output: 1000, tokens_of: ONLY_THERE } }),
  ],
  quality: () => [
    'route',
    scenario({ model: OURS, request: small, quality: { [ONLY_THERE]: 5, [OURS]: 6 } }),
    '--strict',
    '--models',
    OURS,
  ],
  'self_host.model': () => [
    'estimate',
    scenario({
      model: ONLY_THERE,
      self_host: { model: ONLY_THERE, nodes: 1, usd_per_hour: 10, capacity: '1B/day', utilisation: '50%' },
    }),
  ],
  '--set': () => ['estimate', scenario({ model: OURS }), '--set', `model=${ONLY_THERE}`],
  '--vary': () => ['sweep', scenario({ model: OURS }), '--vary', `model=${ONLY_THERE}`],
  '--models': () => ['compare', '--models', `${ONLY_THERE},${OURS}`, '--at', '2026-11-21'],
  'route --models': () => ['route', scenario({ model: OURS }), '--models', `${ONLY_THERE},${OURS}`],
  '--quality': () => ['route', scenario({ model: OURS }), '--models', OURS, '--quality', `${ONLY_THERE}=5`],
  '--keep': () => [
    'route',
    scenario({ model: OURS }),
    '--models',
    `${ONLY_THERE},${OURS}`,
    '--keep',
    `${ONLY_THERE}=10%`,
  ],
  '--map': () => [
    'gateway',
    scenario(fleet({ legs: [{ model: ONLY_THERE, share: '100%' }] })),
    '--map',
    `${ONLY_THERE}=openai/x`,
  ],
  '--model': () => ['tokens', write('text.txt', 'hello'), '--model', ONLY_THERE],
  '--like': () => ['prices', 'add', 'acme-1', '--input', '1', '--output', '2', '--like', ONLY_THERE],
  'init --model': () => ['init', '--model', ONLY_THERE, '-o', '-'],
  'prices show': () => ['prices', 'show', ONLY_THERE],
  breakeven: () => [
    'breakeven',
    scenario({ model: ONLY_THERE, self_host: { nodes: 1, usd_per_hour: 10, capacity: '1B/day', utilisation: '50%' } }),
  ],
  check: () => ['check', scenario({ model: ONLY_THERE, budget: { per_period: 100 } })],
  'a discount in a layer': () => [
    'prices',
    'list',
    '--pricing',
    layer({ discounts: [{ ...terms, model: ONLY_THERE }] }),
  ],
  'a model in a layer': () => [
    'prices',
    'list',
    '--pricing',
    layer({
      models: [
        {
          id: ONLY_THERE,
          prices: [{ from: '2026-11-21', input: '1', cache_read: null, output: '2', source: 'terms', grade: 'own' }],
        },
      ],
    }),
  ],
}

describe('a model of the catalogue is found, and without one it is unknown', () => {
  it.each(Object.entries(PLACES))('%s', async (_, argv) => {
    const found = await run(argv())
    expect({ code: found.code, err: found.err }).not.toMatchObject({ err: expect.stringContaining('UNKNOWN_MODEL') })
    expect([0, 1], found.err).toContain(found.code)
  })

  // A comparison answers for its other models, and lists this one with the reason.
  it.each(Object.entries(PLACES).filter(([name]) => !['self_host.model', '--models'].includes(name)))(
    '%s, without',
    async (_, argv) => {
      expect([2, 3]).toContain((await run(argv(), false)).code)
    },
  )
})

describe('no place is forgotten', () => {
  it('every key of a scenario that holds a model is in the list', () => {
    const keys = listSettings()
      .filter(({ about }) => /\bmodels?\b/i.test(about ?? ''))
      .map(({ path }) => path.replace(/\.$/, ''))
      .filter(path => /(^|\.)(model|models|fallback|baselines|tokens_of|quality)$/.test(path))
    expect(keys.length).toBeGreaterThan(5)
    expect(keys.filter(key => !(key.replace(/\.\d+/, '.0') in PLACES))).toEqual([])
  })

  it('every flag and argument that completes a model is in the list', () => {
    const offering = Object.entries(SOURCES).flatMap(([name, source]) =>
      [SOURCES['model'], SOURCES['--models'], SOURCES['--keep']].includes(source) ? [name] : [],
    )
    // `model` is the argument of prices show; `filter` is a part of a name.
    expect(offering.filter(name => !['model', 'filter'].includes(name) && !(name in PLACES))).toEqual([])
  })

  it('commands open their book by openBook or with the scenarios, which reach the catalogue', () => {
    // prices diff compares books as they are; completion falls back to a bundled one; openBook and pricedBy are the two
    // ways. prices add names its models; prices import meets our own book alone; a page offers other bundled books.
    const may = [
      'commands/prices/diff.ts',
      'load/book/add-to-file.ts',
      'load/book/import-catalogue.ts',
      'commands/completion/sources.ts',
      'load/book/open-book.ts',
      'load/scenario/drafts.ts',
      'load/page/read-page.ts',
    ]
    const own = ['load/book/book.ts', 'load/book/lint-file.ts', 'library.ts']
    const src = join(repository, 'src')
    const using = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .map(name => name.replaceAll('\\', '/'))
      .filter(name => name.endsWith('.ts') && /\breadBook\(/.test(readFileSync(join(src, name), 'utf8')))
    expect(using.filter(name => ![...may, ...own].includes(name))).toEqual([])
  })
})

describe('what the catalogue prices', () => {
  it('is told once a run, with the catalogue in the result', async () => {
    const file = scenario({ model: ONLY_THERE })
    const other = write('other.json', {
      name: 'two',
      at: '2026-11-21',
      model: 'finch/whistler',
      request: call,
      cache: 'none',
    })
    const { pricing, warnings, scenarios } = await json(['estimate', file, other])
    // 1M tokens in at $2 and 1M out at $6; at $1 and $3
    expect(scenarios.map(({ costs }) => costs.headline)).toEqual(['8', '4'])
    expect(warnings.filter(({ code }) => code === 'CATALOGUE_PRICE')).toHaveLength(1)
    expect(warnings[0]?.what).toBe(
      "2 models priced from a catalogue of 2026-11-20 (birdlist 1.2.3), not from a vendor's page: finch/songbird-2.5, finch/whistler",
    )
    expect(pricing.catalogue).toMatchObject({ version: '2026-11-20', models: ['finch/songbird-2.5', 'finch/whistler'] })
    expect(pricing.catalogue?.hash).toMatch(/^[\da-f]{64}$/)
  })

  it.each([
    ['estimate', () => ['estimate', scenario({ model: ONLY_THERE })]],
    ['compare', () => ['compare', '--models', ONLY_THERE, '--at', '2026-11-21']],
    ['route', () => ['route', scenario({ model: OURS, request: small }), '--models', `${OURS},${ONLY_THERE}`]],
    ['check', () => ['check', scenario({ model: ONLY_THERE, budget: { per_period: 100 } })]],
  ])('%s --strict takes it for an error', async (_, argv) => {
    const { code, err } = await run([...argv(), '--strict'])
    expect([code, err]).toEqual([2, expect.stringContaining('CATALOGUE_PRICE')])
  })

  it('is never what our book has, not even by another name of it', async () => {
    const named = await json(['estimate', scenario({ model: 'claude-haiku-of-the-catalogue', at: '2026-11-21' })])
    const own = await json(['estimate', scenario({ model: 'claude-haiku-4.5', at: '2026-11-21' })])
    expect(named.scenarios[0]?.model).toBe('claude-haiku-4.5')
    expect(named.scenarios[0]?.costs).toEqual(own.scenarios[0]?.costs)
    expect(named.pricing.catalogue).toBeUndefined()
    expect(named.pricing.hash).toBe(own.pricing.hash)
  })

  it("has our provider's facts, and no cache rule that does not fit", async () => {
    const model = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'
    const { scenarios, prices } = await json(['estimate', scenario({ model, cache: 'prefix' })])
    expect(prices.providers['aws-bedrock']?.name).toBe('AWS Bedrock')
    // 1M tokens in at $1.10 and 1M out at $5.50; writes are billed, but our rule, DeepSeek's, has them free
    expect(scenarios[0]?.costs).toMatchObject({ headline: '6.6', cached: null })
  })

  it('takes discounts of a layer on its provider', async () => {
    const file = layer({ discounts: [{ ...terms, provider: 'finch' }] })
    const faulty = await run(['estimate', scenario({ model: ONLY_THERE }), '--pricing', file])
    // 8 less half of it
    expect(faulty.err + faulty.out).toContain('$4.00')
  })

  it('gives way to a row of the user', async () => {
    const own = {
      ...{ id: ONLY_THERE, provider: 'wren', aliases: [], context: null, max_output: null, tokenizer: null },
      prices: [{ from: '2026-01-01', input: '1', cache_read: null, output: '1', source: 'terms', grade: 'own' }],
    }
    const wren = { name: 'Wren', usage: 'unknown', review_every_days: 30, cache: 'unknown', batch: null }
    const file = layer({ providers: { wren }, models: [own] })
    const { scenarios, pricing } = await json(['estimate', scenario({ model: ONLY_THERE }), '--pricing', file])
    expect(scenarios[0]?.costs.headline).toBe('2')
    expect(pricing.catalogue).toBeUndefined()
  })

  it('is not told of a row that the user put over it, and is of a discount on it', async () => {
    const prices = [{ from: '2026-11-20', input: '1', cache_read: null, output: '1', source: 'terms', grade: 'own' }]
    const call = ['estimate', scenario({ model: ONLY_THERE, request: small }), '--strict', '--pricing']
    const own = await run([...call, layer({ models: [{ id: ONLY_THERE, prices }] })])
    expect(own).toMatchObject({ code: 0, err: '' })
    const less = await run([...call, layer({ discounts: [{ ...terms, model: ONLY_THERE }] })])
    expect(less.code).toBe(2)
    expect(less.err).toContain('CATALOGUE_PRICE')
  })

  it('is in a saved result, which renders without it', async () => {
    write('result.json', (await run(['estimate', scenario({ model: ONLY_THERE }), '--json'])).out)
    const { code, out } = await run(['render', 'result.json'], false)
    expect([code, out]).toEqual([0, expect.stringContaining('1 model of the catalogue of 2026-11-20 (birdlist 1.2.3)')])
  })
})

describe('where the catalogue does not lie', () => {
  it.each([
    ['under the article’s own book', ['--pricing', '2026-05-15']],
    ['under a whole book of the user', ['--pricing', join(repository, 'test/fixtures/book.json')]],
  ])('%s', async (_, pricing) => {
    expect((await run(['prices', 'show', ONLY_THERE, ...pricing])).code).toBe(3)
  })

  it('compare --all stays our own book; --catalogue adds it', async () => {
    const all = await json<Comparison>(['compare', '--all', '--at', '2026-11-21'])
    const more = await json<Comparison>(['compare', '--all', '--catalogue', '--at', '2026-11-21'])
    const ids = ({ scenarios, left_out }: Comparison) => [...scenarios, ...left_out].map(({ model }) => model)
    expect(ids(all).some(id => id?.startsWith('finch/'))).toBe(false)
    expect(
      ids(more)
        .filter(id => !ids(all).includes(id))
        .sort(),
    ).toEqual(['aws-bedrock/eu.anthropic.claude-haiku-4-5-20251001-v1:0', 'finch/songbird-2.5', 'finch/whistler'])
  })

  it('compare --all stays our own book where a flag or the scenario names one of it', async () => {
    const all = await json<Comparison>(['compare', scenario({ model: ONLY_THERE }), '--all'])
    expect(all.scenarios.some(({ model }) => model === ONLY_THERE)).toBe(false)
  })
})

it('a misspelt name of it gets its nearest names', async () => {
  expect((await run(['prices', 'show', 'finch/songbrid-2.5'])).err).toContain('nearest here: finch/songbird-2.5')
})

it('a run that needs no name of it never reads it', async () => {
  const read: string[] = []
  const { fakeIo } = await import('../fake-io.ts')
  const { run: start } = await import('../../src/cli.ts')
  const io = fakeIo(repository, { catalogue: true })
  const watching = { ...io, shipped: (path: string) => io.shipped(read[read.push(path) - 1] ?? '') }
  expect(await start(['compare', '--all'], watching)).toBe(0)
  expect(await start(['prices', 'show', 'claude-haiku-4-5-20251001'], watching)).toBe(0)
  expect(read.filter(path => path.includes('catalogue'))).toEqual([])
})
