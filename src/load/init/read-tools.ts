import { InputError, problems } from '../../errors/index.ts'
import type { ToolDefinition } from '../../tokens/index.ts'
import { parseSource } from '../source/source.ts'

/** Tool definitions of a file, whatever API they are for. */
export interface ReadTools {
  /** Whether a scenario can name the file: it is a list in the form of OpenAI's chat completions, and no more. */
  readonly readable: boolean
  /** Whose form it is, in words. */
  readonly form: string
  /** The functions, as definitions that can be counted. */
  readonly tools: readonly ToolDefinition[]
  /** Tools of the provider's own, such as web search: they have no definition to count. */
  readonly builtIn: readonly string[]
}

type Fields = Readonly<Record<string, unknown>>

/** The forms of one function, one row each: how it is known, and where its parts are. */
const FORMS: readonly {
  readonly form: string
  readonly is: (tool: Fields) => boolean
  readonly inside?: string
  readonly parameters: string
}[] = [
  {
    form: "OpenAI's chat completions",
    is: tool => isObject(tool['function']),
    inside: 'function',
    parameters: 'parameters',
  },
  { form: "OpenAI's Responses", is: tool => tool['type'] === 'function', parameters: 'parameters' },
  { form: "Anthropic's", is: tool => 'input_schema' in tool, parameters: 'input_schema' },
  { form: "MCP's", is: tool => 'inputSchema' in tool, parameters: 'inputSchema' },
  { form: "Gemini's", is: tool => 'parametersJsonSchema' in tool, parameters: 'parametersJsonSchema' },
  {
    form: 'bare functions',
    is: tool => !('type' in tool) && ('parameters' in tool || 'description' in tool),
    parameters: 'parameters',
  },
]

/** Keys under which files wrap their list. */
const WRAPPERS = ['tools', 'functions', 'result', 'functionDeclarations', 'function_declarations'] as const

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads tool definitions in any of the common forms: OpenAI's chat completions and Responses, Anthropic's, Gemini's,
 * MCP's `tools/list`, and lists wrapped in an object.
 *
 * @throws {InputError} SYNTAX; NO_TOOLS; INVALID for a list of something else, as one problem
 */
export const readTools = (file: string, text: string): ReadTools => {
  const { data } = parseSource(file, text, 'never')
  const list = listIn(data)
  if (list.length === 0 && isEmpty(data)) throw new InputError([problems.noTools(file)])
  const found = list.map(toTool)
  const tools = found.flatMap(one => one?.definition ?? [])
  const builtIn = found.flatMap(one => one?.builtIn ?? [])
  if (tools.length === 0 || found.includes(null)) {
    const fix = 'write tools as an API takes them: OpenAI, Anthropic, Gemini or MCP'
    throw new InputError([{ ...problems.invalid('must be a list of tool definitions', fix), at: file }])
  }
  const forms = [...new Set(found.flatMap(one => one?.form ?? []))]
  const readable = Array.isArray(data) && list === data && forms.join() === FORMS[0]?.form && builtIn.length === 0
  return { readable, form: forms.join(' and '), tools, builtIn }
}

const isEmpty = (data: unknown): boolean =>
  Array.isArray(data) ? data.length === 0 : WRAPPERS.some(key => isObject(data) && isEmptyList(data[key]))
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0

/** The list of tools in a file; Gemini's functions lie in lists inside of the list. */
const listIn = (data: unknown): readonly unknown[] => {
  if (Array.isArray(data)) {
    const inner = data.flatMap((one: unknown) => (isObject(one) && declared(one)) || [one])
    return inner.length === data.length && inner.every((one, i) => one === data[i]) ? data : inner
  }
  if (!isObject(data)) return []
  const key = WRAPPERS.find(one => one in data)
  return key === undefined ? [] : listIn(data[key])
}

const declared = (tool: Fields): readonly unknown[] | undefined => {
  const list = tool['functionDeclarations'] ?? tool['function_declarations']
  return Array.isArray(list) ? list : undefined
}

interface Tool {
  readonly definition?: ToolDefinition
  readonly form?: string
  readonly builtIn?: string
}

/** One tool; `null`: it is none. */
const toTool = (tool: unknown): Tool | null => {
  if (!isObject(tool)) return null
  const row = FORMS.find(({ is }) => is(tool))
  const { name: called, type } = tool
  if (!row) {
    // Providers call their own tools by a type or by a single key: {"type": "web_search"}, {"googleSearch": {}}.
    const [key = ''] = Object.keys(tool)
    const own = typeof type === 'string' ? type : Object.keys(tool).length === 1 && isObject(tool[key]) ? key : null
    return own === null ? null : { builtIn: own }
  }
  const body = row.inside === undefined ? tool : (tool[row.inside] as Fields)
  const { name = called, description } = body
  if (typeof name !== 'string' || name === '') return null
  const parameters = body[row.parameters]
  return {
    form: row.form,
    definition: {
      name,
      ...(typeof description === 'string' ? { description } : {}),
      ...(isObject(parameters) ? { parameters } : {}),
    },
  }
}
