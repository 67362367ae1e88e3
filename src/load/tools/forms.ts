import * as z from 'zod/mini'
import { fault } from '../../model/units.ts'

type Fields = Readonly<Record<string, unknown>>

/** One provider's form of a function. */
interface Form {
  /** Whose form it is, in words. */
  readonly name: string
  /** Whether a tool is meant in this form, even if it has faults. */
  readonly is: (tool: Fields) => boolean
  readonly schema: z.core.$ZodType
  /** The key under which name, description and schema are; left out: they are the tool's own keys. */
  readonly inside?: string
  /** The keys of the schema of the arguments. */
  readonly parameters: readonly string[]
}

const any = z.optional(z.unknown())
const text = z.string()
const object = z.record(z.string(), z.unknown())

/** Programs write what is left out as null. */
const maybe = <T extends z.core.$ZodType>(schema: T) => z.optional(z.nullable(schema))

const about = {
  name: text.check(z.minLength(1, fault('must not be empty', 'write the name of the function'))),
  description: maybe(text),
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The key of Anthropic's that says where a cached prefix ends; gateways take it in other forms too. */
const marked = { cache_control: any }

/**
 * The forms of a function, one row each; the first that fits is meant. Keys that an API takes beside the definition are
 * known but not counted: they say how a tool is called, checked or shown, and are not part of the prompt.
 *
 * @see https://platform.openai.com/docs/api-reference, https://platform.claude.com/docs/en/api/messages,
 *   https://ai.google.dev/api/caching#FunctionDeclaration, https://modelcontextprotocol.io/specification
 */
export const FORMS: readonly Form[] = [
  {
    name: "OpenAI's chat completions",
    is: tool => isObject(tool['function']),
    schema: z.strictObject({
      type: z.literal('function'),
      function: z.strictObject({ ...about, parameters: maybe(object), strict: maybe(z.boolean()), ...marked }),
      ...marked,
    }),
    inside: 'function',
    parameters: ['parameters'],
  },
  {
    name: "OpenAI's Responses",
    is: tool => tool['type'] === 'function',
    schema: z.strictObject({
      ...{ type: z.literal('function'), ...about, parameters: maybe(object), strict: maybe(z.boolean()) },
      ...{ defer_loading: any, ...marked },
    }),
    parameters: ['parameters'],
  },
  {
    name: "Anthropic's",
    is: tool => 'input_schema' in tool,
    schema: z.strictObject({
      ...{ type: maybe(z.literal('custom')), ...about, input_schema: object, input_examples: maybe(z.array(object)) },
      ...{ strict: any, defer_loading: any, allowed_callers: any, eager_input_streaming: any, ...marked },
    }),
    parameters: ['input_schema'],
  },
  {
    name: "MCP's",
    is: tool => 'inputSchema' in tool,
    schema: z.strictObject({
      ...{ ...about, inputSchema: object },
      ...{ title: any, outputSchema: any, annotations: any, icons: any, execution: any, _meta: any },
    }),
    parameters: ['inputSchema'],
  },
  {
    name: "Gemini's",
    is: tool => 'parametersJsonSchema' in tool || 'parameters_json_schema' in tool,
    schema: z.strictObject({
      ...{ ...about, parametersJsonSchema: maybe(object), parameters_json_schema: maybe(object) },
      ...{ response: any, responseJsonSchema: any, response_json_schema: any, behavior: any },
    }),
    parameters: ['parametersJsonSchema', 'parameters_json_schema'],
  },
  {
    name: 'bare functions',
    is: tool => !('type' in tool) && 'name' in tool && ('parameters' in tool || 'description' in tool),
    schema: z.strictObject({
      ...{ ...about, parameters: maybe(object), strict: any },
      ...{ response: any, responseJsonSchema: any, response_json_schema: any, behavior: any, ...marked },
    }),
    parameters: ['parameters'],
  },
]

/** Words as providers name their tools: `web_search`, `bash_20250124`, `googleSearch`, `$web_search`. */
const TOOL_NAME = /^\$?[a-zA-Z]+(?:[_-][a-z0-9]+)*$/
const LONGEST_NAME = 60

const isToolName = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LONGEST_NAME && TOOL_NAME.test(value)

/**
 * The name of a tool of the provider's own, such as web search: by its type (`{"type": "web_search"}`) or its only key
 * (`{"googleSearch": {}}`). `null`: it is none.
 */
export const builtInName = (tool: Fields): string | null => {
  const { type } = tool
  if (type !== undefined) return isToolName(type) ? type : null
  const [key, ...rest] = Object.keys(tool)
  const value = key === undefined ? undefined : tool[key]
  return rest.length === 0 && isToolName(key) && isObject(value) && !('name' in value) ? key : null
}
