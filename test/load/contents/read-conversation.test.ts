import { describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { readConversation } from '../../../src/load/contents/read-conversation.ts'
import type { Message } from '../../../src/tokens/index.ts'

const read = (value: unknown, file = 'chat.json') =>
  readConversation(file, typeof value === 'string' ? value : JSON.stringify(value))

/** A message in short: its role, then each content. */
const inShort = ({ role, contents }: Message): string =>
  [
    role,
    ...contents.map(one => {
      switch (one.kind) {
        case 'call':
          return `${one.name}(${typeof one.arguments === 'string' ? one.arguments : JSON.stringify(one.arguments)})`
        case 'image':
          return `image ${one.size ? `${one.size.width}×${one.size.height}` : '?'}${one.detail ? ` ${one.detail}` : ''}`
        case 'result':
          return `=> ${one.text}`
        default:
          return one.text
      }
    }),
  ].join(' | ')

// A GIF of 3 × 2 pixels.
const gif = Buffer.from([...Buffer.from('GIF89a'), 3, 0, 2, 0]).toString('base64')
const uri = `data:image/gif;base64,${gif}`

const CONVERSATION = [
  'system | Be brief.',
  'user | Look: | image 3×2',
  'assistant | I will. | find({"q":"x"})',
  'tool | => none',
  'assistant | None.',
]

describe('one conversation in each form', () => {
  it.each<{ form: string; value: unknown; of?: readonly string[] }>([
    {
      form: "OpenAI's chat completions",
      value: {
        model: 'm',
        messages: [
          { role: 'system', content: 'Be brief.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look:' },
              { type: 'image_url', image_url: { url: uri } },
            ],
          },
          {
            role: 'assistant',
            content: 'I will.',
            tool_calls: [{ id: '1', type: 'function', function: { name: 'find', arguments: '{"q":"x"}' } }],
          },
          { role: 'tool', tool_call_id: '1', content: 'none' },
          { role: 'assistant', content: 'None.' },
        ],
      },
    },
    {
      form: "OpenAI's Responses",
      value: {
        instructions: 'Be brief.',
        input: [
          {
            role: 'user',
            content: [
              { type: 'input_text', text: 'Look:' },
              { type: 'input_image', image_url: uri },
            ],
          },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'I will.' }] },
          { type: 'function_call', call_id: '1', name: 'find', arguments: '{"q":"x"}' },
          { type: 'function_call_output', call_id: '1', output: 'none' },
          { role: 'assistant', content: 'None.' },
        ],
      },
      of: [...CONVERSATION.slice(0, 2), 'assistant | I will.', 'assistant | find({"q":"x"})', ...CONVERSATION.slice(3)],
    },
    {
      form: "Anthropic's",
      value: {
        system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look:' },
              { type: 'image', source: { type: 'base64', media_type: 'image/gif', data: gif } },
            ],
          },
          {
            role: 'assistant',
            content: [
              { type: 'text', text: 'I will.' },
              { type: 'tool_use', id: '1', name: 'find', input: { q: 'x' } },
            ],
          },
          {
            role: 'user',
            content: [{ type: 'tool_result', tool_use_id: '1', content: [{ type: 'text', text: 'none' }] }],
          },
          { role: 'assistant', content: 'None.' },
        ],
      },
    },
    {
      form: "Gemini's",
      value: {
        systemInstruction: { parts: [{ text: 'Be brief.' }] },
        contents: [
          { role: 'user', parts: [{ text: 'Look:' }, { inlineData: { mimeType: 'image/gif', data: gif } }] },
          { role: 'model', parts: [{ text: 'I will.' }, { functionCall: { name: 'find', args: { q: 'x' } } }] },
          { role: 'user', parts: [{ functionResponse: { name: 'find', response: { n: 0 } } }] },
          { role: 'model', parts: [{ text: 'None.' }] },
        ],
      },
      of: [...CONVERSATION.slice(0, 3), 'tool | => {"n":0}', 'assistant | None.'],
    },
  ])('$form', ({ value, of = CONVERSATION }) => {
    expect(read(value).conversation.messages.map(inShort)).toEqual(of)
    expect(read(value).notes).toEqual([])
  })

  it('is the same as a list, in a batch file’s body, and a message a line', () => {
    const messages = [
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ]
    const lines = messages.map(one => JSON.stringify(one)).join('\r\n')
    for (const found of [
      read(messages),
      read({ custom_id: 'a', body: { messages } }),
      read([messages]),
      read(lines, 'chat.jsonl'),
    ]) {
      expect(found.conversation.messages.map(inShort)).toEqual(['system | Be brief.', 'user | Hi'])
    }
  })
})

