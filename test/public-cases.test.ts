import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { estimate } from '../src/cost/result/estimate.ts'
import { readBook } from '../src/load/book/book.ts'
import { countPriced } from '../src/load/scenario/count-scenario.ts'
import { readScenario } from '../src/load/scenario/scenario.ts'
import type { Book } from '../src/model/book/book.ts'
import type { ScenarioResult } from '../src/model/result/result.ts'
import { dsprice, fakeIo, repository } from './fake-io.ts'

/**
 * Faults and questions that people reported about tools of this kind, as small inputs of our own. The figures are
 * worked out from the rule named, beside each.
 *
 * The released book of 2026-11-23 knows neither who sets the marks nor whether reasoning is sent again, so the tests
 * add that to its rows.
 */

const files = fakeIo(repository)
const publicCases = join(repository, 'test/fixtures/public')
const released = await readBook(['2026-11-23'], files)

/** The released book with OpenAI's own mark at the newest message, and DeepSeek V4's reasoning kept with tools. */
const withRules = (book: Book): Book => {
  const openai = book.providers['openai']
  const writes = openai?.cache['writes-billed']
  if (!openai || typeof writes !== 'object') throw new Error('the book has the rule for billed writes')
  const newest = { ...writes, match: 'marks', marks: 'newest', optional: true } as const
  const reasoning = { kept: 'with_tools', source: 'deepseek-recipe' } as const
  return {
    ...book,
    providers: { ...book.providers, openai: { ...openai, cache: { ...openai.cache, 'writes-billed': newest } } },
    models: book.models.map(model => (model.id === 'deepseek-v4-pro' ? { ...model, reasoning } : model)),
  }
}
const newer = { ...released, book: withRules(released.book) }

const run = async (
  file: string,
  { priced = newer, set = [] }: { priced?: typeof released; set?: readonly string[] } = {},
): Promise<ScenarioResult> => {
  const folder = fakeIo(publicCases)
  const draft = await readScenario(file, { files: folder, set })
  const scenario = await countPriced(draft, priced, files)
  const [found] = estimate([scenario], priced, '2026-11-23').scenarios
  if (!found) throw new Error('estimate gave no scenario')
  return found
}

const codes = ({ warnings }: ScenarioResult): string[] => warnings.map(({ code }) => code)

// https://developers.openai.com/api/docs/guides/prompt-caching; codeready-toolchain/tarsy PR 357
describe('01: OpenAI from GPT-5.6 marks the newest message by itself', () => {
  // $4 in, $5 written, $20 out: 6,300,000 × 5 + 200,000 × 20 per million
  it.each(['01/implicit.yaml', '01/one-offs.yaml'])(
    '%s: nothing is read, and 6,300 tokens are written each time',
    async file => {
      const found = await run(file)
      expect(found.tokens).toMatchObject({ input: 0, cache_read: 0, cache_write: 6_300_000 })
      expect(found.costs.cached).toBe('35.5')
      expect(codes(found)).toContain('CACHE_COSTS_MORE')
    },
  )

  it('a mark at the end of shared is written once and read 999 times', async () => {
    const found = await run('01/implicit.yaml', { set: ['cache={policy: prefix, marks: [shared]}'] })
    expect(found.tokens).toMatchObject({ input: 300_000, cache_read: 5_994_000, cache_write: 6000 })
    expect(codes(found)).not.toContain('CACHE_COSTS_MORE')
  })

  it('the released book is read as it was: the caller marks shared', async () => {
    const cost = async (file: string) => (await run(file, { priced: released })).costs.cached
    expect(await cost('01/implicit.yaml')).toBe('7.6276')
    expect(await cost('01/one-offs.yaml')).toBe('29.2')
  })
})

// CommandCodeAI/command-code 840; deepseek-ai/deepseek-recipe 6
describe('02: DeepSeek V4 keeps reasoning where tools are present', () => {
  it('sends 458,600 tokens', async () => {
    const found = await run('02/agent.yaml')
    expect(found.tokens.prompt).toBe(458_600)
    expect(Number(found.costs.headline).toFixed(4)).toBe('0.3621')
  })

  // 190 times an earlier answer is sent again, each with 1,200 tokens of reasoning
  it('and 228,000 fewer where it does not', async () => {
    const found = await run('02/agent.yaml', { set: ['request.reasoning_kept=false'] })
    expect(found.tokens.prompt).toBe(230_600)
  })
})

describe('25: a prompt below the cache minimum', () => {
  it('has no hits and no writes: 3,050,000 × 5 + 100,000 × 25 per million', async () => {
    const found = await run('25/minimum.yaml', { priced: released })
    expect(found.tokens).toMatchObject({ cache_read: 0, cache_write: 0 })
    expect(found.costs).toMatchObject({ headline: '17.75', cached: '17.75' })
  })
})

// BerriAI/litellm PR 29269
describe('11: tool definitions in the forms of every API', () => {
  const counted = async (file: string, model: string) => {
    const { out, err, code } = await dsprice(['tokens', '--tools', file, '--model', model, '--json'], publicCases)
    expect(code).toBe(0)
    const { tokens, estimate } = JSON.parse(out).files[0]
    return { tokens, estimate, err }
  }

  it.each(['deepseek-v4-pro', 'gpt-5.5', 'claude-opus-4.8', 'gemini-3.8-flash', 'gpt-6-sol'])(
    'count the same for %s',
    async model => {
      const files = ['wrapped', 'responses', 'anthropic', 'gemini'].map(name => `11/${name}.json`)
      const [first, ...rest] = await Promise.all(files.map(file => counted(file, model)))
      for (const one of rest) expect(one).toEqual(first)
    },
  )

  it("the provider's own tool is named as not counted", async () => {
    const { err } = await counted('11/with-builtin.json', 'gpt-5.5')
    expect(err).toContain('warning TOOLS_NOT_COUNTED')
    expect(err).toContain('web_search')
  })
})

describe("13: OpenAI's tool tokens as billed", () => {
  it.each(['13/no-parameters.json', '13/no-description.json'])('%s: the band holds 37 tokens', async file => {
    const { out } = await dsprice(['tokens', '--tools', file, '--model', 'gpt-5.5', '--json'], publicCases)
    const { exact, tokens } = JSON.parse(out).files[0]
    expect(exact).toBe(false)
    expect(tokens.low).toBeLessThanOrEqual(37)
    expect(tokens.high).toBeGreaterThanOrEqual(37)
  })
})
