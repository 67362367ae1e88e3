import type { Message } from '../../tokens/index.ts'
import { type Fields, isFields } from './is-fields.ts'
import { contentsOf, isOtherItem, type Left, toMessage } from './message-forms.ts'

/** The messages of conversations in files: lists, request bodies, and lists or lines of either. */

/** Keys under which bodies have their messages, and batch files their bodies. */
const LISTS = ['messages', 'input', 'contents'] as const
const BODIES = ['body', 'params', 'request'] as const
/** Keys of bodies for what a system message says. */
const SYSTEMS = ['system', 'instructions', 'systemInstruction', 'system_instruction'] as const

/** The request body that a line of a batch file holds; any other value is its own. */
const bodyIn = (value: unknown): unknown => {
  const key = keyOfBody(value)
  return isFields(value) && key !== undefined ? value[key] : value
}

const isBody = (value: unknown): value is Fields => isFields(value) && LISTS.some(key => key in value)

const keyOfBody = (value: unknown): string | undefined =>
  isFields(value) && !isBody(value) ? BODIES.find(one => isFields(value[one])) : undefined

/** Keys of bodies for tool definitions. */
const TOOLS = ['tools', 'functions'] as const

/** Where the tool definitions of a value's one body stand. */
export const toolPathsIn = (value: unknown): (string | number)[][] => {
  const [only, within] = Array.isArray(value) && value.length === 1 ? [value[0] as unknown, [0]] : [value, []]
  const [key, body] = [keyOfBody(only), bodyIn(only)]
  const path = [...within, ...(key === undefined ? [] : [key])]
  return isBody(body) ? TOOLS.filter(one => isWritten(body[one])).map(one => [...path, one]) : []
}

/** Programs write no tools as null or as an empty list. */
const isWritten = (tools: unknown): boolean =>
  tools !== undefined && tools !== null && !(Array.isArray(tools) && tools.length === 0)

/** Whether a value is a body or a list, rather than one message. */
const isConversation = (value: unknown): boolean => Array.isArray(value) || isBody(value)

/**
 * The conversations of a value, each with its messages in order. Messages that stand alone, line by line, are one
 * conversation.
 *
 * @returns `null` if the value has something else than messages
 */
export const conversationsIn = (value: unknown, left: Left): Message[][] | null => {
  const given = bodyIn(value)
  if (Array.isArray(given)) {
    const bodies = given.map(bodyIn)
    if (bodies.length > 0 && bodies.every(isConversation)) {
      const each = bodies.map(body => conversationsIn(body, left))
      return each.some(one => one === null) ? null : each.flatMap(one => one ?? [])
    }
    return asOne(given, left)
  }
  if (!isFields(given)) return null
  const key = LISTS.find(one => one in given)
  return key === undefined ? asOne([given], left) : ofBody(given, given[key], left)
}

const ofBody = (body: Fields, list: unknown, left: Left): Message[][] | null => {
  const messages =
    typeof list === 'string'
      ? [{ role: 'user', named: false, contents: contentsOf(list, left) } as const]
      : Array.isArray(list)
        ? messagesIn(list, left)
        : null
  if (!messages) return null
  const key = SYSTEMS.find(one => body[one] !== undefined && body[one] !== null)
  const contents = key === undefined ? [] : contentsOf(body[key], left)
  return [contents.length === 0 ? [...messages] : [{ role: 'system', named: false, contents }, ...messages]]
}

const asOne = (items: readonly unknown[], left: Left): Message[][] | null => {
  const messages = messagesIn(items, left)
  return messages && [messages]
}

const messagesIn = (items: readonly unknown[], left: Left): Message[] | null => {
  const messages: Message[] = []
  for (const item of items) {
    const message = toMessage(item, left) ?? (typeof item === 'string' ? userSays(item, left) : null)
    if (message) messages.push(message)
    else if (isOtherItem(item)) left.kinds.push(String((item as Fields)['type']).slice(0, 40))
    else return null
  }
  return messages
}

/** Gemini's SDKs take a bare text for a message of the user. */
const userSays = (text: string, left: Left): Message => ({
  role: 'user',
  named: false,
  contents: contentsOf(text, left),
})
