import type { CacheRule } from '../../model/book/book.ts'
import { MARKS, type Mark } from '../../model/scenario/marks.ts'
import { beginningOf, promptOf, repeatedOf, type Shape } from './prompt.ts'

/** Providers that store a prefix only up to a mark. An entry is told by where it ends, not by the name of its mark. */

/** The marks of every prompt. */
export interface MarkSet {
  /** Marks that the caller sets; `prompt` stands before `context`. */
  readonly caller: readonly Mark[]
  /** Whether the provider marks the newest message by itself, behind `context`. */
  readonly newest: boolean
}

export const NO_MARKS: MarkSet = { caller: [], newest: false }

/** Whether a rule matches by marks. */
export const matchesByMarks = ({ match }: Pick<CacheRule, 'match'>): boolean =>
  match === 'marks' || match === 'breakpoints'

/**
 * The marks of every prompt of a conversation.
 *
 * @param stated - `cache.marks` of the scenario or its leg; left out: what the provider, or a careful caller, sets
 * @param talk - the calls that the model serves of a conversation, and whether they send earlier ones again
 */
export const marksOf = (
  rule: Pick<CacheRule, 'match' | 'marks' | 'optional'>,
  stated: readonly Mark[] | undefined,
  { calls, history }: { readonly calls: number; readonly history: boolean },
): MarkSet => {
  if (!matchesByMarks(rule)) return NO_MARKS
  if (rule.marks === 'newest') {
    // Marks of one's own take the place of the provider's only where it can be left off.
    return { caller: stated ?? [], newest: stated === undefined || rule.optional !== true }
  }
  const talks = calls > 1
  return { caller: stated ?? MARKS.filter(mark => DEFAULT[mark](talks, history)), newest: false }
}

/** What a careful caller marks: whatever a later call can read. */
const DEFAULT: Readonly<Record<Mark, (talks: boolean, history: boolean) => boolean>> = {
  shared: () => true,
  session: talks => talks,
  prompt: (talks, history) => talks && history,
}

/** The names of marks, in the order of the prompt; the provider's own is `prompt`. */
export const namesOfMarks = ({ caller, newest }: MarkSet): Mark[] =>
  MARKS.filter(mark => caller.includes(mark) || (newest && mark === 'prompt'))

/** Where the entries of call k end, tokens from the beginning of its prompt; none is shorter than the minimum. */
const entryEnds = (shape: Shape, k: number, { marks, minimum }: Pick<Given, 'marks' | 'minimum'>): number[] => {
  const { session, turn, context, history } = shape
  const shared = beginningOf(shape)
  const stable = shared + session
  const prompt = history ? repeatedOf(shape, k) : stable + turn
  const ends = { shared, session: stable, prompt }
  // Of prompts that differ from call to call the provider stores the whole, what a template puts at the end included.
  const newest = context > 0 || (turn > 0 && !history) ? promptOf(shape, k) : prompt
  return [...marks.caller.map(mark => ends[mark]), ...(marks.newest ? [newest] : [])].filter(
    end => end > 0 && end >= minimum,
  )
}

interface Given {
  /** Whether the call before left its entries in time. */
  readonly kept: boolean
  readonly marks: MarkSet
  /** Tokens. */
  readonly minimum: number
}

/** Tokens of call k that are read with the shared prefix cold and warm, and the end of what it writes. */
export const markedCall = (
  shape: Shape,
  k: number,
  given: Given,
): { readonly cold: number; readonly warm: number; readonly end: number } => {
  const { session, history, first } = shape
  const longest = (ends: readonly number[], within: number): number =>
    ends.reduce((most, end) => (end <= within ? Math.max(most, end) : most), 0)
  const shared = beginningOf(shape)
  const end = longest(entryEnds(shape, k, given), Number.POSITIVE_INFINITY)
  // Of another conversation's entries only those of the shared part begin this prompt.
  if (k === first || !given.kept) return { cold: 0, warm: longest(entryEnds(shape, first, given), shared), end }
  const repeated = history ? repeatedOf(shape, k - 1) : shared + session
  const own = longest(entryEnds(shape, k - 1, given), repeated)
  return { cold: own, warm: own, end }
}
