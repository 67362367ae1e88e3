/** What a month takes for granted. */
export const ASSUMED = ['promotion', 'first_row', 'holidays'] as const
