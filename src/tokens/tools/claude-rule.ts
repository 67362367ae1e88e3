import { claudeIn } from '../own-name.ts'
import type { Count } from '../tokenizer.ts'
import { jsonOf, rendered, sumOf } from './json-rule.ts'
import type { ToolRule } from './tool-definition.ts'

const SOURCE = 'platform.claude.com, tool use overview, a copy of mid-2026'

/**
 * Tokens of the prompt that Anthropic adds once where there are tools, beside their definitions: with `tool_choice`
 * `auto` or `none`, and with `any` or `tool`. By family and version.
 *
 * @see https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview, read in a copy of mid-2026
 */
const PROMPTS: Readonly<Record<string, readonly [auto: number, forced: number]>> = {
  'opus-4.8': [290, 410],
  'opus-4.7': [675, 804],
  'opus-4.6': [497, 589],
  'sonnet-4.6': [497, 589],
  'opus-4.5': [496, 588],
  'sonnet-4.5': [496, 588],
  'haiku-4.5': [496, 588],
  'sonnet-5': [354, 474],
  'opus-4': [313, 315],
  'opus-4.1': [313, 315],
  'sonnet-4': [313, 315],
  'haiku-3.5': [264, 355],
}

/** For a model that the table does not have: its median (Sonnet 5's), from its least to its greatest value. */
const UNKNOWN: Count = { tokens: 354, low: 264, high: 804 }

/** Claude's tools: the published prompt, and an estimate of the definitions from their JSON. */
export const claudeRule = (model: string | null): ToolRule => {
  const version = model === null ? null : claudeIn(model)
  const name = version && `${version.family}-${version.version}`
  const known = name !== null && Object.hasOwn(PROMPTS, name) ? PROMPTS[name] : undefined
  const before = known ? { tokens: known[0], low: known[0], high: known[1] } : UNKNOWN
  const json = 'and three quarters of their JSON, from half of it to all of it'
  return {
    rule: known
      ? `by Anthropic's own prompt for tools, ${known[0]} tokens, ${known[1]} where a call is forced (${SOURCE}), ${json}`
      : `by Anthropic's own prompt for tools, not published for ${model ?? 'this model'}: ${UNKNOWN.tokens} tokens, from ${UNKNOWN.low} to ${UNKNOWN.high}, as of other models (${SOURCE}), ${json}`,
    count: (tools, counter) => ({
      ...sumOf([before, rendered(counter.count(jsonOf(tools, 'input_schema')))]),
      exact: false,
    }),
  }
}
