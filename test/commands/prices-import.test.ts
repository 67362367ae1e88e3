import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CATALOGUES, type Imported } from '../../src/book/import/index.ts'
import { layerSchema } from '../../src/model/book/book-schema.ts'
import { dsprice, repository } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))
const samples = join(repository, 'test/fixtures/catalogues')
const sampleOf = (name: string): string => join(samples, `${name}.json`)
const expected = JSON.parse(readFileSync(sampleOf('expected'), 'utf8')) as Readonly<Record<string, Imported>>
const write = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value))
  return name
}
const imports = (catalogue: string, file: string, ...more: string[]) =>
  dsprice(['prices', 'import', catalogue, file, ...more], folder)

describe.each(CATALOGUES.map(({ name }) => name))('%s', name => {
  const layer = `${name}-layer.json`
  const dated = name === 'pi-ai' ? [] : ['--as-of', '2026-11-20']

  it('becomes a layer that is whole, passes lint and prices a call', async () => {
    expect(await imports(name, sampleOf(name), ...dated, '-o', layer)).toMatchObject({ code: 0, out: '' })
    const made = layerSchema.parse(JSON.parse(readFileSync(join(folder, layer), 'utf8')))
    expect(made.models?.map(({ id }) => id)).toEqual(expected[name]?.models.map(({ id }) => id))
    expect(Object.keys(made.sources ?? {})).toEqual([name])
    expect(await dsprice(['prices', 'lint', layer], folder)).toMatchObject({ code: 0, err: '' })
    // A million tokens in, none out, of the first model: its input rate.
    const [first] = expected[name]?.models ?? []
    const long = (first?.prices[0]?.tiers ?? []).length > 0
    const scenario = `name: s\nmodel: ${first?.id}\nrequest: {turn: ${long ? '100K' : '1M'}, output: 1}\n`
    const { code, out, err } = await dsprice(
      ['estimate', write('s.yaml', scenario), '--pricing', layer, '--at', '2026-11-29', '--json'],
      folder,
    )
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out).scenarios[0].lines[0]).toMatchObject({ rate: first?.prices[0]?.input, source: name })
  })

  it('has every entry in JSON, with what each code means', async () => {
    const { code, out } = await imports(name, sampleOf(name), ...dated, '-o', layer, '--json')
    expect(code).toBe(0)
    const report = JSON.parse(out)
    expect(report).toMatchObject({
      schema: 'dsprice/import/1',
      catalogue: name,
      as_of: '2026-11-20',
      skipped: expected[name]?.skipped,
    })
    const told = [...report.skipped, ...report.warnings].map(({ code: one }: { code: string }) => one)
    expect(Object.keys(report.codes).sort()).toEqual([...new Set(told)].sort())
  })
})

