import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addBlock, type Blocks, emptyBlocks } from '../../../src/replay/cache/blocks.ts'
import { POLICIES, type Policy } from '../../../src/replay/cache/policies.ts'
import { PrefixIds } from '../../../src/replay/cache/prefix-ids.ts'
import { simulate } from '../../../src/replay/cache/simulate.ts'

/** The same caches in plain arrays and strings, from the written rules alone. */
interface Request {
  readonly at: number
  /** Blocks by content: the k-th prefix is the first k of them. */
  readonly contents: readonly number[]
}

const prefixesOf = ({ contents }: Request): string[] => contents.map((_, i) => contents.slice(0, i + 1).join('/'))
const leadingRun = (prefixes: readonly string[], has: (prefix: string) => boolean): number => {
  const miss = prefixes.findIndex(prefix => !has(prefix))
  return miss < 0 ? prefixes.length : miss
}
const longest = (prefixes: readonly string[], has: (prefix: string) => boolean): number =>
  prefixes.findLastIndex(has) + 1

/** What a request finds and thereby uses, and what it does once it is stored. */
interface Naive {
  find(request: Request): number
  store(request: Request, hits: number): void
}

const naiveOf = (policy: Policy): Naive => {
  const stamps = new Map<string, number>()
  const seen: string[] = []
  let order: string[] = []
  const isAlive = (at: number) => (prefix: string) => {
    const stamp = stamps.get(prefix)
    return stamp !== undefined && at - stamp <= policy.lifetime
  }
  const stamp = (prefixes: readonly string[], at: number): void => {
    for (const prefix of prefixes) stamps.set(prefix, at)
  }
  const touch = (prefixes: readonly string[]): void => {
    for (const prefix of prefixes.toReversed()) order = [prefix, ...order.filter(one => one !== prefix)]
  }
  const findLongest = (request: Request): number => {
    const prefixes = prefixesOf(request)
    const hits = longest(prefixes, isAlive(request.at))
    if (hits > 0) stamp([prefixes[hits - 1] ?? ''], request.at)
    return hits
  }
  switch (policy.name) {
    case 'infinite':
      return {
        find: request => leadingRun(prefixesOf(request), prefix => seen.includes(prefix)),
        store: request => void seen.push(...prefixesOf(request)),
      }
    case 'ttl':
      return {
        find: request => {
          const hits = leadingRun(prefixesOf(request), isAlive(request.at))
          if (policy.refresh) stamp(prefixesOf(request).slice(0, hits), request.at)
          return hits
        },
        store: (request, hits) => stamp(prefixesOf(request).slice(policy.refresh ? 0 : hits), request.at),
      }
    case 'lru':
      return {
        find: request => {
          const hits = leadingRun(prefixesOf(request), prefix => order.includes(prefix))
          touch(prefixesOf(request).slice(0, hits))
          return hits
        },
        store: request => {
          touch(prefixesOf(request))
          order = order.slice(0, policy.capacity)
        },
      }
    case 'units':
      return {
        find: findLongest,
        store: request => {
          const prefixes = prefixesOf(request)
          const common = leadingRun(prefixes, prefix => seen.includes(prefix))
          for (const end of [common, prefixes.length]) if (end > 0) stamp([prefixes[end - 1] ?? ''], request.at)
          seen.push(...prefixes)
        },
      }
    case 'marks':
      return {
        find: findLongest,
        store: request => {
          if (request.contents.length >= policy.least) stamp(prefixesOf(request).slice(-1), request.at)
        },
      }
    default:
      return policy.name satisfies never
  }
}

/** Before each request those are stored whose delay is over, in their order, as if they came then. */
const naive = (policy: Policy): ((request: Request) => number) => {
  const cache = naiveOf(policy)
  let waiting: { request: Request; hits: number }[] = []
  const storeUntil = (at: number): void => {
    for (const { request, hits } of waiting.filter(one => one.request.at <= at)) cache.store(request, hits)
    waiting = waiting.filter(one => one.request.at > at)
  }
  return request => {
    storeUntil(request.at)
    const hits = cache.find(request)
    waiting.push({ request: { ...request, at: request.at + policy.delay }, hits })
    return hits
  }
}

const trace = fc
  .array(fc.record({ gap: fc.nat(8), contents: fc.array(fc.nat(2), { maxLength: 6 }) }), { maxLength: 40 })
  .map(steps => {
    let at = 0
    return steps.map(({ gap, contents }): Request => {
      at += gap
      return { at, contents }
    })
  })

