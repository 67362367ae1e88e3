import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { findModel } from '../src/cost/rates/price-at.ts'
import { addParts } from '../src/cost/workload/add-parts.ts'
import type { Model } from '../src/model/book/book.ts'
import { exact } from '../src/model/number/money.ts'
import { parseSize } from '../src/model/units.ts'
import { findFrontier } from '../src/plan/find-frontier.ts'
import { wrap } from '../src/report/blocks/lay-out.ts'
import { dsprice } from './fake-io.ts'

/**
 * Inputs that took minutes or never ended: each is answered or refused. How long that takes, bench/scaling.mjs says;
 * here the work is counted, or is so much that a test which takes the square of it would not end.
 */

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const HEAD = 'name: s\npricing: "2026-05-15"\nat: 2026-05-15\n'
const scenario = (more: string): string => `${HEAD}model: deepseek-v4\n${more}`
const WORK = 'request: {turn: 3K, output: 1K}\n'

const CLUSTER = `${WORK}traffic: {per: day}\nself_host: {model: deepseek-r1, gpu: h100, unit_nodes: 2, throughput: {prefill: 52300, decode: 22300}`

const many = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i))

const estimate = async (text: string, ...flags: string[]) => {
  writeFileSync(join(folder, 's.yaml'), text)
  return dsprice(['estimate', 's.yaml', ...flags], folder)
}

describe('a scenario', () => {
  it.each([
    {
      it: 'a size of 200,000 zeros',
      text: scenario(`request: {turn: "1.${'0'.repeat(200_000)}1K"}\n`),
      says: 'INVALID',
    },
    {
      it: 'a duration of 100,000 digits',
      text: scenario(`request: {turn: 1, turn_gap: ${'1'.repeat(100_000)}s}\n`),
      says: 'INVALID',
    },
    { it: 'an exponent of six digits', text: scenario('request: {turn: 1e1000000}\n'), says: 'INVALID' },
    { it: 'more nodes than any cluster has', text: scenario(`${CLUSTER}, nodes: 1000001}\n`), says: 'INVALID' },
    {
      it: 'traffic that takes more than 2^53 nodes',
      text: scenario(
        'totals: {input: 1000B, output: 1000B}\ntraffic: {per: hour}\nself_host: {model: deepseek-r1, gpu: h100, unit_nodes: 2, throughput: {prefill: "0.000000001", decode: "0.000000001"}}\n',
      ),
      says: 'TOO_MUCH',
    },
    {
      it: '33 legs',
      text: `${HEAD}routing: {legs: [${many(33, () => '{model: deepseek-v4, share: 1%}')}]}\n${WORK}`,
      says: 'at most 32 legs',
    },
    {
      it: 'legs and baselines with more calls than are worked out',
      // 32 legs and one baseline that serves each of their sizes: 64 times 20,000 calls are 1,280,000.
      text: `${HEAD}routing: {legs: [${many(32, i => `{model: deepseek-v4, share: 3.125%, tokens: "1.0${i + 10}"}`)}]}\nrequest: {turn: 3, turns: 20000}\n`,
      says: 'TOO_MANY_SAMPLES',
    },
    { it: 'a mapping that holds itself', text: scenario(`tags: &a {x: *a}\n${WORK}`), says: 'SYNTAX' },
  ])('with $it is refused', async ({ text, says }) => {
    const { code, err } = await estimate(text)
    expect(code).toBe(2)
    expect(err).toContain(says)
    expect(err.length).toBeLessThan(10_000)
  })

  it.each([
    { it: '8,000 aliases', text: scenario(`${WORK}tags: {a: &a x, ${many(8000, i => `t${i}: *a`).join(', ')}}\n`) },
    { it: 'a description of 900,000 characters', text: scenario(`${WORK}description: ${'word '.repeat(180_000)}\n`) },
    {
      it: 'a cluster that is far too small',
      text: scenario(`${CLUSTER.replace('{per: day}', '{requests: 1000B, per: hour}')}, nodes: 2}\n`),
    },
  ])('with $it costs what it costs', async ({ text }) => {
    const { code, out } = await estimate(text, '--json', '--quiet')
    expect(code).toBe(0)
    // 3,000 tokens at $0.50 and 1,000 at $1.50 a million: the article's V4.
    const requests = text.includes('1000B') ? 1_000_000_000_000 : 1
    const cost = exact('0.003').times(requests).toFixed()
    expect(JSON.parse(out)).toMatchObject({ scenarios: [{ costs: { headline: cost } }] })
  })

  it('is not changed by a thousand settings but for what they say', async () => {
    const settings = many(1000, i => ['--set', `tags.t${i}=x`]).flat()
    const { code, out } = await estimate(scenario(WORK), '--json', ...settings)
    expect(code).toBe(0)
    expect(Object.keys(JSON.parse(out).scenarios[0].tags)).toHaveLength(1000)
  })

  it.each([
    { it: 'of ten thousand steps', set: `tags.${'a.'.repeat(10_000)}b=x` },
    { it: 'of an item far behind the last', set: 'traffic.profile.4000000000=1' },
  ])('refuses a setting $it', async ({ set }) => {
    const text = scenario(`${WORK}traffic: {profile: [${many(24, () => 1)}]}\n`)
    expect(await estimate(text, '--set', set)).toMatchObject({ code: 2, err: expect.stringContaining('BAD_SET') })
  })

  it('of a thousand faults is told of in a hundred, with how many more there are', async () => {
    const text = scenario(`${WORK}tags: {${many(1000, i => `t${i}: [1]`).join(', ')}}\n`)
    const { err } = await estimate(text)
    expect(err.match(/^error/gm)).toHaveLength(100)
    expect(err).toContain('901 more values are invalid')
    writeFileSync(join(folder, 'other.yaml'), text)
    const both = await estimate(text, 'other.yaml')
    expect(both.err.match(/^error/gm)).toHaveLength(100)
    expect(both.err).toContain('and 100 more errors')
    expect(JSON.parse((await estimate(text, 'other.yaml', '--json')).err).errors).toHaveLength(200)
  })
})

