import type { Blocks } from './blocks.ts'
import { LifetimeTable } from './lifetime-table.ts'
import type { Policy } from './policies.ts'
import { RecentBlocks } from './recent-blocks.ts'
import { SeenBlocks } from './seen-blocks.ts'

/** A cache in its two steps. Times never go back; without a delay each `store` follows the `find` of the same request. */
export interface Cache {
  /** Looks a request up; what it finds is used at that moment. @returns blocks that were found, from the first on */
  find(at: number, blocks: Blocks, full: number): number
  /** Stores a request's blocks. @param hits - what its look-up found */
  store(at: number, blocks: Blocks, full: number, hits: number): void
}

/** An empty cache of that policy. */
export const cacheOf = ({ name, lifetime, refresh, capacity, least, delay }: Policy): Cache => {
  const isLate = delay > 0
  switch (name) {
    case 'infinite':
      return everything(isLate)
    case 'ttl':
      return refresh ? refreshed(lifetime, isLate) : written(lifetime)
    case 'lru':
      return leastRecent(capacity, isLate)
    case 'units':
      return units(lifetime, isLate)
    case 'marks':
      return marks(lifetime, least)
    default:
      return name satisfies never
  }
}

/** Nothing is forgotten. */
const everything = (isLate: boolean): Cache => {
  const seen = new SeenBlocks()
  return {
    find: (_, blocks, full) => seen.find(blocks, full),
    store: (_, blocks, full, hits) => {
      seen.add(blocks, full, isLate ? undefined : hits)
    },
  }
}

/** A block lives for a time after its last use. */
const refreshed = (lifetime: number, isLate: boolean): Cache => {
  const table = new LifetimeTable(lifetime)
  return {
    find: (at, { high, low }, full) => {
      table.moveTo(at)
      let hits = 0
      while (hits < full && table.renew(high[hits] ?? 0, low[hits] ?? 0)) hits++
      return hits
    },
    store: (at, { high, low }, full, hits) => {
      table.moveTo(at)
      for (let i = isLate ? 0 : hits; i < full; i++) table.touch(high[i] ?? 0, low[i] ?? 0)
    },
  }
}

/** A block lives for a time after it was written; from the first miss on all are written anew. */
const written = (lifetime: number): Cache => {
  const table = new LifetimeTable(lifetime)
  return {
    find: (at, { high, low }, full) => {
      table.moveTo(at)
      let hits = 0
      while (hits < full && table.isAlive(high[hits] ?? 0, low[hits] ?? 0)) hits++
      return hits
    },
    store: (at, { high, low }, full, hits) => {
      table.moveTo(at)
      for (let i = hits; i < full; i++) table.touch(high[i] ?? 0, low[i] ?? 0)
    },
  }
}

/** So many blocks are kept; a request's are touched from last to first, so that its end is dropped before its start. */
const leastRecent = (capacity: number, isLate: boolean): Cache => {
  const kept = new RecentBlocks()
  return {
    find: (_, blocks, full) => {
      const hits = kept.find(blocks, full)
      if (isLate) kept.use(blocks, hits)
      return hits
    },
    store: (_, blocks, full) => {
      if (isLate) kept.find(blocks, full)
      kept.use(blocks, full)
      kept.cutTo(capacity)
    },
  }
}

/**
 * Whole prefixes are stored: a request's own end, and where it parts from earlier ones, for later requests. The longest
 * that the request has whole is found. What was once seen stays known; the stored prefixes live for a time after use.
 */
const units = (lifetime: number, isLate: boolean): Cache => {
  const seen = new SeenBlocks()
  const stored = new LifetimeTable(lifetime)
  let common = 0
  return {
    find: (at, blocks, full) => {
      stored.moveTo(at)
      let last = full
      // What was never seen is not stored, so the search begins at the last block that was.
      if (!isLate) ({ common, last } = seen.add(blocks, full))
      return longest(stored, blocks, last)
    },
    store: (at, blocks, full, hits) => {
      stored.moveTo(at)
      if (isLate) ({ common } = seen.add(blocks, full))
      if (common > 0 && (isLate || common !== hits)) touchEnd(stored, blocks, common)
      if (full > common && (isLate || full !== hits)) touchEnd(stored, blocks, full)
    },
  }
}

/** One mark at the end of a request: the longest entry that is a prefix of it is read, its own end is written. */
const marks = (lifetime: number, least: number): Cache => {
  const entries = new LifetimeTable(lifetime)
  return {
    find: (at, blocks, full) => {
      entries.moveTo(at)
      return longest(entries, blocks, full)
    },
    store: (at, blocks, full) => {
      entries.moveTo(at)
      if (full > 0 && full >= least) touchEnd(entries, blocks, full)
    },
  }
}

/** The longest stored prefix among the first so many, which is used thereby. @returns its blocks */
const longest = (stored: LifetimeTable, { high, low }: Blocks, most: number): number => {
  let length = most
  while (length > 0 && !stored.renew(high[length - 1] ?? 0, low[length - 1] ?? 0)) length--
  return length
}

const touchEnd = (stored: LifetimeTable, { high, low }: Blocks, length: number): void => {
  stored.touch(high[length - 1] ?? 0, low[length - 1] ?? 0)
}
