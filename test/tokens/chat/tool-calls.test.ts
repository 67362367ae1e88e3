import { beforeAll, expect, it } from 'vitest'
import { countToolCalls } from '../../../src/tokens/chat/tool-calls.ts'
import { type Content, type Counter, loadCounter, type Message } from '../../../src/tokens/index.ts'
import { fakeIo, repository } from '../../fake-io.ts'

let o200k: Counter
let deepseek: Counter
beforeAll(async () => {
  const { shipped } = fakeIo(repository)
  const [a, b] = [await loadCounter('o200k_base', shipped), await loadCounter('deepseek-v3', shipped)]
  if (!a || !b) throw new Error('both tokenizers ship')
  ;[o200k, deepseek] = [a, b]
})

const says = (role: Message['role'], ...contents: readonly Content[]): Message => ({ role, named: false, contents })
const call = (given: unknown): Content => ({ kind: 'call', name: 'hello', arguments: given })
const result = (text: string): Content => ({ kind: 'result', text })

// What DeepSeek V4 renders is held to its whole encoding by messages.test.ts.
it('a call for another model is from its name and values alone to half as much again as its JSON, and 20', () => {
  const json = o200k.count('{"name": "hello", "arguments": {"hello":"hello"}}').tokens
  const expected = { tokens: json, low: 2, high: Math.ceil(json * 1.5) + 20, exact: false }
  for (const given of [{ hello: 'hello' }, '{"hello":"hello"}']) {
    expect(countToolCalls([says('assistant', call(given))], { counter: o200k, template: 'openai' })).toEqual(expected)
  }
})

it('a result is its text, and up to 20 around it', () => {
  const counted = countToolCalls([says('tool', result('hello hello'))], { counter: o200k, template: null })
  expect(counted).toEqual({ tokens: 2, low: 2, high: 22, exact: false })
})

it.each<{ it: string; message: Message }>([
  { it: 'several results in one message', message: says('tool', result('a'), result('b')) },
  { it: 'a text behind a call', message: says('assistant', call({}), { kind: 'text', text: 'a' }) },
  { it: 'arguments that are no JSON', message: says('assistant', call('{"a": ')) },
  { it: 'arguments that are a list', message: says('assistant', call([1])) },
  // encoding_dsv4.py reads and writes numbers again: 1.0 stays 1.0, 1e3 is 1000.0, 0.00001 is 1e-05, and 2^53 + 1 stays.
  ...['1.0', '[1e3]', '0.00001', '9007199254740993'].map(number => ({
    it: `the number ${number}, which JavaScript and Python write differently`,
    message: says('assistant', call(`{"a": ${number}}`)),
  })),
  { it: 'a small number that is parsed', message: says('assistant', call({ a: [1e-5] })) },
])('$it: not what the encoding of DeepSeek V4 is known for, so an estimate', ({ message }) => {
  const means = { counter: deepseek, template: 'deepseek-v4' }
  expect(countToolCalls([message], means).exact).toBe(false)
  expect(countToolCalls([says('assistant', call({ a: 'b' }))], means).exact).toBe(true)
})

it.each(['{"a": 1.5, "b": -20}', '{"a": "1.0 \\" 1e3"}', '{"1.0": "x"}'])('%s is written alike: exact', given => {
  expect(countToolCalls([says('assistant', call(given))], { counter: deepseek, template: 'deepseek-v4' }).exact).toBe(
    true,
  )
})

it.each(['deepseek-v4', 'openai', null])(
  'arguments nested deeper than any file are counted as a text: %s',
  template => {
    const given = `{"a": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    const { tokens, exact } = countToolCalls([says('assistant', call(given))], { counter: deepseek, template })
    expect(tokens).toBe(deepseek.count(`{"name": "hello", "arguments": ${given}}`).tokens)
    expect(exact).toBe(false)
  },
)
