/** A letter or number before white space: every split expression ends a piece there. */
const BEFORE_SPACE = /[\p{L}\p{N}](?=[ \t\n\r])/gu
/** A lone line break between something else and a letter or a line of JSON: it is a piece, or the end of one. */
const AFTER_LINE = /\S\n(?=[\p{L}"{[])/gu

/**
 * The last place where a text can be cut without changing its tokens, whatever the tokenizer that dsprice has.
 *
 * @returns where the rest begins; 0: there is no such place
 */
export const lastCut = (text: string): number => {
  let cut = 0
  // Looked for at the end alone: a place is rarely further away than a word.
  for (let from = Math.max(0, text.length - 1000); cut === 0; from = Math.max(0, from * 2 - text.length)) {
    const end = text.slice(from)
    for (const pattern of [BEFORE_SPACE, AFTER_LINE]) {
      for (const { index, 0: match } of end.matchAll(pattern)) cut = Math.max(cut, from + index + match.length)
    }
    if (from === 0) break
  }
  return cut
}
