/** How a cache keeps and finds blocks. */
export const POLICIES = ['infinite', 'ttl', 'lru', 'units', 'marks'] as const

export type PolicyName = (typeof POLICIES)[number]

export interface Policy {
  readonly name: PolicyName
  /** Lifetime, ms; Infinity: nothing is forgotten. Without effect on `infinite` and `lru`. */
  readonly lifetime: number
  /** Whether a use begins the lifetime anew; only `ttl` can do without. */
  readonly refresh: boolean
  /** Blocks that `lru` keeps, of all models and conversations together. */
  readonly capacity: number
  /** Fewest blocks of an entry that `marks` writes. */
  readonly least: number
  /** From a request until what it stores can be found, ms. */
  readonly delay: number
}

/** What a policy does, in a text: equal for policies that differ only in what they do not use. */
export const policyKey = ({ name, lifetime, refresh, capacity, least, delay }: Policy): string => {
  switch (name) {
    case 'infinite':
      return `${name} ${delay}`
    case 'ttl':
      return `${name} ${delay} ${lifetime} ${refresh}`
    case 'lru':
      return `${name} ${delay} ${capacity}`
    case 'units':
      return `${name} ${delay} ${lifetime}`
    case 'marks':
      return `${name} ${delay} ${lifetime} ${least}`
    default:
      return name satisfies never
  }
}

/** How long what is not used is kept, s; `null`: no time ends it. */
export const lifetimeOf = ({ name, lifetime }: Policy): number | null =>
  name === 'infinite' || name === 'lru' || !Number.isFinite(lifetime) ? null : lifetime / 1000
