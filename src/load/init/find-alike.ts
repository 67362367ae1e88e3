import { type Counter, findPrefix } from '../../tokens/index.ts'
import { wholeMean } from './whole-mean.ts'

/** A prefix that texts share, and what is left of each after it. */
export interface Alike {
  /** Tokens that each text begins with. */
  readonly tokens: number
  /** Mean tokens of the rests. */
  readonly rest: number
}

/**
 * Tokens that texts must share for a first scenario to count them apart. Fewer are a common phrase rather than a prompt,
 * and hardly any provider caches fewer.
 */
const LEAST_SHARED = 256

/** The prefix that texts share; `null`: there is one text, or the prefix is short. */
export const findAlike = (texts: readonly string[], counter: Counter): Alike | null => {
  if (texts.length < 2) return null
  const prefix = findPrefix(counter)
  for (const text of texts) prefix.add(text)
  const { shared, texts: found } = prefix.found()
  if (shared.tokens < LEAST_SHARED) return null
  const total = found.reduce((sum, { rest }) => sum + rest.tokens, 0)
  return { tokens: shared.tokens, rest: wholeMean(total, found.length) }
}
