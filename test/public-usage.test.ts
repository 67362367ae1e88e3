import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dsprice } from './fake-io.ts'

/** Cases that people reported about tools of this kind; each figure is worked out from the rule that its thread names. */

const BOOK = ['--pricing', '2026-11-23']

const run = (folder: string, ...argv: string[]) => dsprice(argv, join(import.meta.dirname, 'fixtures/public', folder))

const scenarioOf = async (folder: string, ...argv: string[]) => {
  const { out, err } = await run(folder, 'estimate', ...argv, '--json')
  if (out === '') throw new Error(err)
  return JSON.parse(out).scenarios[0]
}

describe('18: what did this usage cost? (pydantic/logfire#1316, BerriAI/litellm#9812)', () => {
  it('538 × 0.25 + 2,208 × 0.025 + 197 × 2 per million, from a hit share', async () => {
    // The share has 15 digits, so what it gives is a millionth of a token off.
    expect(Number((await scenarioOf('18', 'read-only.yaml')).costs.cached)).toBeCloseTo(0.0005837, 12)
  })

  it('the same to the digit from known usage', async () => {
    const set = ['--set', 'cache={read: 2208}']
    const { costs, complete } = await scenarioOf('18', 'read-only.yaml', ...set)
    expect([costs.cached, complete]).toEqual(['0.0005837', true])
  })

  it.each(['known.yaml', 'totals.yaml'])('12,304 × 3.75 + 3 × 3 + 550 × 15 per million: %s', async file => {
    const { costs, tokens } = await scenarioOf('18', file, ...BOOK)
    expect(costs.cached).toBe('0.054399')
    expect(tokens).toMatchObject({ prompt: 12307, input: 3, cache_read: 0, cache_write: 12304, output: 550 })
  })

  it('the same without a file', async () => {
    const counts = ['--input', '12307', '--cached', '0', '--written', '12304', '--output', '550']
    const { out } = await run(
      '18',
      'compare',
      '--models',
      'claude-sonnet-4',
      ...counts,
      '--at',
      '2025-06-01',
      ...BOOK,
      '--json',
    )
    expect(JSON.parse(out)).toMatchObject({ view: 'cached', scenarios: [{ costs: { cached: '0.054399' } }] })
  })

  it('what the asker typed is refused, with what to type', async () => {
    const { code, err } = await run('18', 'estimate', 'wanted.yaml', ...BOOK)
    expect(code).toBe(2)
    expect(err).toContain('wanted.yaml:4:')
    expect(err).toContain('cache: {read: …, write: …}')
  })
})

describe("04: OpenAI's long-context rates begin above 272,000 (pydantic/genai-prices#711)", () => {
  it.each([
    // 272,000 × 4 + 1,000 × 20 per million
    { turn: 272_000, cost: '1.108' },
    // 272,001 × 8 + 1,000 × 30 per million
    { turn: 272_001, cost: '2.206008' },
  ])('$turn tokens: $cost', async ({ turn, cost }) => {
    const { costs } = await scenarioOf('04', 'edge.yaml', '--pricing', 'mine.json', '--set', `request.turn=${turn}`)
    expect(costs.headline).toBe(cost)
  })
})

describe('26: a tier moves the whole request (pydantic/genai-prices#241)', () => {
  it('200,001 × 2.50 + 1,000 × 15 per million', async () => {
    expect((await scenarioOf('26', 'cliff.yaml', ...BOOK)).costs.headline).toBe('0.5150025')
  })
})

describe("18: the caller's own mark (BerriAI/litellm#9812)", () => {
  // The default mark of a request without a conversation stands behind `shared`.
  it('12,304 × 3.75 + 3 × 3 + 550 × 15 per million', async () => {
    const { costs, tokens } = await scenarioOf('18', 'one-write.yaml', ...BOOK)
    expect(costs.cached).toBe('0.054399')
    expect(tokens).toMatchObject({ input: 3, cache_read: 0, cache_write: 12304 })
  })
})

describe('22: idle hours are paid', () => {
  // $2.50 an hour ÷ (700 × 3,600 tokens × 10%) is $9.920634… per 1M tokens.
  it('$2.50 an hour, 700 tokens a second, 10% busy', async () => {
    const { self_host } = await scenarioOf('22', 'idle.yaml', ...BOOK)
    expect(self_host.self_hosted_usd_per_1m).toBe('9.920634920635')
  })
})
