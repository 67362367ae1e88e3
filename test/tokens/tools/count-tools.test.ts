import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readTools } from '../../../src/load/tools/read-tools.ts'
import { countTools, findTemplate, loadCounter, type ToolDefinition } from '../../../src/tokens/index.ts'
import { fakeIo, repository } from '../../fake-io.ts'

const counterOf = async (name: string) => {
  const counter = await loadCounter(name, fakeIo(repository).shipped)
  if (!counter) throw new Error(`there is no counter ${name}`)
  return counter
}

const toolsIn = (data: unknown): readonly ToolDefinition[] => readTools('tools.json', JSON.stringify(data)).tools

const WEATHER = {
  name: 'get_current_weather',
  description: 'Get the current weather in a given location',
  parameters: {
    type: 'object',
    properties: {
      location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' },
      unit: {
        type: 'string',
        description: 'The unit of temperature to return',
        enum: ['celsius', 'fahrenheit'],
      },
    },
    required: ['location'],
  },
}

it.each<{ it: string; property: object }>([
  { it: 'choices', property: { type: 'string', enum: Array.from({ length: 130_000 }, () => 'a') } },
  {
    it: 'properties',
    property: { properties: Object.fromEntries(Array.from({ length: 130_000 }, (_, i) => [`k${i}`, {}])) },
  },
])('a tool of OpenAI’s may have any number of $it', async ({ property }) => {
  const tools = toolsIn([{ name: 'f', parameters: { type: 'object', properties: { a: property } }, description: 'x' }])
  const means = { counter: await counterOf('o200k_base'), template: findTemplate('openai'), model: null }
  // Three tokens and a text of one or more for each.
  expect(countTools(tools, means).tokens).toBeGreaterThan(4 * 130_000)
})

describe("OpenAI's", () => {
  const count = async (data: unknown, name = 'o200k_base') =>
    countTools(toolsIn(data), {
      counter: await counterOf(name),
      template: name === 'openai' ? null : findTemplate('openai'),
      model: null,
    })

  it('documented example has 101 tokens, and a band of 5 below and a forced call above', async () => {
    // OpenAI Cookbook, "How to count tokens with tiktoken", section 7: gpt-4o, counted and billed.
    const counter = await counterOf('o200k_base')
    const system = 'You are a helpful assistant that can answer to questions about the weather.'
    const texts = counter.count(system).tokens + counter.count("What's the weather like in San Francisco?").tokens
    const { start = 0, end = 0, system: first = 0, user = 0 } = findTemplate('openai') ?? {}
    const around = start + end + first + user
    const { tokens, low, high, exact } = await count([WEATHER])
    expect(texts + around + tokens).toBe(101)
    expect({ low, high, exact }).toEqual({ low: tokens - 5, high: tokens + 9, exact: false })
  })

  it('is 5 tokens a function over, not a list', async () => {
    const { tokens, low, high } = await count([WEATHER, { ...WEATHER, name: 'get_forecast' }])
    expect({ low, high }).toEqual({ low: tokens - 10, high: tokens + 9 })
  })

  it('covers nested properties with the same parts, in a wider band', async () => {
    const inner = { type: 'object', properties: { a: { type: 'string', description: 'b' } } }
    const nested = { name: 'f', description: 'g', parameters: { type: 'object', properties: { c: inner } } }
    const { tokens, low, high, exact } = await count([nested])
    // 12 + 7 + 3 for having properties and 3 for one, twice; `f:g` has 3 tokens, `c:object:` 3, `a:string:b` 4 or 5.
    const counter = await counterOf('o200k_base')
    const lines = ['f:g', 'c:object:', 'a:string:b'].reduce((sum, line) => sum + counter.count(line).tokens, 0)
    expect(tokens).toBe(31 + lines)
    expect(exact).toBe(false)
    expect(low).toBeLessThan(tokens - 5)
    expect(high).toBeGreaterThan(tokens + 9)
  })

  it('newest models are counted by the same rule, times their band', async () => {
    // Every line of text at 0.85 and 1.25; the fixed tokens as they are.
    const [own, newest] = [await count([WEATHER]), await count([WEATHER], 'openai')]
    expect(newest.tokens).toBe(own.tokens)
    expect(newest.low).toBeLessThan(own.low)
    expect(newest.high).toBeGreaterThan(own.high)
  })
})