describe('the file', () => {
  it('is not written if it would be larger than a price file may be', async () => {
    const models = { m: { cost: { input: 1, output: 2 }, status: 'x'.repeat(2 ** 24) } }
    const file = write('large.json', { acme: { models } })
    const { code, err } = await imports('models.dev', file, '--as-of', '2026-11-20', '-o', 'too-large.json')
    expect({ code, there: existsSync(join(folder, 'too-large.json')) }).toEqual({ code: 2, there: false })
    expect(err).toContain('--only')
  })

  it('may come from stdin, and the layer go to stdout', async () => {
    const stdin = readFileSync(sampleOf('openrouter'))
    const { code, out, err } = await dsprice(['prices', 'import', 'openrouter', '-', '--as-of', '2026-11-20'], folder, {
      stdin,
    })
    expect(code).toBe(0)
    expect(JSON.parse(out).models).toHaveLength(4)
    expect(err).toContain('stdout: 4 models of 1 provider from openrouter, as of 2026-11-20')
  })

  it("may be the package's folder, which states its day", async () => {
    const { generatedAt, providers } = JSON.parse(readFileSync(sampleOf('pi-ai'), 'utf8'))
    mkdirSync(join(folder, 'data'))
    write('data/.manifest.json', { generatedAt })
    for (const [id, apis] of Object.entries(providers)) write(`data/${id}.json`, apis)
    await imports('pi-ai', 'data', '-o', 'folder.json')
    await imports('pi-ai', sampleOf('pi-ai'), '-o', 'file.json')
    const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))
    // Files of a folder come by name, the document's providers as they are written.
    const byId = (layer: { models: { id: string }[] }) => layer.models.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    expect(byId(read('folder.json'))).toEqual(byId(read('file.json')))
  })

  it.each<{ it: string; argv: () => string[]; code: string; words: string }>([
    {
      it: 'of another catalogue',
      argv: () => ['litellm', sampleOf('pi-ai')],
      code: 'NOT_A_CATALOGUE',
      words: 'another shape',
    },
    {
      it: 'that is not JSON',
      argv: () => ['litellm', write('a.json', '{"a": ')],
      code: 'NOT_A_CATALOGUE',
      words: 'not JSON',
    },
    { it: 'that is not there', argv: () => ['litellm', 'none.json'], code: 'NO_FILE', words: 'none.json' },
    {
      it: 'a folder without a manifest',
      argv: () => {
        mkdirSync(join(folder, 'empty'), { recursive: true })
        return ['pi-ai', 'empty']
      },
      code: 'NOT_A_CATALOGUE',
      words: 'no .manifest.json',
    },
    { it: 'without a day', argv: () => ['litellm', sampleOf('litellm')], code: 'USAGE', words: '--as-of 2026-11-20' },
    {
      it: 'a day that is none',
      argv: () => ['litellm', sampleOf('litellm'), '--as-of', '2026-02-30'],
      code: 'USAGE',
      words: '--as-of must be a day',
    },
    {
      it: 'a day after which prices would begin earlier',
      argv: () => ['litellm', sampleOf('litellm'), '--as-of', '2026-11-20', '--since', '2026-11-21'],
      code: 'USAGE',
      words: 'earlier than',
    },
    {
      it: 'of which nothing is left',
      argv: () => ['litellm', sampleOf('litellm'), '--as-of', '2026-11-20', '--only', 'nobody'],
      code: 'NOTHING_IMPORTED',
      words: '9 NOT_SELECTED',
    },
    {
      it: 'for no provider',
      argv: () => ['litellm', sampleOf('litellm'), '--as-of', '2026-11-20', '--only', ' , '],
      code: 'USAGE',
      words: '--only names no provider',
    },
  ])('$it is exit 2, and nothing is written', async ({ argv, code, words }) => {
    const ran = await dsprice(['prices', 'import', ...argv(), '-o', 'never.json'], folder)
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.err).toContain(`error ${code}`)
    expect(ran.err).toContain(words)
    expect(existsSync(join(folder, 'never.json'))).toBe(false)
  })

  it('is not overwritten by its own layer', async () => {
    copyFileSync(sampleOf('openrouter'), join(folder, 'own.json'))
    const { code, err } = await imports('openrouter', 'own.json', '--as-of', '2026-11-20', '-o', 'own.json')
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('OUTPUT_IS_INPUT') })
  })

  it('cannot go to stdout together with the report', async () => {
    expect((await imports('openrouter', sampleOf('openrouter'), '--as-of', '2026-11-20', '--json')).code).toBe(2)
  })
})

it('--only takes the providers named, by either id; --since dates rows earlier, as your own word', async () => {
  const more = ['--as-of', '2026-11-20', '--since', '2026-06-01', '--only', 'dashscope, novita,', '-o', 'only.json']
  await imports('litellm', sampleOf('litellm'), ...more)
  const { models, providers } = JSON.parse(readFileSync(join(folder, 'only.json'), 'utf8'))
  expect(models).toMatchObject([{ id: 'alibaba/toy-plus', prices: [{ from: '2026-06-01', grade: 'own' }] }])
  expect(Object.keys(providers)).toEqual(['alibaba'])
})

it('a model of ours stays ours, and a catalogue that differs is told', async () => {
  // gpt-5.5 is 5/0.5/30 in the book of 2026-11-23.
  const cost = (input: number) => ({ input, output: 30, cacheRead: 0.5, cacheWrite: 0 })
  const entries = {
    'chat:gpt-5.5': { id: 'gpt-5.5', cost: cost(4), type: 'chat' },
    'chat:toy': { id: 'toy', cost: cost(5), type: 'chat' },
  }
  write('ours.json', { generatedAt: '2026-11-20', providers: { openai: { api: entries } } })
  const { out } = await imports('pi-ai', 'ours.json', '-o', 'theirs.json', '--json')
  expect(JSON.parse(out)).toMatchObject({
    models: [{ id: 'toy' }],
    skipped: [{ name: 'openai/chat:gpt-5.5', code: 'OURS' }],
    warnings: [{ name: 'openai/chat:gpt-5.5', code: 'DISAGREES' }],
  })
})

it('prints nothing of a file that could move the cursor', async () => {
  const name = 'toy\u001b[2J\u202e'
  write('odd.json', {
    [name]: { litellm_provider: 'openai', mode: 'chat', input_cost_per_token: 1e-6, output_cost_per_token: 2e-6 },
  })
  const { code, out, err } = await imports(
    'litellm',
    'odd.json',
    '--as-of',
    '2026-11-20',
    '-o',
    'odd-layer.json',
    '--json',
  )
  expect(code).toBe(0)
  expect([...'\u001b\u202e'].filter(mark => (out + err).includes(mark))).toEqual([])
  expect(JSON.parse(out).models[0].id).toBe(name)
})
