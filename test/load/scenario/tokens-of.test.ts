import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Length } from '../../../src/model/scenario/counted.ts'
import { convertTokens, factorOf, loadCounter } from '../../../src/tokens/index.ts'
import { dsprice, fakeIo, repository } from '../../fake-io.ts'

type Json = Readonly<Record<string, unknown>>
const BASE = { name: 'a', pricing: '2026-11-23', at: '2026-11-23', cache: 'none' }

const run = async (written: Json, ...argv: readonly string[]) =>
  dsprice([...argv.slice(0, 1), '-', ...argv.slice(1), '--quiet', '--json'], repository, {
    stdin: JSON.stringify({ ...BASE, ...written }),
    newer: true,
  })

/** A book that has models whose tokenizer is not known. */
const NEWER = { pricing: '2026-11-29', at: '2026-11-29' }

const estimated = async (written: Json) => {
  const { code, out, err } = await run(written, 'estimate')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out).scenarios[0]
}

describe('numbers that are tokens of another model', () => {
  // claude-opus-5 is counted by claude-4.7: 1.53 × o200k_base, from 1.18 to 1.75.
  const request = { turn: 1000, output: 200, reasoning: 100, tokens_of: 'gpt-5.5' }

  it('are converted, as a band, part by part', async () => {
    const scenario = await estimated({ model: 'claude-opus-5', request })
    const of = (length: Length) => (typeof length === 'number' ? length : length.parts[0])
    expect(of(scenario.input.request.turn)).toMatchObject({ samples: [1530], low: [1180], high: [1750], exact: false })
    expect(of(scenario.input.request.output)).toMatchObject({ samples: [306], low: [236], high: [350] })
    expect(of(scenario.input.request.reasoning)).toMatchObject({ samples: [153], low: [118], high: [175] })
    // USD 5 and 25 per 1M: 1,180 and 236; 1,750 and 350
    expect(scenario.costs.headline).toEqual({ low: '0.0118', high: '0.0175' })
    expect(scenario.input.conversion).toEqual({
      model: 'gpt-5.5',
      from: 'o200k_base',
      to: 'claude-4.7',
      ratio: '1.53',
      low: '1.18',
      high: '1.75',
    })
    expect(scenario.estimated_share.headline).toBe(1)
    expect(scenario.assumptions.map(({ code }: { code: string }) => code)).toContain('CONVERTED_TOKENS')
  })

  it('are converted for a model whose tokenizer only its family has', async () => {
    const scenario = await estimated({ model: 'gpt-6-sol', request })
    expect(scenario.input.conversion).toMatchObject({ to: 'openai', ratio: '1', low: '0.85', high: '1.25' })
  })

  it('stay as they are for that model, and for one with its tokenizer', async () => {
    for (const model of ['gpt-5.5', 'gpt-5.4']) {
      const scenario = await estimated({ model, request })
      expect([scenario.input.request.turn, scenario.input.conversion, scenario.tokens.exact]).toEqual([
        1000,
        undefined,
        true,
      ])
    }
  })

  it('are converted beside text, which is counted for each model', async () => {
    const turn = [1000, { text: 'hello hello' }]
    const scenario = await estimated({ model: 'deepseek-v4-pro', request: { ...request, turn } })
    // 99 for 100 of o200k, from 78 to 112
    const [number, text] = scenario.input.request.turn.parts
    expect(number).toMatchObject({ kind: 'number', samples: [990], low: [780], high: [1120] })
    expect(text).toMatchObject({ kind: 'text', tokenizer: 'deepseek-v3', exact: true })
  })

  it('of totals are converted too', async () => {
    const totals = { input: 1_000_000, output: 100_000, tokens_of: 'gpt-5.5' }
    const scenario = await estimated({ model: 'claude-opus-5', totals })
    expect(scenario.input.totals).toMatchObject({
      input: 1_530_000,
      output: 153_000,
      band: { low: { input: 1_180_000, output: 118_000 }, high: { input: 1_750_000, output: 175_000 } },
    })
    // 1.18 × 5 + 0.118 × 25; 1.75 × 5 + 0.175 × 25
    expect(scenario.costs.headline).toEqual({ low: '8.85', high: '13.125' })
    expect(scenario.estimated_share.headline).toBe(1)
  })

  it('of known usage are the same part of the converted prompt', async () => {
    const cache = { read: 800, write: 100 }
    const known = { turn: 1000, output: 200, tokens_of: 'gpt-5.5' }
    const scenario = await estimated({ model: 'claude-opus-5', request: known, cache })
    // Of 1,180 and 1,750 tokens: 80% read at 0.5, 10% written at 6.25, 10% at 5, and 236 and 350 at 25 per million
    expect(scenario.costs.cached).toEqual({
      low: String((944 * 0.5 + 118 * 6.25 + 118 * 5 + 236 * 25) / 1e6),
      high: String((1400 * 0.5 + 175 * 6.25 + 175 * 5 + 350 * 25) / 1e6),
    })
    const totals = { input: 1000, output: 200, tokens_of: 'gpt-5.5' }
    expect((await estimated({ model: 'claude-opus-5', totals, cache })).costs.cached).toEqual(scenario.costs.cached)
    // Everything read: rounding takes nothing over the prompt
    const all = { ...known, turn: [333, 333, 334] }
    const whole = await estimated({ model: 'deepseek-v4-pro', request: all, cache: { read: 1000 } })
    expect(whole.tokens.cache_read).toEqual(whole.tokens.prompt)
  })

  it.each(['request', 'totals'])('of a fleet are converted for each leg: %s', async key => {
    const work = key === 'request' ? request : { input: 1000, output: 200, tokens_of: 'gpt-5.5' }
    const legs = ['gpt-5.5', 'claude-opus-5'].map(model => ({ model, share: 0.5 }))
    const scenario = await estimated({
      routing: { legs },
      [key]: work,
      traffic: { requests: key === 'request' ? 2 : 1 },
    })
    const half = key === 'request' ? 1 : 0.5
    // gpt-5.5 at 5 / 30: 1,000 and 200 are 0.011; claude-opus-5 0.0118 to 0.0175
    const dollars = (low: number, high: number) => [low, high].map(one => Number((one * half).toFixed(9)))
    const costs = scenario.routing.legs.map((leg: { costs: { headline: { low: string; high: string } | string } }) =>
      typeof leg.costs.headline === 'string'
        ? [Number(leg.costs.headline), Number(leg.costs.headline)]
        : [Number(leg.costs.headline.low), Number(leg.costs.headline.high)],
    )
    expect(costs).toEqual([dollars(0.011, 0.011), dollars(0.0118, 0.0175)])
  })

  it('cannot be converted without a tokenizer: compare leaves the model out', async () => {
    const model = 'kimi-k3'
    const alone = await run({ ...NEWER, model, request }, 'estimate')
    expect([alone.code, alone.err]).toEqual([3, expect.stringContaining('"code":"NO_TOKENIZER"')])
    const { out } = await run({ ...NEWER, model: 'gpt-5.5', request }, 'compare', '--all')
    const { scenarios, left_out } = JSON.parse(out)
    expect(scenarios.map((one: { model: string }) => one.model)).not.toContain(model)
    expect(left_out.find((one: { model: string }) => one.model === model)).toMatchObject({
      kind: 'its numbers cannot be converted',
    })
  })

  it('of a model that no book has are an error at the key', async () => {
    const { code, err } = await run({ model: 'gpt-5.5', request: { ...request, tokens_of: 'gpt-55' } }, 'estimate')
    expect([code, JSON.parse(err).errors[0]]).toEqual([
      3,
      expect.objectContaining({ code: 'UNKNOWN_MODEL', path: 'request.tokens_of' }),
    ])
  })
})

