import fc from 'fast-check'
import { expect, it } from 'vitest'
import { InputError, loadBook, type ReplayRequest, replay, type UsageRecord, usage } from '../../src/index.ts'

const book = await loadBook('2026-11-23')
const MODEL = 'deepseek-v4-pro'
const BLOCK = 1000
const START = Date.UTC(2026, 10, 23)

/** Requests whose prefixes are those of a small tree, up to minutes apart, over hours with other rates. */
const trace = fc
  .array(fc.record({ gap: fc.nat(1_200_000), path: fc.array(fc.nat(1), { maxLength: 6 }), rest: fc.nat(BLOCK - 1) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map(steps => {
    let at = START
    return steps.map(({ gap, path, rest }, i): ReplayRequest => {
      at += gap
      const blocks = path.map((_, k) => path.slice(0, k + 1).join('/'))
      return { at, model: MODEL, input: path.length * BLOCK + rest, output: i, blocks }
    })
  })

const NAMES = ['infinite', 'ttl', 'lru', 'units', 'marks', 'rule'] as const

it('no policy hits more than the one that forgets nothing', () => {
  fc.assert(
    fc.property(trace, fc.integer({ min: 1, max: 2000 }), fc.nat(20), (requests, ttl, capacity) => {
      const { rows } = replay(requests, book, { block: BLOCK, policies: NAMES, ttl, capacity })
      const most = rows[0]?.cached_tokens ?? -1
      for (const row of rows) expect(row.cached_tokens).toBeLessThanOrEqual(most)
    }),
  )
})

/** Tokens that a cache that forgets nothing has of each request, from its rule alone. */
const hitsOf = (requests: readonly ReplayRequest[]): number[] => {
  const seen = new Set<unknown>()
  return requests.map(({ blocks }) => {
    const miss = blocks.findIndex(id => !seen.has(id))
    for (const id of blocks) seen.add(id)
    return (miss < 0 ? blocks.length : miss) * BLOCK
  })
}

const record = ({ at, input, output }: ReplayRequest, cached: number): UsageRecord => ({
  ...{ at: Number(at), end: null, model: MODEL, input: input - cached, cache_read: cached, output },
  ...{ cache_write: null, cache_write_1h: null, reasoning: null, requests: 1, service: null, batch: false },
  ...{ id: null, stated_usd: null, keys: {} },
})

it('a replay costs what usage says of the same requests with the tokens that were hit, and with none', () => {
  fc.assert(
    fc.property(trace, requests => {
      const [row] = replay(requests, book, { block: BLOCK, policies: ['infinite'] }).rows
      const hits = hitsOf(requests)
      expect(row?.cached_tokens).toBe(hits.reduce((all, one) => all + one, 0))
      const costOf = (cached: readonly number[]) =>
        usage(
          requests.map((request, i) => record(request, cached[i] ?? 0)),
          book,
        ).total.cost
      expect(row?.costs?.total).toBe(costOf(hits))
      expect(row?.costs?.no_cache).toBe(costOf([]))
    }),
  )
})

it('refuses what is no count, by its place', () => {
  const request = { at: START, model: MODEL, input: 1.5, output: 1, blocks: [] }
  expect(() => replay([request], book, { block: BLOCK })).toThrow(InputError)
})

it('a delay hits no more than none, and nothing where it is longer than the trace', () => {
  fc.assert(
    fc.property(trace, fc.integer({ min: 1, max: 2000 }), (requests, delay) => {
      const cached = (seconds: number) =>
        replay(requests, book, { block: BLOCK, policies: ['infinite'], delay: seconds }).rows[0]?.cached_tokens
      expect(cached(delay)).toBeLessThanOrEqual(cached(0) ?? -1)
      expect(cached(86_400)).toBe(0)
    }),
  )
})

it.each([-1, Number.NaN])('a delay of %d is refused', delay => {
  expect(() => replay([], book, { block: BLOCK, delay })).toThrow(/delay is not a number of seconds/)
})
