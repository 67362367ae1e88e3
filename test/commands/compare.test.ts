import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Comparison } from '../../src/model/result/result.ts'
import { dsprice, repository } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))
const book = './book.json'
copyFileSync(join(repository, 'test/fixtures/book.json'), join(folder, book))
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return name
}

const compare = async (...argv: string[]): Promise<Comparison> => {
  const { code, out, err } = await dsprice(['compare', ...argv, '--json'], folder)
  if (code !== 0) throw new Error(err)
  return JSON.parse(out) as Comparison
}

const scenario = write('s.yaml', `name: s\npricing: ${book}\nat: 2026-11-24\nrequest: {turn: 10K, output: 1K}\n`)

describe('ranking', () => {
  // 10K in, 1K out: tiered 0.01 + 0.004, plain 0.02 + 0.008, writer 0.04 + 0.02, peaky (0.01 + 0.002) × (1 + 30/168).
  it.each([
    ['headline', ['tiered 1', 'peaky 2', 'plain 3', 'writer 4']],
    ['batch', ['tiered 1', 'plain 2', 'peaky -', 'writer -']],
  ])('by %s', async (view, ranked) => {
    const { scenarios } = await compare(scenario, '--models', 'peaky,writer,plain,tiered', '--view', view)
    expect(scenarios.map(({ model, rank }) => `${model} ${rank ?? '-'}`)).toEqual(ranked)
  })

  it('does not depend on the order of the models', async () => {
    const one = await compare(scenario, '--models', 'peaky,writer,plain,tiered')
    expect(await compare(scenario, '--models', 'tiered,plain,writer,peaky')).toEqual(one)
  })

  it('takes two names of a model for one', async () => {
    const { scenarios } = await compare(scenario, '--models', 'plain,PLAIN-latest,acme/plain')
    expect(scenarios).toHaveLength(1)
  })

  it('ranks by headline without a scenario, and by cached with one', async () => {
    expect((await compare('--models', 'plain', '--pricing', book)).view).toBe('headline')
    expect((await compare(scenario, '--models', 'plain')).view).toBe('cached')
  })

  it('prices 750K in and 250K out without a scenario: 1.5 + 2', async () => {
    const { scenarios } = await compare('--models', 'plain', '--pricing', book)
    expect(scenarios[0]).toMatchObject({
      tokens: { prompt: 750_000, output: 250_000, cache_read: 0 },
      costs: { headline: '3.5', cached: '3.5' },
      calls: null,
    })
  })
})

describe('--require', () => {
  it('keeps a sourced yes alone: neither no nor unknown passes', async () => {
    const { scenarios, left_out } = await compare(scenario, '--models', 'plain,writer', '--require', 'soc2')
    expect(scenarios.map(({ model }) => model)).toEqual(['plain'])
    expect(left_out).toEqual([
      {
        model: 'writer',
        why: 'soc2: unknown',
        kind: 'soc2',
        facts: { soc2: { value: 'unknown', of: 'wren', grade: null, source: null } },
      },
    ])
  })

  it('takes several facts, with blanks', async () => {
    const { code, err } = await dsprice(['compare', scenario, '--all', '--require', ' soc2, zdr '], folder)
    expect([code, err]).toEqual([
      3,
      'error NO_MODEL_LEFT\n  no model passes zdr, soc2: zdr 2 no, 2 unknown; soc2 2 yes, 2 unknown\n  fix: remove a fact from --require; a fact that is unknown does not pass\n',
    ])
  })
})

describe('--all', () => {
  it('leaves out what has no price then, and says so', async () => {
    const { scenarios, left_out } = await compare('--all', '--at', '2024-06-01')
    expect(scenarios.map(({ model }) => model).sort()).toEqual(['deepseek-chat', 'deepseek-coder'])
    expect(left_out.length + scenarios.length).toBe(94)
    expect(left_out[0]?.why).toMatch(/^no price at 2024-06-01$/)
  })

  it('names what was left out once, behind the reason', async () => {
    const { out } = await dsprice(['compare', scenario, '--all'], folder)
    const [line = ''] = /^Left out.*$/m.exec(out) ?? []
    expect(line.match(/half-known/g)).toHaveLength(1)
  })

  it('asks for no less where nothing was required', async () => {
    const { code, err } = await dsprice(['compare', scenario, '--all', '--set', 'service=flex'], folder)
    expect([code, err]).toEqual([3, expect.stringContaining('no model can be priced: no service "flex"')])
    expect(err).not.toContain('--require')
  })

  const text = write(
    't.yaml',
    `name: t\npricing: ${book}\nat: 2026-11-24\nrequest: {shared: {text: hello}, output: {text: hello}}\n`,
  )

  it('says once why a text cannot be counted', async () => {
    const { left_out } = await compare(text, '--all')
    expect(left_out).toContainEqual({
      model: 'tiered',
      why: 'the text cannot be counted: its vocabulary is not known',
      kind: 'the text cannot be counted',
    })
  })
})

