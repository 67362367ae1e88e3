import { lastCut } from './cut-text.ts'
import { estimated } from './load-counter.ts'
import type { Count, Counter } from './tokenizer.ts'

/** What texts begin with alike, and what is left of each. */
export interface SharedPrefix {
  readonly shared: Count
  /** In the order of the texts; shared and rest add up to the whole. */
  readonly texts: readonly { readonly whole: Count; readonly rest: Count }[]
}

/** Finds what texts begin with alike; each is needed once only. */
export interface PrefixFinder {
  add(text: string): void
  found(): SharedPrefix
}

/**
 * Finds the longest prefix that texts share, by the tokens of the counter's vocabulary. With an estimate, the prefix
 * and the rests are estimates too.
 */
export const findPrefix = (counter: Counter): PrefixFinder => {
  const wholes: Count[] = []
  let first: { readonly text: string; readonly ranks: readonly number[] } | null = null
  let [tokens, characters] = [0, 0]
  const sharedCount = (): Count => {
    if (!counter.estimation?.kinds || first === null) return estimated(tokens, counter.estimation)
    // Each kind of text has a factor of its own, so it is the text of these tokens that is counted.
    return counter.count(textOf(first.text.slice(0, characters), tokens, counter))
  }
  return {
    add: text => {
      const ranks = counter.encode(text)
      wholes.push(counter.count(text))
      if (first === null) [tokens, characters] = [ranks.length, text.length]
      first ??= { text, ranks }
      tokens = alike(first.ranks, ranks, tokens)
      characters = alike(first.text, text, characters)
    },
    found: () => {
      const shared = sharedCount()
      return { shared, texts: wholes.map(whole => ({ whole, rest: difference(whole, shared) })) }
    },
  }
}

/** How many items from the first on two sequences have in common, at most `most`. */
const alike = <T extends ArrayLike<unknown>>(a: T, b: T, most: number): number => {
  const end = Math.min(most, b.length)
  let same = 0
  while (same < end && a[same] === b[same]) same += 1
  return same
}

/** Characters that may follow the last shared token before texts differ. */
const MOST_TRIMMED = 64

/** The part of a text that a number of its first tokens are, when at most a few characters follow them. */
const textOf = (text: string, tokens: number, { encode }: Counter): string => {
  if (tokens === 0) return ''
  const cut = lastCut(text)
  const left = tokens - encode(text.slice(0, cut)).length
  let end = text.length
  while (end > cut && text.length - end < MOST_TRIMMED && encode(text.slice(cut, end)).length > left) end -= 1
  return text.slice(0, end)
}

const difference = (whole: Count, shared: Count): Count => {
  const tokens = Math.max(0, whole.tokens - shared.tokens)
  return {
    tokens,
    low: Math.max(0, Math.min(tokens, whole.low - shared.low)),
    high: Math.max(tokens, whole.high - shared.high),
  }
}
