import type { Count, Counted, Counter } from '../tokenizer.ts'
import { pythonNumber } from '../tools/json.ts'
import type { Content, Message } from './conversation.ts'

interface Means {
  readonly counter: Counter
  /** Name of the model's chat template; `null`: none is known. */
  readonly template: string | null
}

/**
 * Counts calls of tools and their results: as the model's published encoding renders them, else estimated from the
 * call's JSON and the result's text. A message's own text is not counted here.
 */
export const countToolCalls = (messages: readonly Message[], { counter, template }: Means): Counted => {
  if (template === 'deepseek-v4' && counter.estimation === null && messages.every(isRendered)) {
    const tokens = messages.reduce((sum, message) => sum + renderedTokens(message, counter), 0)
    return { tokens, low: tokens, high: tokens, exact: true }
  }
  const counts = messages.flatMap(({ contents }) => contents).map(content => estimate(content, counter))
  const add = (key: 'tokens' | 'low' | 'high'): number => counts.reduce((sum, one) => sum + one[key], 0)
  return { tokens: add('tokens'), low: add('low'), high: add('high'), exact: false }
}

/** Tokens that a provider may put around a call or a result: its name, its id and marks. */
const MOST_AROUND = 20

/** A call is at least its name and arguments, and at most their JSON with half as much again. */
const estimate = (content: Content, counter: Counter): Count => {
  if (content.kind === 'result') {
    const { tokens, low, high } = counter.count(content.text)
    return { tokens, low, high: high + MOST_AROUND }
  }
  if (content.kind !== 'call') return { tokens: 0, low: 0, high: 0 }
  const given = typeof content.arguments === 'string' ? content.arguments : JSON.stringify(content.arguments ?? {})
  const json = counter.count(`{"name": ${JSON.stringify(content.name)}, "arguments": ${given}}`)
  const bare = Object.values(fieldsIn(content.arguments) ?? {}).map(value => counter.count(asText(value)).low)
  return {
    tokens: json.tokens,
    low: Math.min(
      json.low,
      bare.reduce((sum, one) => sum + one, counter.count(content.name).low),
    ),
    high: Math.ceil(json.high * 1.5) + MOST_AROUND,
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Levels of arguments in a text, as many as a file may have. */
const DEEPEST = 100

const isDeep = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some(one => isDeep(one, levels - 1)))

/** The arguments by name; `null`: they are no JSON object. */
const fieldsIn = (given: unknown): Readonly<Record<string, unknown>> | null => {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Record<string, unknown>
  if (typeof given !== 'string') return null
  try {
    const parsed: unknown = JSON.parse(given)
    return typeof parsed === 'object' && !isDeep(parsed, DEEPEST) ? fieldsIn(parsed) : null
  } catch {
    return null
  }
}

/** Whether the encoding's rendering of a message is known: text before its calls, or one result alone. */
const isRendered = ({ contents }: Message): boolean => {
  const calls = contents.filter(one => one.kind === 'call')
  const results = contents.filter(one => one.kind === 'result')
  if (results.length > 0) return contents.length === 1
  return calls.length === 0 || (contents.slice(-calls.length).every(one => one.kind === 'call') && calls.every(isPlain))
}

const isPlain = (content: Content): boolean =>
  content.kind === 'call' && fieldsIn(content.arguments) !== null && !hasPythonNumber(content.arguments)

/** Whether arguments have a number that Python, which renders them, writes in another way: `1.0`, `1e3`. */
const hasPythonNumber = (given: unknown): boolean => {
  const written = typeof given === 'string' ? given : JSON.stringify(given)
  const outside = written
    .replaceAll(/\\./g, '')
    .split('"')
    .filter((_, i) => i % 2 === 0)
  const numbers = outside.flatMap(text => text.match(/-?\d[\d.eE+-]*/g) ?? [])
  return numbers.some(one => pythonNumber(one) !== one || JSON.stringify(Number(one)) !== one)
}

/** The mark in the tags of a call: one token of DeepSeek's own, which texts never contain. */
const MARK = '｜DSML｜'

/**
 * Tokens that calls or a result add to a message.
 *
 * @see encoding_dsv4.py of DeepSeek-V4: each call a line of tags, strings as they are, other values as JSON
 */
const renderedTokens = ({ contents }: Message, counter: Counter): number => {
  const [first] = contents
  if (first?.kind === 'result') return counter.count(`<tool_result>${first.text}</tool_result>`).tokens
  const calls = contents.flatMap(one => (one.kind === 'call' ? [renderCall(one)] : []))
  if (calls.length === 0) return 0
  const texts = contents.flatMap(one => (one.kind === 'text' ? [one.text] : []))
  const whole = `${texts.at(-1) ?? ''}\n\n<${MARK}tool_calls>\n${calls.join('\n')}\n</${MARK}tool_calls>`
  return countMarked(whole, counter) - counter.count(texts.at(-1) ?? '').tokens
}

const renderCall = ({ name, arguments: given }: Extract<Content, { kind: 'call' }>): string => {
  const parameters = Object.entries(fieldsIn(given) ?? {}).map(([key, value]) => {
    const isText = typeof value === 'string'
    return `<${MARK}parameter name="${key}" string="${isText}">${isText ? value : asPython(value)}</${MARK}parameter>`
  })
  return `<${MARK}invoke name="${name}">\n${parameters.join('\n')}\n</${MARK}invoke>`
}

/** JSON as Python writes it. */
const asPython = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(asPython).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${asPython(inner)}`)
    .join(', ')}}`
}

/** Marks are tokens of their own; what stands between them is counted apart. */
const countMarked = (text: string, counter: Counter): number => {
  const pieces = text.split(MARK)
  return pieces.reduce((sum, piece) => sum + (piece === '' ? 0 : counter.count(piece).tokens), pieces.length - 1)
}
