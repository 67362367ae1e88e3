import { collect, InputError, MOST_TOLD, type Problem, problems } from '../../errors/index.ts'
import type { ContentNote } from '../../model/scenario/counted.ts'
import type { Conversation } from '../../tokens/index.ts'
import { parseSource } from '../source/source.ts'
import { readTools } from '../tools/read-tools.ts'
import { conversationsIn, toolPathsIn } from './conversation-forms.ts'
import { dataUriNote } from './data-uris.ts'
import type { Left } from './message-forms.ts'

/**
 * Reads one conversation: JSON (a list of messages, or a request body that has one) or JSON Lines, a message a line.
 *
 * @throws {InputError} SYNTAX, NO_MESSAGES; whatever is wrong with the tools of the body
 */
export const readConversation = (
  file: string,
  text: string,
): { readonly conversation: Conversation; readonly notes: readonly ContentNote[] } => {
  const left: Left = { kinds: [], data: [] }
  const value = valueIn(file, text)
  const conversations = conversationsIn(value, left)?.filter(({ length }) => length > 0) ?? []
  const [messages] = conversations
  if (!messages) throw new InputError([{ ...problems.noMessages(file), at: file }])
  if (conversations.length > 1) {
    throw new InputError([{ ...problems.severalConversations(file, conversations.length), at: file }])
  }
  return { conversation: { messages, ...readTools(file, text, toolPathsIn(value)) }, notes: notesOf(file, left) }
}

/** The value of a JSON text, or the list of those of its lines. */
const valueIn = (file: string, text: string): unknown => {
  const lines = /\.(jsonl|ndjson)$/i.test(file) ? text.trim().split('\n') : []
  if (lines.length < 2) return parseSource(file, text, 'never').data
  const faults: Problem[] = []
  const values = lines.flatMap((line, i) => {
    if (line.trim() === '') return []
    const at = (one: Problem): Problem => ({ ...one, at: `${file}:${i + 1}` })
    return [collect(faults, () => parseSource(file, line, 'never').data, at)]
  })
  if (faults.length > 0) throw new InputError(faults.slice(0, MOST_TOLD))
  return values
}

const notesOf = (file: string, { kinds, data }: Left): ContentNote[] => [
  ...(data.length > 0 ? [dataUriNote(file, data)] : []),
  ...(kinds.length > 0
    ? [
        {
          code: 'CONTENT_LEFT_OUT',
          what: `${JSON.stringify(file)} has contents that are not counted: ${[...new Set(kinds)].slice(0, 5).join(', ')}`,
          fix: 'add their tokens as a number beside the messages',
          at: file,
        },
      ]
    : []),
]