it('reads the tools of a request body, and names those of the provider’s own', () => {
  const tools = [
    { name: 'a', input_schema: { type: 'object' } },
    { type: 'function', function: { name: 'b' } },
    { type: 'web_search_20250305', name: 'web_search' },
  ]
  const { conversation } = read({ messages: [{ role: 'user', content: 'Hi' }], tools })
  expect(conversation.tools.map(({ name }) => name)).toEqual(['a', 'b'])
  expect(conversation.builtIn).toEqual(['web_search_20250305'])
})

it('a picture by its address, or of unreadable bytes, is of unknown size', () => {
  const content = [
    { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
    { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
  ]
  expect(read([{ role: 'user', content }]).conversation.messages.map(inShort)).toEqual([
    'user | image ? low | image ? | image ?',
  ])
})

it('names what cannot be counted: data in text, files, sound, earlier reasoning', () => {
  const { conversation, notes } = read([
    {
      role: 'user',
      content: [
        { type: 'text', text: `see ${uri}` },
        { type: 'input_audio', input_audio: {} },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'hm', signature: 'AAAA' },
        { type: 'text', text: 'Hi' },
      ],
    },
  ])
  expect(conversation.messages.map(inShort)).toEqual(['user | see ', 'assistant | Hi'])
  expect(notes.map(({ code, what }) => `${code} ${what}`)).toEqual([
    'DATA_URI_LEFT_OUT data inside "chat.json" is not text and not counted: image/gif of 10 bytes',
    'CONTENT_LEFT_OUT "chat.json" has contents that are not counted: input_audio, reasoning',
  ])
})

const leftOut = (value: unknown): string | undefined =>
  read(value)
    .notes.find(({ code }) => code === 'CONTENT_LEFT_OUT')
    ?.what.split(': ')[1]

it.each<{ it: string; message: object; left: string }>([
  { it: 'a number', message: { role: 'user', content: 5 }, left: 'number' },
  { it: 'a number and a list in a list', message: { role: 'user', content: ['a', 5, null, []] }, left: 'number, list' },
  { it: 'a text under another key', message: { role: 'user', text: 'Hi' }, left: 'text' },
  { it: 'a refusal', message: { role: 'assistant', content: null, refusal: 'No.' }, left: 'refusal' },
  { it: 'sound by its id', message: { role: 'assistant', content: null, audio: { id: 'a' } }, left: 'audio' },
  { it: 'a call that is a text', message: { role: 'assistant', tool_calls: ['f'] }, left: 'tool_calls' },
])('names what a message has that is not counted: $it', ({ message, left }) => {
  expect(leftOut([message, { role: 'user', content: 'Hi' }])).toBe(left)
})

it('names a few of any number of things left out', () => {
  const keys = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`k${i}`, 1]))
  expect(leftOut([{ role: 'user', ...keys }])).toBe('k0, k1, k2, k3, k4')
  const { notes } = read([{ role: 'user', content: 'data:;base64,A '.repeat(200_000) }])
  expect(notes.map(({ code }) => code)).toEqual(['DATA_URI_LEFT_OUT'])
})

