import { type Blocks, emptyBlocks } from './cache/blocks.ts'

/** One request of a trace. Readers give the same object again and again: what is kept must be copied. */
export interface TraceRequest {
  /** Milliseconds, of the trace's own clock. */
  at: number
  /** Tokens of the prompt. */
  input: number
  output: number
  /** As the trace names it; `null`: it does not. */
  model: string | null
  /** The conversation within which the ids hold; `null`: they hold in the whole trace. */
  scope: string | null
  readonly blocks: Blocks
}

/** What the ids of a trace name: a whole prefix, a block's own content, or a block by its place in a conversation. */
export type IdsOf = 'prefix' | 'content' | 'none'

/** A request without ids, to be filled. */
export const emptyRequest = (): TraceRequest => ({
  at: 0,
  input: 0,
  output: 0,
  model: null,
  scope: null,
  blocks: emptyBlocks(),
})
