import { exact, toDecimals } from '../../model/number/money.ts'
import type { Count } from '../tokenizer.ts'
import { compact, type Json } from './json.ts'
import type { ToolDefinition, ToolRule } from './tool-definition.ts'

/** Definitions as JSON. @param schema - what the provider calls the schema of the arguments */
export const jsonOf = (tools: readonly ToolDefinition[], schema: 'parameters' | 'input_schema'): string =>
  compact(
    tools.map(({ name, description, parameters, examples }) => {
      const fields = new Map<string, Json>([['name', name]])
      if (description !== null) fields.set('description', description)
      if (parameters) fields.set(schema, parameters)
      if (examples && schema === 'input_schema') fields.set('input_examples', examples)
      return fields
    }),
  )

/** Half of a count, rounded down. */
export const halfOf = (tokens: number): number => Math.floor(tokens / 2)

/** Counts added up. */
export const sumOf = (counts: readonly Count[]): Count => ({
  tokens: counts.reduce((sum, { tokens }) => sum + tokens, 0),
  low: counts.reduce((sum, { low }) => sum + low, 0),
  high: counts.reduce((sum, { high }) => sum + high, 0),
})

/**
 * What definitions come to in a rendering that is not known: at most their JSON, and at least half of it, since known
 * renderings leave out quotes, braces and `required`.
 *
 * @param json - tokens of the definitions as JSON
 */
export const rendered = (json: Count): Count => ({
  tokens: Number(toDecimals(exact(json.tokens).times('0.75'), 0)),
  low: halfOf(json.low),
  high: json.high,
})

/** The estimate where no rule is published. */
export const jsonRule: ToolRule = {
  rule: 'by three quarters of their JSON, from half of it to all of it: how the provider renders them is not published',
  count: (tools, counter) => ({ ...rendered(counter.count(jsonOf(tools, 'parameters'))), exact: false }),
}
