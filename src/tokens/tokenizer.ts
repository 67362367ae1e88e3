/** Counts the tokens of plain text with one vocabulary. */
export interface Tokenizer {
  /** Vocabulary, as price books name it. */
  readonly name: string
  /** Whether this is the model's own vocabulary and not a stand-in. */
  readonly exact: boolean
  /** Tokens of a text; special tokens written out in it count as the plain text they are. */
  count(text: string): number
  /** Characters of the longest unbroken run, where counting the text would take too long; else `null`. */
  tooHard(text: string): number | null
}
