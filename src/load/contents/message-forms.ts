import type { Content, Message, Role } from '../../tokens/index.ts'
import { cutDataUris, type DataUri } from './data-uris.ts'
import { type Fields, isFields } from './is-fields.ts'
import { pictureOf } from './pictures.ts'

/**
 * Messages in the forms of OpenAI (Chat Completions, Responses), Anthropic and Gemini, brought into one. The JSON around
 * texts is taken off, as no model is sent it.
 */

/** What the messages of a file have beside what can be counted. */
export interface Left {
  /** Whatever has no tokens here: files, sound, earlier reasoning, and what no API takes. */
  readonly kinds: string[]
  /** Data inside texts. */
  readonly data: DataUri[]
}

const ROLES: Readonly<Record<string, Role>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  model: 'assistant',
  ai: 'assistant',
  gpt: 'assistant',
  tool: 'tool',
  function: 'tool',
}

/** One message; `null`: the value is none. */
export const toMessage = (value: unknown, left: Left): Message | null => {
  if (!isFields(value)) return null
  const item = toItem(value, left)
  if (item) return item
  const { name, content, parts } = value
  const role = roleOf(value)
  if (role === undefined) return null
  const contents = contentsOf(content ?? parts, left)
  // In Chat Completions a result is a message of its own, and calls stand beside the content.
  const own = role === 'tool' ? asResults(contents) : contents
  for (const kind of besideContent(value)) left.kinds.push(kind)
  const called = [value['tool_calls'] ?? [], value['function_call'] ?? []].flat()
  const calls = called.filter(isFields).map(one => callOf([one['function'], one['custom']].find(isFields) ?? one))
  if (calls.length < called.length) left.kinds.push('tool_calls')
  const isResults = own.length > 0 && own.every(({ kind }) => kind === 'result')
  return {
    role: isResults ? 'tool' : role,
    named: typeof name === 'string' && role !== 'tool',
    contents: [...own, ...calls],
  }
}

/** Gemini's messages of a user may leave their role out. */
const roleOf = ({ role, parts }: Fields): Role | undefined => {
  if (role === undefined && parts !== undefined) return 'user'
  return typeof role === 'string' && Object.hasOwn(ROLES, role) ? ROLES[role] : undefined
}

/** Keys under which a message may have more than its content and its calls. */
const BESIDE = ['reasoning_content', 'reasoning', 'refusal', 'audio'] as const
/** Keys without which a message says nothing, and those that say nothing by themselves. */
const SAYING = ['content', 'parts', 'tool_calls', 'function_call']
const SILENT = ['role', 'name', 'id', 'type', 'status', 'tool_call_id', ...BESIDE]

/** What of a message is not counted: what stands beside its content, or instead of it. */
const besideContent = (message: Fields): string[] => {
  const beside = BESIDE.filter(key => message[key]).map(key => (key === 'reasoning_content' ? 'reasoning' : key))
  const instead = SAYING.some(key => key in message) ? [] : Object.keys(message).filter(key => !SILENT.includes(key))
  return [...beside, ...instead.map(key => key.slice(0, 40))]
}

/** A call whose result is empty still has one. */
const asResults = (contents: readonly Content[]): Content[] =>
  contents.length === 0 ? [{ kind: 'result', text: '' }] : contents.map(asResult)

const asResult = (content: Content): Content =>
  content.kind === 'text' ? { kind: 'result', text: content.text } : content

const callOf = ({ name, arguments: given, args, input }: Fields): Content => ({
  kind: 'call',
  name: typeof name === 'string' ? name : '',
  arguments: given ?? args ?? input ?? {},
})

/** Items of the Responses API that are no messages. */
const toItem = (value: Fields, left: Left): Message | null => {
  const { type, role } = value
  if (role !== undefined || typeof type !== 'string') return null
  const message = (role: Role, contents: readonly Content[]): Message => ({ role, named: false, contents })
  if (type === 'function_call') return message('assistant', [callOf(value)])
  if (type === 'function_call_output') return message('tool', asResults(contentsOf(value['output'], left)))
  return null
}

/** Whether a value is an item of the Responses API that is left out: its reasoning, calls of its own tools. */
export const isOtherItem = (value: unknown): boolean =>
  isFields(value) && value['role'] === undefined && typeof value['type'] === 'string'

/** The contents of a message: text, or a list of blocks. */
export const contentsOf = (content: unknown, left: Left): Content[] => {
  if (typeof content === 'string') return textOf(content, left)
  if (isFields(content)) return contentsOf('parts' in content ? content['parts'] : [content], left)
  if (Array.isArray(content)) return content.flatMap(block => contentOf(block, left))
  return notCounted(content, left)
}

/** A value that is no content in any API. */
const notCounted = (value: unknown, left: Left): [] => {
  if (value !== null && value !== undefined) left.kinds.push(Array.isArray(value) ? 'list' : typeof value)
  return []
}

/** A text without the data in it. */
const textOf = (text: string, left: Left): Content[] => {
  const { text: own, found } = cutDataUris(text)
  for (const one of found) left.data.push(one)
  return own === '' ? [] : [{ kind: 'text', text: own }]
}

const contentOf = (block: unknown, left: Left): Content[] => {
  if (typeof block === 'string') return textOf(block, left)
  if (!isFields(block)) return notCounted(block, left)
  const picture = pictureOf(block)
  if (picture) return [picture]
  const { type } = block
  if (type === 'tool_result') return asResults(contentsOf(block['content'], left))
  if (type === 'tool_use') return [callOf(block)]
  const call = block['functionCall'] ?? block['function_call']
  if (isFields(call)) return [callOf(call)]
  const response = block['functionResponse'] ?? block['function_response']
  if (isFields(response)) return textOf(JSON.stringify(response['response'] ?? {}), left).map(asResult)
  if (typeof block['text'] === 'string' && block['thought'] !== true) return textOf(block['text'], left)
  left.kinds.push(kindOf(block))
  return []
}

const kindOf = (block: Fields): string => {
  const { type, thought } = block
  const kind = thought === true ? 'reasoning' : typeof type === 'string' ? type : (Object.keys(block)[0] ?? '')
  return /thinking|reasoning/.test(kind) ? 'reasoning' : kind.slice(0, 40)
}
