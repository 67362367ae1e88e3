/** Maximum number of errors or warnings printed as text; JSON has all of them. */
export const MOST_TOLD = 100

/** The line that says how many more there are; empty if none. */
export const andMore = (count: number, what: string): string => {
  const more = count - MOST_TOLD
  return more > 0 ? `\nand ${more} more ${what}${more === 1 ? '' : 's'}: --json has them all\n` : ''
}
