import type { Counted, Counter } from '../tokenizer.ts'
import type { Json, JsonObject } from './json.ts'

/** A function that a model may call, whatever the form of the file that defines it. */
export interface ToolDefinition {
  readonly name: string
  readonly description: string | null
  /** JSON Schema of the arguments, its types in lower case. */
  readonly parameters: JsonObject | null
  /** Anthropic's `input_examples`, which are part of the prompt. */
  readonly examples: Json | null
  /** The `function` of chat completions: in that form as the file has it, its keys in their order. */
  readonly asFunction: JsonObject
}

export type CountedTools = Counted & { readonly rule: string }

/** How tool definitions are counted, and what that rests on. */
export interface ToolRule {
  /** The rule in words, with its source: "by …". */
  readonly rule: string
  count(tools: readonly ToolDefinition[], counter: Counter): Counted
}
