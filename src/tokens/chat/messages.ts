import type { Template } from '../../model/scenario/counted.ts'
import type { Count, Counted, Counter } from '../tokenizer.ts'
import { countTools } from '../tools/count-tools.ts'
import type { CountedTools } from '../tools/tool-definition.ts'
import type { Conversation, Message, Role } from './conversation.ts'
import type { ImageRule } from './images.ts'
import { countToolCalls } from './tool-calls.ts'

/** Tokens of a conversation by what they are; what it does not have is `null`. */
export interface CountedConversation {
  readonly text: Counted | null
  readonly tool_calls: Counted | null
  readonly tools: CountedTools | null
  readonly image: Counted | null
  /** Tokens that the chat template adds around the messages. */
  readonly template: Counted | null
}

interface Means {
  readonly counter: Counter
  readonly template: Template | null
  /** The model's id; `null`: it is in no book. */
  readonly model: string | null
  /** Throws if the model has none; asked only where there are pictures. */
  readonly images: () => ImageRule
  /** Whether the template's messages stand in an order that it covers. */
  readonly covered: boolean
}

/**
 * Counts a conversation: texts one by one, calls and results as the provider renders them, pictures by its rule.
 *
 * @throws {InputError} NO_IMAGE_RULE
 */
export const countConversation = ({ messages, tools }: Conversation, means: Means): CountedConversation => {
  const { counter, template } = means
  const exact = counter.estimation === null
  const contents = messages.flatMap(one => one.contents)
  const texts = contents.filter(one => one.kind === 'text').map(({ text }) => ({ ...counter.count(text), exact }))
  const pictures = contents.filter(one => one.kind === 'image')
  const rule = pictures.length > 0 ? means.images() : null
  const around = template ? messages.map(message => aroundOf(message, template, means.covered)) : []
  return {
    text: total(texts),
    tool_calls: total(
      messages.some(hasCalls) ? [countToolCalls(messages, { counter, template: template?.name ?? null })] : [],
    ),
    tools: tools.length > 0 ? countTools(tools, means) : null,
    image: rule && total(pictures.map(one => ({ ...rule.count(one), exact: false }))),
    template: total(around.filter(({ high }) => high > 0)),
  }
}

const hasCalls = ({ contents }: Message): boolean => contents.some(({ kind }) => kind === 'call' || kind === 'result')

const total = (counts: readonly Counted[]): Counted | null => {
  if (counts.length === 0) return null
  const add = (key: keyof Count): number => counts.reduce((sum, one) => sum + one[key], 0)
  return { tokens: add('tokens'), low: add('low'), high: add('high'), exact: counts.every(one => one.exact) }
}

/** What the template adds around a message; results stand in a user's message, and a name is a token more. */
const aroundOf = ({ role, named }: Message, template: Template, covered: boolean): Counted => {
  const tokens = { system: template.system, user: template.user, tool: template.user, assistant: template.answer }[role]
  const name = template.name === 'openai' && named ? 1 : 0
  if (covered) return { tokens: tokens + name, low: tokens + name, high: tokens + name, exact: template.exact }
  return { tokens: tokens + name, low: Math.min(1, tokens), high: tokens + name + 1, exact: false }
}

/** Templates that put an answer's mark behind each message of a user, so that roles must take turns. */
const TAKE_TURNS: ReadonlySet<string> = new Set(['deepseek-v3', 'deepseek-v3.1', 'deepseek-v4', 'deepseek-v4.1'])
const LETTERS: Readonly<Record<Role, string>> = { system: 's', user: 'u', tool: 'u', assistant: 'a' }

/** Whether a template's tokens around messages are known for messages in this order. */
export const coversRoles = (template: string, roles: readonly Role[]): boolean =>
  !TAKE_TURNS.has(template) || /^s?(?:ua)*u?$/.test(roles.map(role => LETTERS[role]).join(''))