describe('a comparison says that numbers were taken alike', () => {
  const notes = async (written: Json, models: string): Promise<string[]> => {
    const { out } = await run({ model: 'gpt-5.5', ...written }, 'compare', '--models', models)
    const all: { code: string; what: string }[] = JSON.parse(out).scenarios.flatMap(
      (one: { assumptions: { code: string; what: string }[] }) => one.assumptions,
    )
    return [...new Set(all.filter(({ code }) => code === 'LENGTHS_ALIKE').map(({ what }) => what))]
  }
  const request = { turn: 1000, output: 200 }

  it('once, with the largest ratio of the tokenizers', async () => {
    // 153 / 99 = 1.545…
    const [note, ...more] = await notes({ request }, 'gpt-5.5,claude-opus-5,deepseek-v4-pro')
    expect(more).toEqual([])
    expect(note).toContain('about 1.55 times as many tokens for claude-opus-5 as for deepseek-v4-pro')
  })

  it('and which tokenizers are not known', async () => {
    const [note] = await notes({ ...NEWER, request }, 'gpt-5.5,kimi-k3')
    expect(note).toContain('the tokenizer of kimi-k3 is not known')
  })

  it.each<[string, Json, string]>([
    ['all models have one tokenizer', { request }, 'gpt-5.5,gpt-5.4'],
    ['tokens_of says whose they are', { request: { ...request, tokens_of: 'gpt-5.5' } }, 'gpt-5.5,claude-opus-5'],
    ['everything is text', { request: { turn: { text: 'hello' } } }, 'gpt-5.5,claude-opus-5'],
  ])('but not where %s', async (_, written, models) => {
    expect(await notes(written, models)).toEqual([])
  })
})

