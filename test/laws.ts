import fc from 'fast-check'

/** How often a law is tried on random cases: every run of the tests tries others. `THOROUGH=1` tries more of them. */

const isThorough = process.env['THOROUGH'] === '1'

/** @param many - cases of a thorough run @returns a fifth of them in others */
export const runs = (many: number): number => (isThorough ? many : Math.ceil(many / 5))

// Called by vitest before each file: what a law does not say itself.
fc.configureGlobal({ numRuns: runs(100) })
