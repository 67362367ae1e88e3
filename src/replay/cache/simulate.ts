import type { Blocks } from './blocks.ts'
import { type Cache, cacheOf } from './caches.ts'
import type { Policy } from './policies.ts'

/**
 * One request through a cache: looked up in what earlier requests stored, then stored itself.
 *
 * @param at - ms, never before the one before
 * @param blocks - prefix ids
 * @param full - blocks that count, from the first on
 * @returns blocks that were found, from the first on
 */
export type Simulator = (at: number, blocks: Blocks, full: number) => number

/** A policy from its empty cache on. */
export const simulate = (policy: Policy): Simulator => {
  const cache = cacheOf(policy)
  if (policy.delay > 0) return storeLater(cache, policy.delay)
  return (at, blocks, full) => {
    const hits = cache.find(at, blocks, full)
    cache.store(at, blocks, full, hits)
    return hits
  }
}

interface Waiting {
  readonly at: number
  readonly blocks: Blocks
  readonly hits: number
}

/** Requests that were stored before their list is cut. */
const MOST_PASSED = 1024

/**
 * A cache that takes some time to store: each request's blocks go in `delay` ms after it. What comes at that very moment
 * finds them. The requests of one delay are kept.
 */
const storeLater = (cache: Cache, delay: number): Simulator => {
  const waiting: Waiting[] = []
  let next = 0
  return (at, blocks, full) => {
    for (let first = waiting[next]; first && first.at <= at; first = waiting[++next]) {
      cache.store(first.at, first.blocks, first.blocks.count, first.hits)
    }
    if (next > MOST_PASSED && next > waiting.length / 2) {
      waiting.splice(0, next)
      next = 0
    }
    const hits = cache.find(at, blocks, full)
    const own = { high: blocks.high.slice(0, full), low: blocks.low.slice(0, full), count: full }
    waiting.push({ at: at + delay, blocks: own, hits })
    return hits
  }
}
