import type { Part, Template } from '../../model/scenario/counted.ts'
import { coversRoles, type Role } from '../../tokens/index.ts'
import { type Means, templateParts } from './count-length.ts'
import type { ReadLength, ReadPart } from './read-length.ts'

/** Which messages the texts of a prompt are, and what the chat template adds around them. */

/** The lengths that a prompt begins with, in order. */
export const PROMPT_LENGTHS = ['shared', 'session', 'turn', 'context'] as const
type PromptLength = (typeof PROMPT_LENGTHS)[number]

type Prompt = Readonly<Record<PromptLength, ReadLength>>

const partsOf = (read: ReadLength): readonly ReadPart[] =>
  typeof read === 'number' ? [] : read.filter(part => typeof part !== 'number')

/** Whether a part is text of a message that the length as a whole is. */
const isText = (part: ReadPart): boolean => (part.kind === 'text' || part.kind === 'tools') && !part.ofSystem
const isOfSystem = (part: ReadPart): boolean => part.ofSystem === true

const rolesOf = (part: ReadPart): readonly Role[] =>
  part.kind === 'messages' ? part.conversation.messages.map(({ role }) => role) : []

/** The length that is the user's message: `turn`, else `session`, else `context`, whichever speaks. */
const speakerOf = (prompt: Prompt): PromptLength | undefined =>
  (['turn', 'session', 'context'] as const).find(key =>
    partsOf(prompt[key]).some(part => isText(part) || rolesOf(part).some(role => role === 'user' || role === 'tool')),
  )

/** The length that has the system message: `shared`, or `session` where `shared` ends before its first text. */
const systemOf = (prompt: Prompt): PromptLength | undefined => {
  if (partsOf(prompt.shared).some(isText)) return 'shared'
  return partsOf(prompt.session).some(isOfSystem) ? 'session' : undefined
}

/**
 * Tokens that the chat template adds around each message of text. `shared` is the system message; `turn`, else
 * `session`, else `context`, whichever has text, is a user message; what follows it is part of that message. Chat
 * messages bring their own.
 */
export const aroundTexts = (prompt: Prompt, means: Means): Partial<Record<string, readonly Part[]>> => {
  const { template } = means
  if (!template) return {}
  const [speaker, system] = [speakerOf(prompt), systemOf(prompt)]
  return Object.fromEntries(
    PROMPT_LENGTHS.map(key => {
      const speaks = key === speaker && partsOf(prompt[key]).some(isText)
      return [
        key,
        [
          ...templateParts(key === system ? template.system : 0, means),
          ...templateParts(speaks ? template.user : 0, means),
        ],
      ]
    }),
  )
}

/** Whether the chat template covers the prompt's messages in their order. */
export const isCovered = (prompt: Prompt, template: Template | null): boolean => {
  const [speaker, system] = [speakerOf(prompt), systemOf(prompt)]
  const roles = PROMPT_LENGTHS.flatMap((key): Role[] => [
    ...(key === system ? (['system'] as const) : []),
    ...partsOf(prompt[key]).flatMap(rolesOf),
    ...(key === speaker && partsOf(prompt[key]).some(isText) ? (['user'] as const) : []),
  ])
  return template === null || coversRoles(template.name, roles)
}