describe('factors', () => {
  const prompts = [
    'system.md',
    'tools.json',
    ...readdirSync(join(repository, 'scenarios/support-bot/users')).map(name => `users/${name}`),
  ]

  it.each([
    ['deepseek-v3', 1935],
    ['cl100k_base', 2070],
    ['qwen', 2044],
    ['tekken', 2133],
  ])(
    '%s against o200k_base is what the prompts that ship have, its band what each of them has',
    async (name, tokens) => {
      const { shipped } = fakeIo(repository)
      const [own, o200k] = [await loadCounter(name, shipped), await loadCounter('o200k_base', shipped)]
      const counts = prompts.map(file => {
        const text = readFileSync(join(repository, 'scenarios/support-bot', file), 'utf8')
        return [own?.count(text).tokens ?? 0, o200k?.count(text).tokens ?? 0] as const
      })
      const total = (i: 0 | 1) => counts.reduce((sum, one) => sum + one[i], 0)
      expect([prompts.length, total(0), total(1)]).toEqual([12, tokens, 1962])
      const ratios = counts.map(([a, b]) => (100 * a) / b)
      expect(factorOf(name)).toEqual({
        percent: Math.round((100 * total(0)) / total(1)),
        low: Math.floor(Math.min(...ratios)),
        high: Math.ceil(Math.max(...ratios)),
      })
    },
  )

  it('keep the order low, stated, high, and there and back holds the number', () => {
    const names = ['o200k_base', 'cl100k_base', 'deepseek-v3', 'claude', 'claude-4.7', 'gemini', 'openai']
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.constantFrom(...names), fc.nat(10_000_000), (a, b, tokens) => {
        const [from, to] = [factorOf(a), factorOf(b)]
        if (!from || !to) throw new Error('every tokenizer has a factor')
        const there = convertTokens(tokens, from, to)
        expect(there.low).toBeLessThanOrEqual(there.tokens)
        expect(there.tokens).toBeLessThanOrEqual(there.high)
        expect(convertTokens(there.low, to, from).low).toBeLessThanOrEqual(tokens)
        expect(convertTokens(there.high, to, from).high).toBeGreaterThanOrEqual(tokens)
      }),
    )
  })
})
