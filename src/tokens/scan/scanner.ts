/**
 * Finds where a piece ends, as a split expression would match it. A vocabulary merges bytes within pieces only.
 *
 * @param bytes - well-formed UTF-8
 * @param at - where the piece begins, before `end`
 * @param end - where the text ends
 * @returns a place after `at`, at most `end`
 */
export type Scanner = (bytes: Uint8Array, at: number, end: number) => number
