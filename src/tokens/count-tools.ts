import { exact, toDecimals } from '../model/number/money.ts'
import type { Template } from '../model/scenario/counted.ts'
import type { Count, Counter } from './tokenizer.ts'

/** A function that a model may call, with its keys in the order of the file. */
export interface ToolDefinition {
  readonly name: string
  readonly description?: string | undefined
  /** JSON Schema of the arguments. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined
  readonly strict?: boolean | undefined
}

export type CountedTools = Count & { readonly exact: boolean }

/** The tokens of tool definitions as a provider renders them. */
type ToolRule = (tools: readonly ToolDefinition[], counter: Counter) => CountedTools

/**
 * Counts the tokens that tool definitions add to a prompt: by the documented rule of the model's chat template, else
 * estimated from their JSON text.
 *
 * @throws {InputError} TEXT_TOO_HARD
 */
export const countTools = (
  tools: readonly ToolDefinition[],
  counter: Counter,
  template: Template | null,
): CountedTools => {
  if (tools.length === 0) return { tokens: 0, low: 0, high: 0, exact: true }
  const name = template?.name ?? ''
  const rule = Object.hasOwn(RULES, name) ? (RULES[name] ?? jsonText) : jsonText
  return rule(tools, counter)
}

/**
 * OpenAI's documented rule for gpt-4o: a fixed number of tokens for each function, property and enum value, plus the
 * tokens of `name:description` and `name:type:description`, without a final full stop.
 *
 * @see OpenAI Cookbook, How to count tokens with tiktoken, section 7: 7 per function, 3 for having properties, 3 per
 *   property, -3 and 3 per value for an enum, 12 at the end
 */
const openAiRule: ToolRule = (tools, counter) => {
  // The rule does not cover nested objects, lists, or items without a description.
  if (!tools.every(isCovered)) return jsonText(tools, counter)
  const lines: string[] = []
  let fixed = 12
  for (const { name, description = '', parameters } of tools) {
    fixed += 7
    lines.push(`${name}:${withoutStop(description)}`)
    const properties = propertiesOf(parameters)
    if (properties.length > 0) fixed += 3
    for (const [key, { type, description: what, enum: choices = [] }] of properties) {
      fixed += 3 + (choices.length > 0 ? 3 * choices.length - 3 : 0)
      lines.push(`${key}:${type}:${withoutStop(what)}`, ...choices)
    }
  }
  const tokens = lines.reduce((sum, line) => sum + counter.count(line).tokens, fixed)
  return { tokens, low: tokens, high: tokens, exact: true }
}

const withoutStop = (text: string): string => text.replace(/\.$/, '')

interface Property {
  readonly type: string
  readonly description: string
  readonly enum?: readonly string[]
}

const propertiesOf = (parameters: ToolDefinition['parameters']): [string, Property][] =>
  Object.entries((parameters?.['properties'] ?? {}) as Record<string, Property>)

const PROPERTY_KEYS = ['type', 'description', 'enum']
const PARAMETER_KEYS = ['type', 'properties', 'required', 'additionalProperties']

const isCovered = ({ description, parameters = {} }: ToolDefinition): boolean =>
  description !== undefined &&
  Object.keys(parameters).every(key => PARAMETER_KEYS.includes(key)) &&
  Object.values(parameters['properties'] ?? {}).every(
    (property: unknown) =>
      typeof property === 'object' &&
      property !== null &&
      Object.keys(property).every(key => PROPERTY_KEYS.includes(key)) &&
      'type' in property &&
      typeof property.type === 'string' &&
      'description' in property &&
      typeof property.description === 'string' &&
      (!('enum' in property) ||
        (Array.isArray(property.enum) && property.enum.every(choice => typeof choice === 'string'))),
  )

/**
 * DeepSeek's published encoding of V4 and V4.1: a fixed text with one line of JSON per function, spaced as in Python.
 *
 * @param around - tokens of the fixed text, including the two line breaks that separate it from the system message
 * @see encoding_dsv4.py and encoding_dsv41.py of the releases, counted with the published tokenizer of V4
 */
const deepSeekRule =
  (around: number): ToolRule =>
  (tools, counter) => {
    // Line breaks after the last brace are part of its token.
    const { tokens } = counter.count(`${tools.map(asPython).join('\n')}\n\n`)
    return { tokens: around + tokens, low: around + tokens, high: around + tokens, exact: true }
  }

/** JSON as Python's json.dumps formats it: a space after every comma and colon, non-ASCII letters unescaped. */
const asPython = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(asPython).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const pairs = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${asPython(inner)}`)
  return `{${pairs.join(', ')}}`
}

/**
 * Tokens of the text that Anthropic adds before tools, without the tools themselves: 346 for Claude 4 models, 159 to
 * 530 for others.
 *
 * @see https://docs.anthropic.com/en/docs/tool-use-pricing-and-tokens
 */
const CLAUDE_TOOLS: Count = { tokens: 346, low: 159, high: 530 }
const NONE: Count = { tokens: 0, low: 0, high: 0 }

/**
 * Estimate if no rule is known: at most the JSON text of the definitions, and at least half of it, since known
 * renderings leave out quotes, braces and `required`.
 */
const jsonText: ToolRule = (tools, counter) => {
  const text = counter.count(JSON.stringify(tools))
  const before = counter.name.startsWith('claude') ? CLAUDE_TOOLS : NONE
  return {
    tokens: before.tokens + Number(toDecimals(exact(text.tokens).times('0.75'), 0)),
    low: before.low + Math.floor(text.low / 2),
    high: before.high + text.high,
    exact: false,
  }
}

/** How each chat template renders tools, one row each. */
const RULES: Readonly<Record<string, ToolRule>> = {
  openai: openAiRule,
  'deepseek-v4': deepSeekRule(222),
  'deepseek-v4.1': deepSeekRule(212),
}
