import { IdTable } from './id-table.ts'
import { LifetimeTable } from './lifetime-table.ts'
import { RecentBlocks } from './recent-blocks.ts'
import type { Blocks } from './trace.ts'

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
}

/**
 * One request through a cache: looked up in what earlier requests stored, then stored itself.
 *
 * @param at - ms, never before the one before
 * @param blocks - prefix ids
 * @param full - blocks that count, from the first on
 * @returns blocks that were found, from the first on
 */
export type Simulator = (at: number, blocks: Blocks, full: number) => number

/** An empty cache of that policy. */
export const simulate = (policy: Policy): Simulator => {
  switch (policy.name) {
    case 'infinite':
      return everything()
    case 'ttl':
      return policy.refresh ? refreshed(policy.lifetime) : written(policy.lifetime)
    case 'lru':
      return leastRecent(policy.capacity)
    case 'units':
      return units(policy.lifetime)
    case 'marks':
      return marks(policy.lifetime, policy.least)
    default:
      return policy.name satisfies never
  }
}

/** Every id that it was asked about is known from then on. @returns whether it was known before */
const seenIds = (): ((high: number, low: number) => boolean) => {
  const ids = new IdTable()
  let guess = 1
  return (high, low) => {
    const number = ids.find(high, low, guess)
    guess = (number || ids.add(high, low)) + 1
    return number !== 0
  }
}

/** Nothing is forgotten. */
const everything = (): Simulator => {
  const seen = seenIds()
  return (_, { high, low }, full) => {
    let hits = 0
    for (let i = 0; i < full; i++) {
      if (seen(high[i] ?? 0, low[i] ?? 0) && hits === i) hits++
    }
    return hits
  }
}

/** A block lives for a time after its last use. */
const refreshed = (lifetime: number): Simulator => {
  const table = new LifetimeTable(lifetime)
  return (at, { high, low }, full) => {
    table.moveTo(at)
    let hits = 0
    for (let i = 0; i < full; i++) {
      if (table.touch(high[i] ?? 0, low[i] ?? 0) && hits === i) hits++
    }
    return hits
  }
}

/** A block lives for a time after it was written; from the first miss on all are written anew. */
const written = (lifetime: number): Simulator => {
  const table = new LifetimeTable(lifetime)
  return (at, { high, low }, full) => {
    table.moveTo(at)
    let hits = 0
    while (hits < full && table.isAlive(high[hits] ?? 0, low[hits] ?? 0)) hits++
    for (let i = hits; i < full; i++) table.touch(high[i] ?? 0, low[i] ?? 0)
    return hits
  }
}

/** So many blocks are kept; a request's are touched from last to first, so that its end is dropped before its start. */
const leastRecent = (capacity: number): Simulator => {
  const kept = new RecentBlocks()
  return (_, blocks, full) => {
    const hits = kept.use(blocks, full)
    kept.cutTo(capacity)
    return hits
  }
}

/**
 * Whole prefixes are stored: a request's own end, and where it parts from earlier ones, for later requests. The longest
 * that the request has whole is found. What was once seen stays known; the stored prefixes live for a time after use.
 */
const units = (lifetime: number): Simulator => {
  const seen = seenIds()
  const stored = new LifetimeTable(lifetime)
  return (at, { high, low }, full) => {
    stored.moveTo(at)
    const store = (length: number): void => {
      if (length > 0) stored.touch(high[length - 1] ?? 0, low[length - 1] ?? 0)
    }
    // What was never seen is not stored, so the search begins at the last block that was.
    let hits = 0
    let common = 0
    for (let i = 0; i < full; i++) {
      if (!seen(high[i] ?? 0, low[i] ?? 0)) continue
      hits = i + 1
      if (common === i) common++
    }
    while (hits > 0 && !stored.isAlive(high[hits - 1] ?? 0, low[hits - 1] ?? 0)) hits--
    store(hits)
    store(common)
    store(full)
    return hits
  }
}

/** One mark at the end of a request: the longest entry that is a prefix of it is read, its own end is written. */
const marks = (lifetime: number, least: number): Simulator => {
  const entries = new LifetimeTable(lifetime)
  return (at, { high, low }, full) => {
    entries.moveTo(at)
    let hits = full
    while (hits > 0 && !entries.isAlive(high[hits - 1] ?? 0, low[hits - 1] ?? 0)) hits--
    if (hits > 0) entries.touch(high[hits - 1] ?? 0, low[hits - 1] ?? 0)
    if (full > 0 && full >= least) entries.touch(high[full - 1] ?? 0, low[full - 1] ?? 0)
    return hits
  }
}
