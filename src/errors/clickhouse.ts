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

/** @param exit - 2: something that the user gave is wrong; 3: there is no answer */
export const serverRefuses = (
  address: string,
  { what, fix, exit }: { readonly what: string; readonly fix: string; readonly exit: 2 | 3 },
): Problem => ({ code: 'SERVER_REFUSES', exit, about: address, what: `${address}: ${what}`, fix })

/** Rows could be left out, or counted twice, without an error. */
export const unsafeServer = (address: string, what: string, fix: string): Problem => ({
  code: 'UNSAFE_SERVER',
  exit: 3,
  about: address,
  what: `${address}: ${what}`,
  fix,
})
