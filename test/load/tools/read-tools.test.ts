import { describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { readTools } from '../../../src/load/tools/read-tools.ts'
import { compact } from '../../../src/tokens/tools/json.ts'

const parameters = { type: 'object', properties: { id: { type: 'string' } } }
const about = { name: 'find', description: 'Finds it.' }
const chat = { type: 'function', function: { ...about, parameters } }
const upper = { type: 'OBJECT', properties: { id: { type: 'STRING' } } }

const read = (data: unknown) => {
  const { tools, builtIn } = readTools('tools.json', JSON.stringify(data))
  return { tools: tools.map(({ asFunction }) => compact(asFunction)), builtIn }
}

const SAME = [JSON.stringify({ ...about, parameters })]

// The same function as each API takes it.
describe.each([
  { form: "OpenAI's chat completions", data: [chat] },
  { form: "OpenAI's chat completions, wrapped", data: { tools: [chat] } },
  { form: 'a whole request', data: { model: 'gpt-5.5', messages: [], tools: [chat] } },
  { form: "OpenAI's Responses", data: [{ type: 'function', ...about, parameters, strict: true }] },
  { form: "Anthropic's", data: [{ ...about, input_schema: parameters, cache_control: { type: 'ephemeral' } }] },
  { form: "Anthropic's, wrapped", data: { tools: [{ type: 'custom', ...about, input_schema: parameters }] } },
  { form: "Gemini's", data: [{ functionDeclarations: [{ ...about, parameters: upper }] }] },
  { form: "Gemini's, wrapped", data: { tools: [{ functionDeclarations: [{ ...about, parameters }] }] } },
  { form: "Gemini's, alone", data: { functionDeclarations: [{ ...about, parameters }] } },
  {
    form: "Gemini's with JSON Schema",
    data: [{ function_declarations: [{ ...about, parametersJsonSchema: parameters }] }],
  },
  { form: "MCP's", data: { tools: [{ title: 'Find', ...about, inputSchema: parameters, annotations: {} }] } },
  {
    form: "MCP's answer",
    data: { jsonrpc: '2.0', id: 1, result: { tools: [{ ...about, inputSchema: parameters, outputSchema: {} }] } },
  },
  { form: 'bare functions', data: { functions: [{ ...about, parameters }] } },
])('$form', ({ data }) => {
  it('is read as the same function', () => expect(read(data)).toEqual({ tools: SAME, builtIn: [] }))
})

it('numbers keep their text, and keys their order', () => {
  const schema = '{"type":"object","properties":{"2":{"default":1e3},"1":{"enum":[1.0,0.10,-0]}}}'
  for (const text of [
    `[{"name":"f","parameters":${schema}}]`,
    `{"tools": [{"name": "f", "input_schema": ${schema}}]}`,
  ]) {
    const [tool] = readTools('tools.json', text).tools
    expect(compact(tool?.parameters ?? null)).toBe(schema)
  }
})

it('types are in lower case, but not what looks like one', () => {
  const schema = {
    type: 'OBJECT',
    properties: {
      type: { type: 'STRING', enum: ['STRING'] },
      list: { type: 'ARRAY', items: { anyOf: [{ type: 'NUMBER' }, { type: 'NULL' }] }, default: { type: 'STRING' } },
    },
  }
  const [tool] = readTools(
    'tools.json',
    JSON.stringify([{ functionDeclarations: [{ ...about, parameters: schema }] }]),
  ).tools
  expect(JSON.parse(compact(tool?.parameters ?? null))).toEqual({
    type: 'object',
    properties: {
      type: { type: 'string', enum: ['STRING'] },
      list: { type: 'array', items: { anyOf: [{ type: 'number' }, { type: 'null' }] }, default: { type: 'STRING' } },
    },
  })
})

it('tools of the provider’s own are named, once each', () => {
  const own = [
    { type: 'web_search_20250305', name: 'web_search', max_uses: 5 },
    { googleSearch: {} },
    { type: 'web_search_20250305', name: 'web_search' },
    { functionDeclarations: [{ ...about, parameters }], codeExecution: {} },
  ]
  expect(read([chat, ...own])).toEqual({
    tools: [...SAME, ...SAME],
    builtIn: ['web_search_20250305', 'googleSearch', 'codeExecution'],
  })
})

describe('faults', () => {
  const faultsIn = (text: string): string[] => {
    try {
      readTools('tools.json', text)
    } catch (error) {
      if (error instanceof InputError) return error.problems.map(({ code, at }) => `${code} ${at}`)
      throw error
    }
    return []
  }

  it.each([
    ['{}', '1:1'],
    ['[1]', '1:2'],
    ['{"tools": 3}', '1:1'],
    ['"text"', '1:1'],
    ['[{"name": "anthropic"}]', '1:2'],
    ['[{"toolSpec": {"name": "f"}}]', '1:2'],
    ['{"result": {"tools": [null]}}', '1:23'],
  ])('%s: one, at %s', (text, at) => {
    expect(faultsIn(text)).toEqual([`INVALID tools.json:${at}`])
  })

  it('of all tools are told at once, each at its place', () => {
    const text = `{"tools": [
  {"name": "f", "input_schema": 3, "cache": 1},
  {"type": "function", "function": {"description": "d"}},
  5,
  {"functionDeclarations": [{"name": "", "description": "d"}]}
]}`
    expect(faultsIn(text)).toEqual([
      'INVALID tools.json:2:33',
      'UNKNOWN_KEY tools.json:2:36',
      'MISSING_KEY tools.json:3:24',
      'INVALID tools.json:4:3',
      'INVALID tools.json:5:38',
    ])
  })
})
