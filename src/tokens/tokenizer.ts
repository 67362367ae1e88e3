import type { Estimation } from '../model/scenario/counted.ts'

/** Counts the tokens of plain text with one vocabulary. */
export interface Tokenizer {
  /** Tokens of a text; special tokens written in it count as plain text. */
  count(text: string): number
  /** Ranks of the text's tokens, in order: the same for equal tokens, and the same tokens as `count` has. */
  encode(text: string): readonly number[]
}

/** How a model's text is counted: with its own vocabulary, or with another one times a factor. */
export interface TokenizerRow {
  readonly vocabulary: string
  readonly estimation: Estimation | null
  /**
   * Tokens per 100 of `o200k_base` for the same text, by which numbers are converted; left out: the estimation itself.
   */
  readonly factor?: Estimation
  readonly source: string
}

/** Tokens of a text at the stated factor and at both ends of its band; all three are equal if the count is exact. */
export interface Count {
  readonly tokens: number
  readonly low: number
  readonly high: number
}

/** A count that says whether it is exact. */
export type Counted = Count & { readonly exact: boolean }

/** Counts text for one kind of model. */
export interface Counter extends TokenizerRow {
  /** Its name in price books. */
  readonly name: string
  count(text: string): Count
  /** Ranks of the text's tokens by the vocabulary, before any factor. */
  encode(text: string): readonly number[]
}
