import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { countTools, findTemplate, loadCounter, type ToolDefinition } from '../../src/tokens/index.ts'
import { fakeIo, repository } from '../fake-io.ts'

const counterOf = async (name: string) => {
  const counter = await loadCounter(name, fakeIo(repository).shipped)
  if (!counter) throw new Error(`there is no counter ${name}`)
  return counter
}

const weather: ToolDefinition = {
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

it("OpenAI's documented example has 101 tokens", async () => {
  // OpenAI Cookbook, "How to count tokens with tiktoken", section 7: gpt-4o, counted and billed.
  const counter = await counterOf('o200k_base')
  const template = findTemplate('openai')
  const system = 'You are a helpful assistant that can answer to questions about the weather.'
  const texts = counter.count(system).tokens + counter.count("What's the weather like in San Francisco?").tokens
  const { start = 0, end = 0, system: first = 0, user = 0 } = template ?? {}
  const around = start + end + first + user
  const tools = countTools([weather], counter, template)
  expect(texts + around + tools.tokens).toBe(101)
  expect(tools.exact).toBe(true)
})

it('what the rule does not cover is an estimate, and said to be one', async () => {
  const counter = await counterOf('o200k_base')
  const nested: ToolDefinition = {
    name: 'f',
    description: 'g',
    parameters: { type: 'object', properties: { a: { type: 'object', description: 'h', properties: {} } } },
  }
  for (const tools of [[nested], [{ name: 'f' }]]) {
    const { tokens, low, high, exact } = countTools(tools, counter, findTemplate('openai'))
    expect(exact).toBe(false)
    expect(low).toBeLessThan(tokens)
    expect(tokens).toBeLessThan(high)
  }
})

// The published encoding of each release, run on the shop's four tools and counted by V4's own tokenizer.
it.each([
  { name: 'deepseek-v4', tokens: 747 },
  { name: 'deepseek-v4.1', tokens: 737 },
])('$name renders the tools of support-bot in $tokens tokens', async ({ name, tokens }) => {
  const json = readFileSync(join(repository, 'scenarios/support-bot/tools.json'), 'utf8')
  const tools = (JSON.parse(json) as { function: ToolDefinition }[]).map(tool => tool.function)
  const counted = countTools(tools, await counterOf('deepseek-v3'), findTemplate(name))
  expect(counted).toEqual({ tokens, low: tokens, high: tokens, exact: true })
})

it('no tools are no tokens', async () => {
  const none = countTools([], await counterOf('claude'), null)
  expect(none).toEqual({ tokens: 0, low: 0, high: 0, exact: true })
})

it("Claude's are the band of their text, and Anthropic's own 159 to 530 tokens", async () => {
  const counter = await counterOf('claude')
  const text = counter.count(JSON.stringify([weather]))
  const { low, high, exact } = countTools([weather], counter, null)
  expect({ low, high, exact }).toEqual({ low: 159 + Math.floor(text.low / 2), high: 530 + text.high, exact: false })
})
