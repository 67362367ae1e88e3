/** How a cache keeps and finds blocks. */
export const POLICIES = ['infinite', 'ttl', 'lru', 'units', 'marks'] as const

export type PolicyName = (typeof POLICIES)[number]

export interface Policy {
  readonly name: PolicyName
  /** Lifetime, ms; Infinity: nothing is forgotten. Without effect on `infinite` and `lru`. */
  readonly lifetime: number
  /** Whether a use begins the lifetime anew; only `ttl` can do without. */
  readonly refresh: boolean
  /** Blocks that `lru` keeps. */
  readonly capacity: number
  /** Fewest blocks of an entry that `marks` writes. */
  readonly least: number
  /** From a request until what it stores can be found, ms. */
  readonly delay: number
}
