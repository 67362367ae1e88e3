import type { ToolDefinition } from '../tools/tool-definition.ts'
import type { Picture } from './images.ts'

/** A conversation in no provider's form, so that each can be counted for any model. */

export type Role = 'system' | 'user' | 'assistant' | 'tool'

/** One piece of a message, without the JSON around it. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: unknown }
  | { readonly kind: 'result'; readonly text: string }
  | ({ readonly kind: 'image' } & Picture)

export interface Message {
  readonly role: Role
  /** Whether it names its author, beside the role. */
  readonly named: boolean
  readonly contents: readonly Content[]
}

/** One conversation as an API is sent it. */
export interface Conversation {
  readonly messages: readonly Message[]
  readonly tools: readonly ToolDefinition[]
  /** Tools of the provider's own, which have no definition to count. */
  readonly builtIn: readonly string[]
}
