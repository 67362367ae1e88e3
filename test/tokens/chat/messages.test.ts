import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Tokenizer as HuggingFace } from '@huggingface/tokenizers'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Conversation,
  type Counter,
  countConversation,
  coversRoles,
  findTemplate,
  imageRuleOf,
  loadCounter,
  type Message,
  type Role,
} from '../../../src/tokens/index.ts'
import { fakeIo, repository } from '../../fake-io.ts'

let deepseek: Counter
let o200k: Counter
/** V4's own vocabulary with its added tokens, as it counts a prompt that is written out. */
let whole: (text: string) => number
beforeAll(async () => {
  const { shipped } = fakeIo(repository)
  const [a, b] = [await loadCounter('deepseek-v3', shipped), await loadCounter('o200k_base', shipped)]
  if (!a || !b) throw new Error('both tokenizers ship')
  ;[deepseek, o200k] = [a, b]
  const read = (file: string) =>
    JSON.parse(readFileSync(join(repository, `node_modules/@lenml/tokenizer-deepseek_v4/models/${file}`), 'utf8'))
  const engine = new HuggingFace(read('tokenizer.json'), read('tokenizer_config.json'))
  whole = text => engine.encode(text, { add_special_tokens: false }).ids.length
})

const images = () => imageRuleOf('gpt-5.5')
const say = (role: Role, text: string): Message => ({ role, named: false, contents: [{ kind: 'text', text }] })

const sum = (conversation: Conversation, counter: Counter, template: string | null, covered = true) => {
  const counted = countConversation(conversation, {
    counter,
    template: findTemplate(template),
    model: null,
    images,
    covered,
  })
  const all = Object.values(counted).flatMap(one => one ?? [])
  return { tokens: all.reduce((total, one) => total + one.tokens, 0), exact: all.every(one => one.exact) }
}

// Each rendering is that of encoding_dsv4.py, as other projects test against it.
describe('DeepSeek V4, message by message, is its encoding as a whole', () => {
  const call = (name: string, given: unknown) => ({ kind: 'call', name, arguments: given }) as const
  const answer = (text: string, ...calls: ReturnType<typeof call>[]): Message => ({
    role: 'assistant',
    named: false,
    contents: [...(text === '' ? [] : [{ kind: 'text' as const, text }]), ...calls],
  })
  const result = (text: string): Message => ({ role: 'tool', named: false, contents: [{ kind: 'result', text }] })
  const weather = '{"temperature": 22, "condition": "sunny", "humidity": 45}'

  it.each<{ it: string; messages: readonly Message[]; text: string }>([
    {
      it: 'texts',
      messages: [
        say('system', 'Be brief.'),
        say('user', 'Where is it?'),
        say('assistant', 'On its way.'),
        say('user', 'When?'),
      ],
      text: 'Be brief.<｜User｜>Where is it?<｜Assistant｜></think>On its way.<｜end▁of▁sentence｜><｜User｜>When?<｜Assistant｜></think>',
    },
    {
      it: 'a call and its result',
      messages: [
        say('user', "What's the weather in Beijing?"),
        answer('', call('get_weather', '{"location":"Beijing","unit":"celsius"}')),
        result(weather),
      ],
      text:
        "<｜User｜>What's the weather in Beijing?<｜Assistant｜></think>\n\n<｜DSML｜tool_calls>\n" +
        '<｜DSML｜invoke name="get_weather">\n<｜DSML｜parameter name="location" string="true">Beijing</｜DSML｜parameter>\n' +
        '<｜DSML｜parameter name="unit" string="true">celsius</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜tool_calls>' +
        `<｜end▁of▁sentence｜><｜User｜><tool_result>${weather}</tool_result><｜Assistant｜></think>`,
    },
    {
      it: 'two calls behind a text, with a number and a list',
      messages: [say('user', 'Go.'), answer('I will look.', call('a', { n: 3, all: [1, 'b'] }), call('b', { q: 'x' }))],
      text:
        '<｜User｜>Go.<｜Assistant｜></think>I will look.\n\n<｜DSML｜tool_calls>\n' +
        '<｜DSML｜invoke name="a">\n<｜DSML｜parameter name="n" string="false">3</｜DSML｜parameter>\n' +
        '<｜DSML｜parameter name="all" string="false">[1, "b"]</｜DSML｜parameter>\n</｜DSML｜invoke>\n' +
        '<｜DSML｜invoke name="b">\n<｜DSML｜parameter name="q" string="true">x</｜DSML｜parameter>\n</｜DSML｜invoke>\n' +
        '</｜DSML｜tool_calls><｜end▁of▁sentence｜>',
    },
  ])('$it', ({ messages, text }) => {
    expect(sum({ messages, tools: [], builtIn: [] }, deepseek, 'deepseek-v4')).toEqual({
      tokens: whole(text),
      exact: true,
    })
  })
})

it('OpenAI: 4 a message and 1 for a name, on top of the texts (Cookbook)', () => {
  const named = { ...say('user', 'hello'), named: true }
  const messages = [say('system', 'hello hello'), named, say('assistant', 'hello')]
  // 2 + 1 + 1 tokens of text
  expect(sum({ messages, tools: [], builtIn: [] }, o200k, 'openai')).toEqual({ tokens: 4 + 3 * 4 + 1, exact: true })
})

it('a picture is never exact', () => {
  const messages: Message[] = [
    { role: 'user', named: false, contents: [{ kind: 'image', size: { width: 1024, height: 1024 } }] },
  ]
  const { image, text } = countConversation(
    { messages, tools: [], builtIn: [] },
    { counter: o200k, template: null, model: null, images, covered: true },
  )
  expect(text).toBeNull()
  // 1,024 patches × 1.2, ±5 %
  expect(image).toEqual({ tokens: 1229, low: 1167, high: 1291, exact: false })
})

it.each<[roles: string, covered: boolean]>([
  ['', true],
  ['s', true],
  ['su', true],
  ['suaua', true],
  ['uaua', true],
  ['suu', false],
  ['uaa', false],
  ['ssu', false],
  ['usa', false],
])('DeepSeek’s templates cover %j: %s', (letters, covered) => {
  const roles = [...letters].map(one => ({ s: 'system', u: 'user', a: 'assistant' })[one] as Role)
  expect(coversRoles('deepseek-v4', roles)).toBe(covered)
  expect(coversRoles('openai', roles)).toBe(true)
})

it('messages in an order that is not covered are an estimate', () => {
  const messages = [say('user', 'hello'), say('user', 'hello')]
  const { template } = countConversation(
    { messages, tools: [], builtIn: [] },
    { counter: deepseek, template: findTemplate('deepseek-v4'), model: null, images, covered: false },
  )
  expect(template).toEqual({ tokens: 6, low: 2, high: 8, exact: false })
})