describe("DeepSeek's", () => {
  const count = async (data: unknown, name = 'deepseek-v4') =>
    countTools(typeof data === 'string' ? readTools('tools.json', data).tools : toolsIn(data), {
      counter: await counterOf('deepseek-v3'),
      template: findTemplate(name),
      model: null,
    })

  // The published encoding of each release, run on the shop's four tools and counted by V4's own tokenizer.
  it.each([
    { name: 'deepseek-v4', tokens: 747 },
    { name: 'deepseek-v4.1', tokens: 737 },
  ])('$name renders the tools of support-bot in $tokens tokens', async ({ name, tokens }) => {
    const json = readFileSync(join(repository, 'scenarios/support-bot/tools.json'), 'utf8')
    expect(await count(json, name)).toMatchObject({ tokens, low: tokens, high: tokens, exact: true })
  })

  const withNumber = (text: string): string =>
    `[{"name": "f", "parameters": {"type": "object", "properties": {"n": {"type": "number", "default": ${text}}}}}]`

  it('numbers are counted as they are written, and exact where Python writes them so', async () => {
    const counter = await counterOf('deepseek-v3')
    for (const text of ['1', '1.0', '1000.0', '-0.025']) {
      const line = `{"name": "f", "parameters": {"type": "object", "properties": {"n": {"type": "number", "default": ${text}}}}}`
      const tokens = 222 + counter.count(`${line}\n\n`).tokens
      expect(await count(withNumber(text))).toMatchObject({ tokens, low: tokens, high: tokens, exact: true })
    }
  })

  it('a number that Python would write in another way is an estimate that holds both', async () => {
    const [written, python] = [await count(withNumber('1.000000e3')), await count(withNumber('1000.0'))]
    expect(written.exact).toBe(false)
    expect([written.low, written.high]).toEqual([python.tokens, written.tokens])
    expect(written.tokens).toBeGreaterThan(python.tokens)
  })

  it('`strict` is part of the function that is sent, in the form that is sent', async () => {
    const plain = await count([{ type: 'function', function: WEATHER }])
    const strict = await count([{ type: 'function', function: { ...WEATHER, strict: true } }])
    const responses = await count([{ type: 'function', ...WEATHER, strict: true }])
    expect(strict.tokens).toBeGreaterThan(plain.tokens)
    expect(responses.tokens).toBe(plain.tokens)
  })
})

describe("Claude's", () => {
  const { parameters, ...about } = WEATHER
  const ANTHROPIC = { ...about, input_schema: parameters }

  const json = async (name: string) => (await counterOf(name)).count(JSON.stringify([ANTHROPIC]))
  const count = async (model: string, name = 'claude-4.7', data: unknown = [ANTHROPIC]) =>
    countTools(toolsIn(data), { counter: await counterOf(name), template: null, model })

  // platform.claude.com, tool use overview: `auto` and `none`, then `any` and `tool`.
  it.each([
    { model: 'claude-opus-4.8', name: 'claude-4.7', auto: 290, forced: 410 },
    { model: 'claude-opus-4.7', name: 'claude-4.7', auto: 675, forced: 804 },
    { model: 'aws-bedrock/claude-opus-4.6-global', name: 'claude', auto: 497, forced: 589 },
    { model: 'claude-haiku-4-5-20251001', name: 'claude', auto: 496, forced: 588 },
    { model: 'claude-sonnet-5', name: 'claude-4.7', auto: 354, forced: 474 },
    { model: 'claude-sonnet-4-20250514', name: 'claude', auto: 313, forced: 315 },
    // Not published: the median of the table, between its ends.
    { model: 'claude-opus-5.5', name: 'claude-4.7', auto: 354, least: 264, forced: 804 },
  ])(
    '$model: $auto to $forced beside half to all of their JSON',
    async ({ model, name, auto, least = auto, forced }) => {
      const text = await json(name)
      const { tokens, low, high, exact } = await count(model, name)
      expect({ low, high, exact }).toEqual({
        low: least + Math.floor(text.low / 2),
        high: forced + text.high,
        exact: false,
      })
      expect(Math.abs(tokens - (auto + text.tokens * 0.75))).toBeLessThanOrEqual(0.5)
    },
  )

  it('example inputs are part of the prompt', async () => {
    const data = [{ ...ANTHROPIC, input_examples: [{ location: 'Bern, Switzerland' }] }]
    const [plain, shown] = [await count('claude-opus-4.8'), await count('claude-opus-4.8', 'claude-4.7', data)]
    expect(shown.tokens).toBeGreaterThan(plain.tokens)
  })
})

it('of a model whose rule is not known are half to all of their JSON', async () => {
  const counter = await counterOf('gemini')
  const text = counter.count(JSON.stringify([WEATHER]))
  const { low, tokens, high, exact } = countTools(toolsIn([WEATHER]), { counter, template: null, model: 'gemini-4' })
  expect({ low, high, exact }).toEqual({ low: Math.floor(text.low / 2), high: text.high, exact: false })
  expect(Math.abs(tokens - text.tokens * 0.75)).toBeLessThanOrEqual(0.5)
})

it('no tools are no tokens', async () => {
  const none = countTools([], { counter: await counterOf('claude'), template: null, model: null })
  expect(none).toMatchObject({ tokens: 0, low: 0, high: 0, exact: true })
})