const blocksOf = (ids: readonly number[]): Blocks => {
  const blocks = emptyBlocks(1)
  for (const id of ids) addBlock(blocks, id, 0)
  return blocks
}

const FORGETS_NOTHING: Policy = {
  ...{ name: 'infinite', lifetime: 0, refresh: true, capacity: 0, least: 0, delay: 0 },
}

const terms = fc.record({
  lifetime: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(Number.POSITIVE_INFINITY)),
  refresh: fc.boolean(),
  capacity: fc.nat(20),
  least: fc.nat(4),
  delay: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20 })),
})

describe.each(POLICIES)('the cache %s', name => {
  it('finds what the plain one finds, request by request, content ids chained into prefix ids', () => {
    fc.assert(
      fc.property(trace, terms, (requests, rest) => {
        const policy: Policy = { name, ...rest }
        const [ours, theirs, ids] = [simulate(policy), naive(policy), new PrefixIds()]
        for (const request of requests) {
          const blocks = ids.number('', blocksOf(request.contents))
          expect(ours(request.at, blocks, blocks.count)).toBe(theirs(request))
        }
      }),
      { numRuns: 500 },
    )
  })
})

it('what is stored late is found from that moment on, whoever sent it first', () => {
  fc.assert(
    fc.property(trace, fc.integer({ min: 1, max: 20 }), (requests, delay) => {
      const late = simulate({ ...FORGETS_NOTHING, delay })
      const ids = new PrefixIds()
      for (const [i, request] of requests.entries()) {
        const earlier = requests.slice(0, i).filter(({ at }) => request.at - at >= delay)
        const there = new Set(earlier.flatMap(prefixesOf))
        const blocks = ids.number('', blocksOf(request.contents))
        expect(late(request.at, blocks, blocks.count)).toBe(leadingRun(prefixesOf(request), one => there.has(one)))
      }
    }),
  )
})

it('a delay of more requests than are kept in one list changes nothing', () => {
  const late = simulate({ ...FORGETS_NOTHING, delay: 1500 })
  // A request a ms, each block sent 1,000, 1,500 and 2,000 ms after its first time: the last two find it.
  const hits: number[] = []
  for (let at = 0; at < 8000; at++) {
    const first = [0, 1000, 1500, 2000].map(ago => at - ago).filter(own => own >= 0 && own % 2500 < 400)
    for (const own of first) hits[own] = (hits[own] ?? 0) + late(at, blocksOf([own]), 1)
  }
  for (let own = 0; own < 6000; own++) if (own % 2500 < 400) expect(hits[own]).toBe(2)
})

it('a cache that drops and one that grows stay right over many more ids than they begin with', () => {
  const policies: Policy[] = [
    { name: 'lru', lifetime: 0, refresh: true, capacity: 3000, least: 0, delay: 0 },
    { name: 'ttl', lifetime: 40, refresh: true, capacity: 0, least: 0, delay: 0 },
    { name: 'lru', lifetime: 0, refresh: true, capacity: 3000, least: 0, delay: 5 },
    { name: 'ttl', lifetime: 40, refresh: true, capacity: 0, least: 0, delay: 5 },
  ]
  for (const policy of policies) {
    const [ours, theirs] = [simulate(policy), naive(policy)]
    for (let at = 0; at < 120; at++) {
      const contents = [at % 7, at % 5, ...Array.from({ length: 60 }, (_, i) => (at % 3 === 0 ? i : at + i))]
      const ids = prefixNumbers(contents)
      expect(ours(at, ids, ids.count)).toBe(theirs({ at, contents }))
    }
  }
})

it('a cache that drops stays right where requests are longer than it and come again', () => {
  const capacity = 100
  const own: Policy = { name: 'lru', lifetime: 0, refresh: true, capacity, least: 0, delay: 0 }
  const [ours, theirs] = [simulate(own), naive(own)]
  let seed = 7
  for (let at = 0; at < 400; at++) {
    seed = (seed * 48_271) % 2_147_483_647
    const contents = [seed % 5, ...Array.from({ length: seed % 160 }, (_, i) => i)]
    const ids = prefixNumbers(contents)
    expect(ours(at, ids, ids.count)).toBe(theirs({ at, contents }))
  }
})

const numbers = new PrefixIds()
const prefixNumbers = (contents: readonly number[]): Blocks => numbers.number('', blocksOf(contents))
