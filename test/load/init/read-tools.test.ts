import { describe, expect, it } from 'vitest'
import { readTools } from '../../../src/load/init/read-tools.ts'

const parameters = { type: 'object', properties: { id: { type: 'string' } } }
const about = { name: 'find', description: 'Finds it.' }
const chat = { type: 'function', function: { ...about, parameters } }

const read = (data: unknown) => readTools('tools.json', JSON.stringify(data))

// The same function as each API takes it.
describe.each([
  { form: "OpenAI's chat completions", data: [chat], readable: true },
  { form: "OpenAI's chat completions", data: { tools: [chat] }, readable: false },
  { form: "OpenAI's Responses", data: [{ type: 'function', ...about, parameters, strict: true }], readable: false },
  { form: "Anthropic's", data: [{ ...about, input_schema: parameters }], readable: false },
  { form: "Anthropic's", data: { tools: [{ type: 'custom', ...about, input_schema: parameters }] }, readable: false },
  { form: 'bare functions', data: { functionDeclarations: [{ ...about, parameters }] }, readable: false },
  { form: 'bare functions', data: [{ functionDeclarations: [{ ...about, parameters }] }], readable: false },
  {
    form: "Gemini's",
    data: [{ function_declarations: [{ ...about, parametersJsonSchema: parameters }] }],
    readable: false,
  },
  {
    form: "MCP's",
    data: { jsonrpc: '2.0', id: 1, result: { tools: [{ ...about, inputSchema: parameters }] } },
    readable: false,
  },
  { form: 'bare functions', data: { functions: [{ ...about, parameters }] }, readable: false },
])('$form', ({ form, data, readable }) => {
  it('is read as the same function', () => {
    expect(read(data)).toMatchObject({ form, readable, builtIn: [], tools: [{ ...about, parameters }] })
  })
})

it('tools of the provider’s own are named', () => {
  const own = [{ type: 'web_search_20250305', name: 'web_search', max_uses: 5 }, { googleSearch: {} }]
  expect(read([chat, ...own])).toMatchObject({
    readable: false,
    builtIn: ['web_search_20250305', 'googleSearch'],
    tools: [{ ...about, parameters }],
  })
})

it.each([[{}], [[1]], [{ tools: 3 }], ['text'], [[{ name: 'anthropic' }]], [{ result: { tools: [null] } }], [null]])(
  'one fault, not ten: %j',
  data => {
    expect(() => read(data)).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code: 'INVALID' })] }),
    )
  },
)

it('an empty list is no list of tools', () => {
  for (const data of [[], { tools: [] }]) expect(() => read(data)).toThrow('lists no tool')
})