describe('tokens that are not those of every model', () => {
  const shown = async (pricing: string, models: string, request: string): Promise<string> => {
    const file = write('own.yaml', `name: own\npricing: ${pricing}\nat: 2026-11-23\nrequest: ${request}\n`)
    return (await dsprice(['compare', file, '--models', models], folder)).out
  }
  const RELEASED = '"2026-11-23"'
  const MODELS = 'gpt-5.5,claude-opus-5'

  it('stand in their rows: earlier reasoning that one of them is sent again', async () => {
    // 10 × 1000 + 55 × 500 + 45 × 500; and 45 × 1500 for reasoning
    const { models, ...rest } = JSON.parse(readFileSync(join(folder, book), 'utf8'))
    const keeping = models.map((one: { id: string }) =>
      one.id === 'writer' ? { ...one, reasoning: { kept: 'always', source: 'acme-page' } } : one,
    )
    const own = `./${write('keeping.json', JSON.stringify({ ...rest, models: keeping }))}`
    const request = '{turns: 10, shared: 1000, turn: 500, output: 2000, reasoning: 1500, history: true}'
    const out = await shown(own, 'plain,writer', request)
    expect(out).toContain('1 conversation, 10 calls. Tokens differ by model.\n')
    expect(out).toMatch(/ model +tokens in +USD a run /)
    expect(out).toMatch(/ plain +60,000 /)
    expect(out).toMatch(/ writer +127,500 /)
  })

  it('stand in their rows: converted numbers, in and out', async () => {
    // 1000 and 100 × 1.18 to 1.75
    const out = await shown(RELEASED, MODELS, '{turn: 1000, output: 100, tokens_of: gpt-5.5}')
    expect(out).toMatch(/ model +tokens in +tokens out +count /)
    expect(out).toMatch(/ gpt-5.5 +1,000 +100 +exact /)
    expect(out).toMatch(/ claude-opus-5 +1,180-1,750 +118-175 +estimated /)
  })

  it('are named once where they are alike', async () => {
    const out = await shown(RELEASED, MODELS, '{turn: 1000, output: 100}')
    expect(out).toContain('1 request, 1,000 tokens in, 100 out.')
    expect(out).not.toContain('tokens in  ')
  })
})

describe('--models', () => {
  it('leaves out a model that has no price then, with the reason', async () => {
    const { scenarios, left_out } = await compare('--models', 'deepseek-chat,o3', '--at', '2024-06-01')
    expect(scenarios.map(({ model }) => model)).toEqual(['deepseek-chat'])
    expect(left_out).toEqual([expect.objectContaining({ model: 'o3', why: 'no price at 2024-06-01' })])
  })

  it('leaves out a model whose text cannot be counted', async () => {
    const text = `name: t\npricing: ${book}\nat: 2026-11-24\nrequest: {shared: {text: hello}, output: 10}\n`
    const { scenarios, left_out } = await compare(write('t2.yaml', text), '--models', 'tiered,plain')
    expect(scenarios.map(({ model }) => model)).toEqual(['plain'])
    expect(left_out.map(({ model }) => model)).toEqual(['tiered'])
    const alone = await dsprice(['compare', 't2.yaml', '--models', 'tiered'], folder)
    expect([alone.code, alone.err]).toEqual([3, expect.stringContaining('error NO_TOKENIZER')])
  })

  it('is an error with a name that no book has, and where no model has an answer', async () => {
    const unknown = await dsprice(['compare', '--models', 'deepseek-chat,nobody'])
    expect([unknown.code, unknown.err]).toEqual([3, expect.stringContaining('error UNKNOWN_MODEL')])
    const { code, err } = await dsprice(['compare', '--models', 'deepseek-chat,o3', '--at', '2020-01-01'])
    expect([code, err.match(/NO_PRICE_AT/g)]).toEqual([3, ['NO_PRICE_AT', 'NO_PRICE_AT']])
  })
})

