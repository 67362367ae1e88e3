/** Errors or warnings that one run tells in words: the first ones say it all. JSON has every one. */
export const MOST_TOLD = 100

/** The line that says how many are left untold; empty for none. */
export const andMore = (count: number, what: string): string => {
  const more = count - MOST_TOLD
  return more > 0 ? `\nand ${more} more ${what}${more === 1 ? '' : 's'}: --json has them all\n` : ''
}
