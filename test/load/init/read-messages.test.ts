import { expect, it } from 'vitest'
import { readMessages } from '../../../src/load/init/read-messages.ts'
import { readPromptfoo } from '../../../src/load/init/read-promptfoo.ts'

const hi = { role: 'user', content: 'Hi' }
const yes = { role: 'assistant', content: [{ type: 'text', text: 'Yes' }, { type: 'image' }] }
const told = [
  { role: 'user', text: 'Hi' },
  { role: 'assistant', text: 'Yes' },
]

it.each([
  { it: 'a list', text: JSON.stringify([hi, yes]), conversations: [told] },
  { it: 'a request', text: JSON.stringify({ model: 'm', messages: [hi, yes] }), conversations: [told] },
  {
    it: 'a list of requests',
    text: JSON.stringify([{ messages: [hi, yes] }, { messages: [hi, yes] }]),
    conversations: [told, told],
  },
  { it: 'a list of lists', text: JSON.stringify([[hi, yes]]), conversations: [told] },
  { it: 'lines of requests', text: `${JSON.stringify({ messages: [hi, yes] })}\n\n`, conversations: [told] },
  {
    it: 'a message a line',
    text: `${JSON.stringify(hi)}\r\n${JSON.stringify(hi)}\n`,
    conversations: [[told[0]], [told[0]]],
  },
])('$it', ({ text, conversations }) => {
  expect(readMessages('chat.json', text)).toEqual({ conversations })
})

it.each(['{}', '[]', 'no JSON', '[1, 2]', '{"messages": {"role": 1}}', '[{"role": 5}]', '[[[[[[]]]]]]'])(
  'no messages: %s',
  text => {
    expect(() => readMessages('chat.json', text)).toThrow('must have chat messages')
  },
)

const none = (): null => null

it('a promptfoo configuration: prompts in place, variants, defaults', () => {
  const text =
    'prompts: ["Say {{ word }}, {{name}}!", other]\ndefaultTest: {vars: {name: Ann}}\ntests: [{vars: {word: [a, b]}}, {vars: {word: 3, name: Bo}}]\n'
  expect(readPromptfoo('promptfooconfig.yaml', text, none)).toEqual({
    promptFile: null,
    variants: 1,
    before: 'Say ',
    filled: ['a, Ann!', '3, Bo!'],
    tests: 2,
  })
})

it.each(['prompts: [file://a.py]', 'prompts: [file://gone.txt]', 'prompts: 3', 'a: b', '- 1', 'tests: file://t.csv'])(
  'one that states no prompt to read: %s',
  text => {
    expect(readPromptfoo('promptfooconfig.yaml', text, none)).toBeNull()
  },
)

it('a template that repeats a long value stays small', () => {
  const text = `prompts: ["${'{{a}}'.repeat(1000)}"]\ntests: [{vars: {a: "${'x'.repeat(100_000)}"}}]\n`
  expect(readPromptfoo('promptfooconfig.yaml', text, none)?.filled[0]?.length).toBe(2 ** 20)
})