describe('a cache that cannot be left off', () => {
  const { providers, models, ...rest } = JSON.parse(readFileSync(join(folder, book), 'utf8'))
  const rule = { match: 'marks', marks: 'newest', block: 1, minimum: 100, stores_output: false, source: 'acme-page' }
  const wren = { ...providers.wren, cache: { default: { ...rule, lifetimes: [{ ttl_s: 300, write: 'cache_write' }] } } }
  const forced = `./${write('forced.json', JSON.stringify({ ...rest, models, providers: { ...providers, wren } }))}`
  const tokens = ['--models', 'writer', '--pricing', forced, '--input', '10K', '--output', '1K']

  it('is not spoken of without a scenario: the list price, 0.04 + 0.02', async () => {
    const { scenarios } = await compare(...tokens)
    expect(scenarios[0]).toMatchObject({ rank: 1, costs: { headline: '0.06', cached: null } })
    expect(scenarios[0]?.reasons.cached).toContain('state cache: ideal, {hit_share')
  })

  it('is refused where somebody wrote it', async () => {
    const { code, err } = await dsprice(['compare', ...tokens, '--set', 'cache=none'], folder)
    expect([code, err]).toEqual([2, expect.stringContaining('CACHE_NOT_OPTIONAL')])
  })
})

describe('--cached and --written', () => {
  const parts = ['--models', 'plain,writer,tiered', '--pricing', book, '--input', '10K', '--cached', '6K']

  it('are no more than --input, said once and in these words', async () => {
    expect(await dsprice(['compare', ...parts, '--written', '5K'], folder)).toMatchObject({
      code: 2,
      err: `error USAGE_OVER_PROMPT
  --cached and --written are 11000 tokens, but --input is only 10000
  fix: give all input tokens with --input: --cached and --written are part of it
`,
    })
    expect(await dsprice(['compare', ...parts, '--written', '4K'], folder)).toMatchObject({ code: 0 })
  })

  it('are held against the input that is set, once', async () => {
    const set = ['--set', 'totals.input=5K']
    const { code, err } = await dsprice(['compare', ...parts, ...set], folder)
    expect([code, err.match(/USAGE_OVER_PROMPT/g)]).toEqual([2, ['USAGE_OVER_PROMPT']])
  })
})

describe('settings', () => {
  it('lie over the scenario', async () => {
    const { scenarios } = await compare(scenario, '--models', 'plain', '--set', 'request.turn=20K')
    expect(scenarios[0]?.tokens.prompt).toBe(20_000)
  })

  it('are not dropped without a scenario', async () => {
    const { code, out } = await dsprice(['compare', '--models', 'o3', '--set', 'totals.input=5', '--json'])
    expect(code === 2 || (JSON.parse(out) as Comparison).scenarios[0]?.tokens.prompt === 5).toBe(true)
  })
})

describe('a scenario with routing and a cluster', () => {
  const fleet = write(
    'fleet.yaml',
    `name: f\npricing: ${book}\nat: 2026-11-24\nrequest: {turn: 10K, output: 1K}
routing: {legs: [{model: plain, share: 80%}, {model: writer, share: 20%}], router: {usd_per_1k_requests: 5}}
self_host: {nodes: 1, usd_per_gpu_hour: 1, utilisation: 50%, throughput: {prefill: 10000, decode: 5000}}\n`,
  )

  it('is its workload on each model alone, and says so', async () => {
    const { scenarios } = await compare(fleet, '--models', 'plain,writer')
    expect(scenarios.map(({ costs }) => costs.headline)).toEqual(['0.028', '0.06'])
    for (const { assumptions } of scenarios) {
      expect(assumptions).toContainEqual(expect.objectContaining({ code: 'SERVED_ALONE' }))
      expect(assumptions[0]?.what).toContain('routing and cluster')
    }
  })

  it('is not spoken of where it has neither', async () => {
    const { scenarios } = await compare(scenario, '--models', 'plain')
    expect(scenarios[0]?.assumptions.map(({ code }) => code)).not.toContain('SERVED_ALONE')
  })
})

describe('places', () => {
  it('point at --models, not at a key of the scenario', async () => {
    const { err } = await dsprice(['compare', '--models', 'o3', '--at', '2020-01-01'])
    expect(err).not.toMatch(/--input model/)
  })
})

it('reads the scenario from standard input', async () => {
  const stdin = 'name: piped\npricing: "2026-05-15"\nat: 2026-05-15\nrequest: {turn: 1M}\n'
  const { code, out } = await dsprice(['compare', '-', '--models', 'gpt-5.5'], folder, { stdin })
  expect(code).toBe(0)
  // 1M × $10, above 272,000 tokens
  expect(out).toContain('$10.00')
})
