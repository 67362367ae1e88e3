// Tables in ClickHouse.
import type { Problem } from './problem.ts'

export const badAddress = (what: string, fix: string): Problem => ({ code: 'BAD_ADDRESS', exit: 2, what, fix })

export const noServer = (address: string, { why, fix }: { readonly why: string; readonly fix: string }): Problem => ({
  code: 'NO_SERVER',
  exit: 3,
  about: address,
  what: `${address} does not answer: ${why}`,
  fix,
})

/** What the user gave is refused. */
export const serverRefuses = (address: string, { what, fix }: Pick<Problem, 'what' | 'fix'>): Problem => ({
  code: 'SERVER_REFUSES',
  exit: 2,
  about: address,
  what: `${address}: ${what}`,
  fix,
})

/** The query is right, but has no answer. */
export const serverFails = (address: string, { what, fix }: Pick<Problem, 'what' | 'fix'>): Problem => ({
  ...serverRefuses(address, { what, fix }),
  exit: 3,
})

/** Rows could be left out, or counted twice, without an error. */
export const unsafeServer = (address: string, what: string, fix: string): Problem => ({
  code: 'UNSAFE_SERVER',
  exit: 3,
  about: address,
  what: `${address}: ${what}`,
  fix,
})
