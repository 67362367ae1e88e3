import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readTools } from '../../../src/load/tools/read-tools.ts'
import { countTools, findTemplate, loadCounter } from '../../../src/tokens/index.ts'
import { fakeIo, repository } from '../../fake-io.ts'

interface Tool {
  readonly name: string
  readonly description: string
  readonly parameters: object
}

/** The same list as each API takes it, with keys that are not part of the prompt. */
const FORMS: Readonly<Record<string, (tools: readonly Tool[]) => unknown>> = {
  chat: tools => tools.map(tool => ({ type: 'function', function: tool })),
  wrapped: tools => ({ tools: tools.map(tool => ({ type: 'function', function: tool, cache_control: {} })) }),
  responses: tools => tools.map(tool => ({ type: 'function', ...tool, strict: true })),
  anthropic: tools =>
    tools.map(({ parameters, ...about }) => ({
      ...about,
      input_schema: parameters,
      cache_control: { type: 'ephemeral' },
    })),
  gemini: tools => [{ functionDeclarations: tools.map(tool => ({ ...tool, parameters: upper(tool.parameters) })) }],
  geminiJson: tools => ({
    tools: [
      {
        functionDeclarations: tools.map(({ parameters, ...about }) => ({ ...about, parametersJsonSchema: parameters })),
      },
    ],
  }),
  mcp: tools => ({
    jsonrpc: '2.0',
    result: {
      tools: tools.map(({ parameters, ...about }) => ({
        title: 'T',
        ...about,
        inputSchema: parameters,
        annotations: {},
      })),
    },
  }),
  bare: tools => ({ functions: tools }),
}

/** Types in upper case, as Gemini writes them. */
const upper = (schema: object): object =>
  JSON.parse(
    JSON.stringify(schema).replace(/"type":"([a-z]+)"/g, (_, type: string) => `"type":"${type.toUpperCase()}"`),
  )

const property = fc.record(
  {
    type: fc.constantFrom('string', 'number', 'boolean'),
    description: fc.string({ maxLength: 20 }),
    enum: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['type'] },
)
const name = fc.stringMatching(/^[a-z]{1,8}$/)
const tool = fc.record({
  name,
  description: fc.string({ maxLength: 40 }).filter(text => !text.includes('"type"')),
  parameters: fc.record({
    type: fc.constant('object'),
    properties: fc.dictionary(name, property, { maxKeys: 3, noNullPrototype: true }),
  }),
})

it('the same tools count the same in every form', async () => {
  const { shipped } = fakeIo(repository)
  const means = await Promise.all(
    [
      { name: 'o200k_base', template: findTemplate('openai'), model: 'gpt-5.5' },
      { name: 'deepseek-v3', template: findTemplate('deepseek-v4'), model: 'deepseek-v4-pro' },
      { name: 'claude-4.7', template: null, model: 'claude-opus-4.8' },
      { name: 'gemini', template: null, model: 'gemini-4-argon' },
    ].map(async ({ name, ...rest }) => {
      const counter = await loadCounter(name, shipped)
      if (!counter) throw new Error(`there is no counter ${name}`)
      return { counter, ...rest }
    }),
  )
  fc.assert(
    fc.property(fc.array(tool, { minLength: 1, maxLength: 3 }), tools => {
      for (const one of means) {
        const counts = Object.entries(FORMS).map(([form, write]) => ({
          form,
          ...countTools(readTools('tools.json', JSON.stringify(write(tools))).tools, one),
        }))
        for (const { form, ...count } of counts)
          expect([form, count]).toEqual([form, { ...counts[0], form: undefined }])
      }
    }),
    { numRuns: 40 },
  )
})