it.each<{ it: string; message: object }>([
  { it: 'no content', message: { role: 'user', content: null } },
  { it: 'no calls', message: { id: '1', role: 'assistant', content: 'a', refusal: null, tool_calls: null } },
])('leaves nothing out of a message with $it', ({ message }) => {
  expect(leftOut([message])).toBeUndefined()
})

it.each<{ it: string; value: unknown; messages: readonly string[] }>([
  { it: "Gemini's without a role", value: { contents: [{ parts: [{ text: 'Hi' }] }] }, messages: ['user | Hi'] },
  {
    it: "a call of OpenAI's custom tools",
    value: [{ role: 'assistant', tool_calls: [{ type: 'custom', custom: { name: 'run', input: 'ls' } }] }],
    messages: ['assistant | run(ls)'],
  },
  { it: 'an empty result', value: [{ role: 'tool', tool_call_id: '1', content: '' }], messages: ['tool | => '] },
  {
    it: "an empty result of Anthropic's",
    value: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: '1' }] }],
    messages: ['tool | => '],
  },
])('$it', ({ value, messages }) => {
  expect(read(value).conversation.messages.map(inShort)).toEqual(messages)
})

it('lines of JSON may have empty ones between them', () => {
  const { conversation } = read(
    '{"role": "user", "content": "a"}\n\n{"role": "assistant", "content": "b"}\n',
    'a.jsonl',
  )
  expect(conversation.messages.map(inShort)).toEqual(['user | a', 'assistant | b'])
})

it.each<{ it: string; value: unknown }>([
  { it: 'beside a text', value: { input: 'Hi', tools: [{ type: 'function', name: 'a' }] } },
  {
    it: 'under functions',
    value: { messages: [{ role: 'user', content: 'Hi' }], functions: [{ name: 'a', description: 'b' }] },
  },
  { it: 'in a line of a batch', value: [{ body: { input: 'Hi', tools: [{ type: 'function', name: 'a' }] } }] },
  {
    it: 'as one object',
    value: { contents: ['Hi'], tools: { functionDeclarations: [{ name: 'a', description: 'b' }] } },
  },
])('reads the tools of a body: $it', ({ value }) => {
  expect(read(value).conversation.tools.map(({ name }) => name)).toEqual(['a'])
})

it('keeps the numbers of a body’s tools as they are written', () => {
  const body = '{"input": "Hi", "tools": [{"name": "a", "parameters": {"default": 1.0}}]}'
  expect(JSON.stringify([...(read(body).conversation.tools[0]?.parameters ?? [])])).toBe('[["default",{"text":"1.0"}]]')
})

const problemOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code, at }) => `${code} ${at}`).join()
    throw error
  }
  return ''
}

it.each<{ it: string; value: unknown; file?: string; fault: string }>([
  { it: 'no messages', value: {}, fault: 'NO_MESSAGES chat.json' },
  { it: 'an empty list', value: [], fault: 'NO_MESSAGES chat.json' },
  {
    it: 'a fault in a tool of the body',
    value: '{"input": "Hi",\n "tools": [{"nme": "a"}]}',
    fault: 'INVALID chat.json:2:12',
  },
  { it: 'numbers', value: [1, 2], fault: 'NO_MESSAGES chat.json' },
  { it: 'an unknown role', value: [{ role: 'critic', content: 'No.' }], fault: 'NO_MESSAGES chat.json' },
  { it: 'an inherited role', value: [{ role: 'constructor', content: 'No.' }], fault: 'NO_MESSAGES chat.json' },
  {
    it: 'several conversations',
    value: [{ messages: [{ role: 'user', content: 'a' }] }, { messages: [{ role: 'user', content: 'b' }] }],
    fault: 'NO_MESSAGES chat.json',
  },
  {
    it: 'a broken line',
    value: '{"role": "user", "content": "a"}\n{"role"',
    file: 'a.jsonl',
    fault: 'SYNTAX a.jsonl:2',
  },
])('$it: $fault', ({ value, file, fault }) => {
  expect(problemOf(() => read(value, file))).toBe(fault)
})
