import type { Template } from '../../model/scenario/counted.ts'
import type { Counter } from '../tokenizer.ts'
import { claudeRule } from './claude-rule.ts'
import { deepSeekRule } from './deepseek-rule.ts'
import { jsonRule } from './json-rule.ts'
import { openAiRule } from './openai-rule.ts'
import type { CountedTools, ToolDefinition, ToolRule } from './tool-definition.ts'

/** What counts tools: the token counter, the chat template if it is known, and the model's id. */
interface ToolMeans {
  readonly counter: Counter
  readonly template: Template | null
  /** `null`: text is counted for a tokenizer, not for a model. */
  readonly model: string | null
}

/**
 * Counts the tokens that tool definitions add to a prompt: by the published rule of the model, else estimated from their
 * JSON text. Only a published encoding is exact.
 */
export const countTools = (tools: readonly ToolDefinition[], means: ToolMeans): CountedTools => {
  const { rule, count } = ruleOf(means)
  if (tools.length === 0) return { tokens: 0, low: 0, high: 0, exact: true, rule }
  return { ...count(tools, means.counter), rule }
}

/** How each chat template renders tools, one row each. */
const BY_TEMPLATE: Readonly<Record<string, ToolRule>> = {
  openai: openAiRule,
  'deepseek-v4': deepSeekRule(222, 'encoding_dsv4.py'),
  'deepseek-v4.1': deepSeekRule(212, 'encoding_dsv41.py'),
}

const ruleOf = ({ counter, template, model }: ToolMeans): ToolRule => {
  if (template && Object.hasOwn(BY_TEMPLATE, template.name)) return BY_TEMPLATE[template.name] ?? jsonRule
  if (counter.name.startsWith('claude')) return claudeRule(model)
  return counter.name === 'openai' ? openAiRule : jsonRule
}
