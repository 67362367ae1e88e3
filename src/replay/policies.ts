import { LifetimeTable } from './lifetime-table.ts'
import { RecentBlocks } from './recent-blocks.ts'
import { SeenBlocks } from './seen-blocks.ts'
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

/** Nothing is forgotten. */
const everything = (): Simulator => {
  const seen = new SeenBlocks()
  return (_, blocks, full) => seen.add(blocks, full).common
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
  const seen = new SeenBlocks()
  const stored = new LifetimeTable(lifetime)
  return (at, blocks, full) => {
    const { high, low } = blocks
    stored.moveTo(at)
    const { common, last } = seen.add(blocks, full)
    // What was never seen is not stored, so the search begins at the last block that was.
    let hits = last
    while (hits > 0 && !stored.isAlive(high[hits - 1] ?? 0, low[hits - 1] ?? 0)) hits--
    const store = (length: number): void => {
      stored.touch(high[length - 1] ?? 0, low[length - 1] ?? 0)
    }
    if (hits > 0) store(hits)
    if (common > 0 && common !== hits) store(common)
    if (full > common && full !== hits) store(full)
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
