/** Counts the tokens of plain text with one vocabulary. */
export interface Tokenizer {
  /**
   * Tokens of a text; special tokens written out in it count as the plain text they are.
   *
   * @throws {InputError} TEXT_TOO_HARD where counting would take too long
   */
  count(text: string): number
}
