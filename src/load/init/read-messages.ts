import { InputError, problems } from '../../errors/index.ts'
import { isFields } from '../contents/is-fields.ts'
import { toMessage as toForm } from '../contents/message-forms.ts'

/** Chat messages of a file. */
export interface ReadMessages {
  /** Each conversation's messages in order. */
  readonly conversations: readonly (readonly Message[])[]
}

export interface Message {
  readonly role: string
  readonly text: string
}

/** Conversations that are read; what is behind them changes a mean little. */
const MOST_CONVERSATIONS = 200

/**
 * Reads chat messages: JSON (a list of messages, `{messages: […]}`, or a list of either) or JSON Lines of the same.
 *
 * @throws {InputError} INVALID, as one problem, if the file has none
 */
export const readMessages = (file: string, text: string): ReadMessages => {
  const conversations = valuesIn(text)
    .flatMap(conversationsIn)
    .filter(one => one.length > 0)
    .slice(0, MOST_CONVERSATIONS)
  if (conversations.length > 0) return { conversations }
  const fix = 'write messages as an API takes them: [{"role": "user", "content": "…"}]'
  throw new InputError([{ ...problems.invalid('must have chat messages', fix), at: file }])
}

/** The values of a JSON text or of its lines. */
const valuesIn = (text: string): unknown[] => {
  const whole = parsed(text)
  if (whole !== undefined) return [whole]
  return text.split('\n', 10 * MOST_CONVERSATIONS).flatMap(line => parsed(line) ?? [])
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}

const conversationsIn = (value: unknown): Message[][] => {
  if (isFields(value)) return 'messages' in value ? conversationsIn(value['messages']) : single(value)
  if (!Array.isArray(value)) return []
  const items = value.slice(0, 10 * MOST_CONVERSATIONS)
  const messages = items.flatMap(item => toMessage(item) ?? [])
  return messages.length > 0
    ? [messages]
    : items.flatMap(item => (isFields(item) || Array.isArray(item) ? nested(item) : []))
}

const nested = (item: unknown): Message[][] => {
  const messages = isFields(item) ? item['messages'] : item
  return Array.isArray(messages) ? [messages.flatMap(one => toMessage(one) ?? [])] : []
}

/** A message that stands alone on a line of JSON Lines. */
const single = (value: unknown): Message[][] => {
  const message = toMessage(value)
  return message ? [[message]] : []
}

const toMessage = (value: unknown): Message | null => {
  const message = toForm(value, { kinds: [], data: [] })
  if (!message) return null
  return { role: message.role, text: message.contents.flatMap(one => ('text' in one ? one.text : [])).join('\n') }
}
