import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { POLICIES, type Policy, simulate } from '../../src/replay/policies.ts'
import { PrefixIds } from '../../src/replay/prefix-ids.ts'
import { addBlock, type Blocks, emptyBlocks } from '../../src/replay/trace.ts'

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

type Naive = (request: Request) => number

const naive = (policy: Policy): Naive => {
  const stamps = new Map<string, number>()
  const seen: string[] = []
  let order: string[] = []
  const isAlive = (at: number) => (prefix: string) => {
    const stamp = stamps.get(prefix)
    return stamp !== undefined && at - stamp <= policy.lifetime
  }
  switch (policy.name) {
    case 'infinite':
      return request => {
        const prefixes = prefixesOf(request)
        const hits = leadingRun(prefixes, prefix => seen.includes(prefix))
        seen.push(...prefixes)
        return hits
      }
    case 'ttl':
      return request => {
        const prefixes = prefixesOf(request)
        const hits = leadingRun(prefixes, isAlive(request.at))
        for (const prefix of prefixes.slice(policy.refresh ? 0 : hits)) stamps.set(prefix, request.at)
        return hits
      }
    case 'lru':
      return request => {
        const prefixes = prefixesOf(request)
        const hits = leadingRun(prefixes, prefix => order.includes(prefix))
        for (const prefix of prefixes.toReversed()) order = [prefix, ...order.filter(one => one !== prefix)]
        order = order.slice(0, policy.capacity)
        return hits
      }
    case 'units':
      return request => {
        const prefixes = prefixesOf(request)
        const hits = longest(prefixes, isAlive(request.at))
        const common = leadingRun(prefixes, prefix => seen.includes(prefix))
        for (const end of [hits, common, prefixes.length]) {
          if (end > 0) stamps.set(prefixes[end - 1] ?? '', request.at)
        }
        seen.push(...prefixes)
        return hits
      }
    case 'marks':
      return request => {
        const prefixes = prefixesOf(request)
        const hits = longest(prefixes, isAlive(request.at))
        const ends = [hits, prefixes.length >= policy.least ? prefixes.length : 0]
        for (const end of ends) if (end > 0) stamps.set(prefixes[end - 1] ?? '', request.at)
        return hits
      }
    default:
      return policy.name satisfies never
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

const terms = fc.record({
  lifetime: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(Number.POSITIVE_INFINITY)),
  refresh: fc.boolean(),
  capacity: fc.nat(20),
  least: fc.nat(4),
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

it('a cache that drops and one that grows stay right over many more ids than they begin with', () => {
  const policies: Policy[] = [
    { name: 'lru', lifetime: 0, refresh: true, capacity: 3000, least: 0 },
    { name: 'ttl', lifetime: 40, refresh: true, capacity: 0, least: 0 },
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
  const own: Policy = { name: 'lru', lifetime: 0, refresh: true, capacity, least: 0 }
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
