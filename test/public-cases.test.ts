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

/** What `request.turn` is counted as, part by part, with notes by code. */
const counted = async (turn: string, { model, priced = released }: { model: string; priced?: typeof released }) => {
  const folder = fakeIo(join(repository, 'test/fixtures/public'))
  const text = JSON.stringify({ name: 'a', model, request: { turn: JSON.parse(turn), output: 10 } })
  const draft = await readScenario('a.yaml', {
    files: { ...folder, read: (path, limit) => (path === 'a.yaml' ? Buffer.from(text) : folder.read(path, limit)) },
  })
  const { request, contents = [] } = await countPriced(draft, priced, files)
  const length = request?.turn ?? 0
  return { parts: typeof length === 'number' ? [] : length.parts, notes: contents.map(({ code }) => code) }
}

// openai/codex PR 12419
describe('10: base64 pictures inside messages', () => {
  const turn = '{"messages": "10/messages.json"}'

  // 'What is in this picture?' has 6 tokens of o200k_base, and its message 4 more. The bytes are no picture, so its size
  // is not known: 1,024 patches × 1.2 for 1024², from one patch to 10,000 less and more 5 %.
  it('the text is counted, the picture estimated by the rule', async () => {
    const { parts, notes } = await counted(turn, { model: 'gpt-5.5' })
    expect(parts).toEqual([
      { source: '10/messages.json', kind: 'text', tokenizer: 'o200k_base', samples: [6], exact: true },
      {
        source: '10/messages.json',
        kind: 'image',
        tokenizer: null,
        samples: [1229],
        exact: false,
        low: [1],
        high: [12_600],
      },
      { source: 'chat template openai', kind: 'template', tokenizer: 'o200k_base', samples: [4], exact: true },
    ])
    expect(notes).toEqual(['IMAGE_RULE', 'IMAGE_SIZE'])
  })

  it('Claude: 37 × 37 squares for 1024², at most 4,784', async () => {
    const { parts } = await counted(turn, { model: 'claude-opus-4.7' })
    expect(parts.find(({ kind }) => kind === 'image')).toMatchObject({ samples: [1369], low: [1], high: [4784] })
  })

  it('a model without a rule has no answer', async () => {
    await expect(counted(turn, { model: 'deepseek-v4-pro' })).rejects.toThrow(
      'a picture cannot be counted for deepseek-v4-pro',
    )
  })

  it('as a plain text it is cut out, and named', async () => {
    const { parts, notes } = await counted('{"file": "10/messages.json"}', { model: 'gpt-5.5' })
    expect(parts[0]?.samples[0]).toBeLessThan(100)
    expect(notes).toEqual(['DATA_URI_LEFT_OUT'])
  })
})

// logancyang/obsidian-copilot 1574
it('16: the front matter of a prompt file is not sent: 9 tokens', async () => {
  const { parts, notes } = await counted('{"file": "16/review.prompt.md"}', { model: 'gpt-5.5' })
  expect(parts[0]).toMatchObject({ samples: [9], exact: true })
  expect(notes).toEqual(['FRONT_MATTER'])
})

describe('27: special tokens in users’ text are plain text', () => {
  // As special tokens, hello, ␠, the token, ␠world, ␠, the token, ␠x and a line break would be 8, and six with hi, x and a
  // line break 7.
  it.each([
    ['27/special.txt', 'gpt-5.5', 8],
    ['27/special-deepseek.txt', 'deepseek-v4-pro', 7],
  ])('%s has more than %d tokens', async (file, model, special) => {
    const { parts } = await counted(JSON.stringify({ file }), { model })
    expect(parts[0]?.samples[0]).toBeGreaterThan(special + 2)
    expect(parts[0]?.exact).toBe(true)
  })
})