describe('a price file', () => {
  const day = (i: number): string => new Date(Date.UTC(1900, 0, 1) + i * 86_400_000).toISOString().slice(0, 10)
  const row = (from: string, to?: string) => ({
    from,
    ...(to ? { to } : {}),
    input: '1',
    output: '2',
    cache_read: '0.5',
    source: 'own',
    grade: 'own',
  })
  const layer = (more: object): string =>
    JSON.stringify({
      schema: 'dsprice/pricing/1',
      extends: '2026-05-15',
      sources: { own: { title: 'own', where: 'own', retrieved: '2026-05-15', grade: 'own' } },
      ...more,
    })
  const withPrices = async (text: string, command: readonly string[]) => {
    writeFileSync(join(folder, 'mine.json'), text)
    writeFileSync(join(folder, 's.yaml'), scenario(WORK))
    return dsprice([...command, '--pricing', 'mine.json'], folder)
  }

  it('of 8,000 rows prices by the one in force', async () => {
    // The last row begins on day 7,999 of 1900: 3,000 tokens at $1 and 1,000 at $2 a million.
    const prices = many(8000, i => row(day(i), i === 7999 ? undefined : day(i + 1)))
    const { code, out } = await withPrices(layer({ models: [{ id: 'deepseek-v4', prices }] }), [
      'estimate',
      's.yaml',
      '--json',
    ])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ scenarios: [{ costs: { headline: '0.005' } }] })
  })

  it.each([
    {
      it: 'a rate of 100,000 digits',
      more: { models: [{ id: 'deepseek-v4', prices: [{ ...row('2026-01-01'), input: `0.${'1'.repeat(100_000)}` }] }] },
      says: 'INVALID',
    },
    {
      it: 'discounts that make a rate too long',
      more: { discounts: many(60, () => ({ provider: 'deepseek', off: '0.015', from: '2026-01-01', source: 'own' })) },
      says: 'TOO_MUCH',
    },
    {
      it: 'more windows than there are hours',
      more: {
        models: [
          {
            id: 'deepseek-v4',
            prices: [
              {
                ...row('2026-01-01'),
                windows: many(25, i => ({
                  name: `w${i}`,
                  timezone: 'UTC',
                  weekdays: ['mon'],
                  hours: ['09:00-10:00'],
                  holidays: 'apply',
                  input: '1',
                  output: '2',
                  cache_read: '0.5',
                })),
              },
            ],
          },
        ],
      },
      says: 'at most 24 windows',
    },
  ])('with $it is refused', async ({ more, says }) => {
    const { code, err } = await withPrices(layer(more), ['estimate', 's.yaml'])
    expect([code, err.includes(says)]).toEqual([2, true])
  })

  it('of more models than are set beside each other says so', async () => {
    const models = many(2001, i => ({
      id: `model-${i}`,
      provider: 'deepseek',
      aliases: [],
      context: 1000,
      max_output: 1000,
      tokenizer: null,
      prices: [row('2026-01-01')],
    }))
    const ran = await withPrices(layer({ models }), ['compare', 's.yaml', '--all'])
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('TOO_MUCH') })
  })
})

describe('the work grows with the input', () => {
  it('a name is looked up without going through the models again', () => {
    let reads = 0
    const models = many(1000, i => ({
      get id() {
        reads++
        return `m${i}`
      },
      aliases: [],
      provider: 'p',
    })) as unknown as Model[]
    for (let i = 0; i < 1000; i++) expect(findModel({ models }, `M${i}`)).toBe(models[i])
    // Twice for each model, for its id and for its id behind its provider's; a search anew would be 500,000.
    expect(reads).toBe(2000)
  })

  it('a frontier of thousands takes some twenty comparisons for each', () => {
    const candidates = many(2000, i => ({ model: `m${i}`, cost: exact(i), quality: exact(i) }))
    const spies = (['gt', 'gte', 'lt', 'lte', 'comparedTo'] as const).map(name =>
      vi.spyOn(Object.getPrototypeOf(exact(0)), name),
    )
    const found = findFrontier(candidates)
    const calls = spies.reduce((all, spy) => all + spy.mock.calls.length, 0)
    for (const spy of spies) spy.mockRestore()
    expect(found.every(({ dominatedBy }) => dominatedBy === null)).toBe(true)
    expect(calls).toBeLessThan(2000 * 60)
  })

  it('200,000 samples have a least, a greatest and a mean', () => {
    const samples = many(200_000, i => i)
    const part = { source: 'p/*', kind: 'text', samples, tokenizer: 't', exact: true } as const
    // 0 … 199,999: the mean of the ends.
    expect(addParts([part])).toMatchObject({ min: 0, max: 199_999, mean: '99999.5' })
  })

  it('a paragraph of 320,000 words is wrapped', () => {
    const lines = wrap('word '.repeat(320_000).trim(), 79, { first: '', rest: '' }).split('\n')
    // 16 words of 4 letters and 15 spaces between them are 79.
    expect(lines).toHaveLength(20_000)
    expect(wrap('word '.repeat(320_000).trim(), Number.POSITIVE_INFINITY, { first: '', rest: '' })).not.toContain('\n')
  })

  it('zeros behind a size are read once', () => {
    expect(parseSize(`1.${'0'.repeat(1_000_000)}K`)).toBe(1000)
    expect(parseSize(`1.${'0'.repeat(1_000_000)}1K`)).toBeUndefined()
  })
})
