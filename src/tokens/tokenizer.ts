import type { Estimation } from '../model/scenario/counted.ts'

/** Counts the tokens of plain text with one vocabulary. */
export interface Tokenizer {
  /**
   * Tokens of a text; special tokens written out in it count as the plain text they are.
   *
   * @throws {InputError} TEXT_TOO_HARD where counting would take too long
   */
  count(text: string): number
}

/** How a model's text is counted: with its own vocabulary, or by a factor on another one. */
export interface TokenizerRow {
  readonly vocabulary: string
  readonly estimation: Estimation | null
  readonly source: string
}

/** Tokens of a text: by the stated factor, and at both ends of its band. All three are equal where it is exact. */
export interface Count {
  readonly tokens: number
  readonly low: number
  readonly high: number
}

/** Counts text for one kind of model. */
export interface Counter extends TokenizerRow {
  /** As price books name it. */
  readonly name: string
  /** @throws {InputError} TEXT_TOO_HARD */
  count(text: string): Count
}
