import { collect, InputError, type Problem, problems } from '../../errors/index.ts'
import { isJsonObject, type Json, type JsonObject, type ToolDefinition } from '../../tokens/index.ts'
import { checkSchema } from '../source/check-schema.ts'
import { inFileOrder, type Source } from '../source/places.ts'
import { parseSource } from '../source/source.ts'
import { builtInName, FORMS } from './forms.ts'
import { keepJson } from './kept-json.ts'
import { lowerTypes } from './lower-types.ts'

/** Tool definitions of a file, whatever API they are for. */
export interface ReadTools {
  /** The functions, as definitions that can be counted. */
  readonly tools: readonly ToolDefinition[]
  /** Tools of the provider's own, such as web search: they have no definition to count. */
  readonly builtIn: readonly string[]
}

type Path = readonly (string | number)[]
type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Keys under which files wrap their list. */
const WRAPPERS = ['tools', 'functions', 'result', 'functionDeclarations', 'function_declarations']

/** Keys under which Gemini's functions lie inside of a list of tools. */
const DECLARED = ['functionDeclarations', 'function_declarations']

const FIX = 'write tools as an API takes them: OpenAI, Anthropic, Gemini or MCP'

/**
 * Reads tool definitions in any of the common forms: OpenAI's chat completions and Responses, Anthropic's, Gemini's,
 * MCP's `tools/list`, bare functions, and each of these wrapped in an object. One file may mix them.
 *
 * @param name - the file's name, for problems
 * @param within - where the definitions stand in it; left out: it is a file of definitions
 * @throws {InputError} EMPTY_FILE, SYNTAX; every fault of every tool, located
 */
export const readTools = (name: string, text: string, within: readonly Path[] = [[]]): ReadTools => {
  if (within.length === 0) return { tools: [], builtIn: [] }
  const source = parseSource(name, text, 'never')
  const paths = within.flatMap(path => {
    const found = listIn(valueAt(source.data, path), path)
    if (found) return found
    throw new InputError([source.locate({ ...problems.invalid('must be a list of tool definitions', FIX), path })])
  })
  const kept = keepJson(text, source.data)
  const faults: Problem[] = []
  const read = paths.flatMap(path => collect(faults, () => readTool(path, { source, kept })) ?? [])
  if (faults.length > 0) throw new InputError(inFileOrder(faults))
  return {
    tools: read.filter(one => typeof one !== 'string'),
    builtIn: [...new Set(read.filter(one => typeof one === 'string'))],
  }
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, step) => (value as Fields)[step], data)

/** The paths of the tools in a file; `null` if it is no list. */
const listIn = (data: unknown, path: Path): Path[] | null => {
  if (Array.isArray(data)) return data.flatMap((one: unknown, i) => declaredIn(one, [...path, i]))
  const key = isObject(data) ? WRAPPERS.find(one => Object.hasOwn(data, one)) : undefined
  return key === undefined ? null : listIn((data as Fields)[key], [...path, key])
}

/** Tools of the provider's own may stand beside the functions of one entry. */
const declaredIn = (tool: unknown, path: Path): Path[] => {
  const key = isObject(tool) ? DECLARED.find(one => Array.isArray(tool[one])) : undefined
  if (key === undefined || !isObject(tool)) return [path]
  const functions = (tool[key] as unknown[]).map((_, i) => [...path, key, i])
  return [...functions, ...Object.keys(tool).flatMap(other => (other === key ? [] : [[...path, other]]))]
}

/** One tool; the name alone of one of the provider's own. @throws {InputError} each of its faults */
const readTool = (
  path: Path,
  { source, kept }: { readonly source: Source; readonly kept: Json },
): ToolDefinition | string => {
  const tool = valueAt(source.data, path)
  const last = path.at(-1)
  // A sibling of Gemini's declarations: {"functionDeclarations": […], "googleSearch": {}}.
  const beside = typeof last === 'string' ? builtInName({ [last]: tool }) : null
  if (beside !== null) return beside
  const form = isObject(tool) ? FORMS.find(({ is }) => is(tool)) : undefined
  if (!form) {
    const own = isObject(tool) ? builtInName(tool) : null
    if (own !== null) return own
    throw new InputError([source.locate({ ...problems.invalid('must be a tool definition', FIX), path })])
  }
  checkSchema(form.schema, below(source, tool, path))
  const whole = path.reduce<Json | undefined>(stepInto, kept)
  const body = form.inside === undefined ? whole : stepInto(whole, form.inside)
  if (!isJsonObject(body)) throw new Error('a checked tool is an object')
  return toDefinition(body, form.parameters.map(key => body.get(key)).find(isJsonObject) ?? null, form.inside)
}

const stepInto = (value: Json | undefined, step: string | number): Json | undefined => {
  if (isJsonObject(value)) return value.get(String(step))
  return Array.isArray(value) ? (value as readonly Json[])[Number(step)] : undefined
}

/** A source of one value, whose problems are located in the whole. */
const below = (source: Source, data: unknown, path: Path): Source => ({
  ...source,
  data,
  placeOf: (inner, part) => source.placeOf([...path, ...inner], part),
  locate: problem => source.locate({ ...problem, path: [...path, ...(problem.path ?? [])] }),
})

const textIn = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null)

const withoutMark = (body: JsonObject): JsonObject => new Map([...body].filter(([key]) => key !== 'cache_control'))

/** @param inside - where it is set, the body is a `function` of chat completions, which is sent as it is */
const toDefinition = (body: JsonObject, written: JsonObject | null, inside: string | undefined): ToolDefinition => {
  const [name, description] = [textIn(body.get('name')) ?? '', textIn(body.get('description'))]
  const parameters = written && lowerTypes(written)
  const asFunction = new Map<string, Json>([['name', name]])
  if (description !== null) asFunction.set('description', description)
  if (parameters) asFunction.set('parameters', parameters)
  const examples = body.get('input_examples') ?? null
  return { name, description, parameters, examples, asFunction: inside === undefined ? asFunction : withoutMark(body) }
}
