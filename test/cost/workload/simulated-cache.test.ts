import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CacheRule } from '../../../src/model/book/book.ts'
import { ZERO } from '../../../src/model/number/money.ts'
import { MARKS, type Mark } from '../../../src/model/scenario/marks.ts'
import type { Traffic } from '../../../src/model/scenario/scenario.ts'
import { runs } from '../../laws.ts'
import { price } from '../arbitrary.ts'
import { bookWith } from '../build.ts'
import { cacheOf, type Found, playArrivals, playRun, type Rule, type Talk } from './simulated-cache.ts'

const LIFETIME = 300

/** Lengths with many zeros and small numbers, so that parts often end at one place. */
const tokens = (max: number) =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat({ max }) })

const talk: fc.Arbitrary<Talk> = fc
  .record({
    turns: fc.integer({ min: 1, max: 5 }),
    gap: fc.constantFrom(0, 30, 300, 301),
    history: fc.boolean(),
    kept: fc.boolean(),
    shared: tokens(900),
    session: tokens(400),
    turn: tokens(300),
    context: tokens(300),
    output: tokens(200),
    thinking: fc.constantFrom(0, 0, 50, 100),
  })
  .map(({ thinking, ...rest }) => ({ ...rest, reasoning: Math.floor((rest.output * thinking) / 100) }))

type Who = 'caller' | 'newest' | 'forced'

interface Asked {
  readonly rule: Rule & Pick<CacheRule, 'marks' | 'optional'>
  readonly stated?: readonly Mark[]
  /** Marks as the cache meets them. */
  readonly marks: readonly (Mark | 'newest')[]
}

const free: fc.Arbitrary<Asked> = fc
  .record({
    match: fc.constantFrom('blocks' as const, 'units' as const),
    block: fc.constantFrom(1, 16, 64),
    minimum: fc.constantFrom(0, 64, 500),
    stores_output: fc.boolean(),
  })
  .map(rule => ({ rule, marks: [] }))

const marked: fc.Arbitrary<Asked> = fc
  .record({
    who: fc.constantFrom<Who>('caller', 'newest', 'forced'),
    own: fc.subarray([...MARKS]),
    minimum: fc.constantFrom(0, 64, 500),
  })
  .map(({ who, own, minimum }) => ({
    rule: {
      match: 'marks' as const,
      block: 1,
      minimum,
      stores_output: false,
      ...(who === 'caller' ? {} : { marks: 'newest' as const }),
      ...(who === 'newest' ? { optional: true } : {}),
    },
    ...(who === 'newest' ? {} : { stated: own }),
    marks: who === 'newest' ? ['newest'] : who === 'forced' ? [...own, 'newest'] : own,
  }))

/** What the program expects of the same workload, tokens per period. */
const expected = (talk: Talk, { rule, stated }: Asked, traffic: Partial<Traffic>): Found => {
  const { gap, kept, ...lengths } = talk
  const { tokens } = price(
    {
      traffic,
      request: { ...lengths, turn_gap_s: gap, reasoning_kept: kept },
      cache: { policy: 'prefix', ...(stated ? { marks: stated } : {}) },
    },
    bookWith({
      row: { cache_write: '1.25' },
      rule: { ...rule, lifetimes: [{ ttl_s: LIFETIME, write: rule.match === 'marks' ? 'cache_write' : null }] },
    }),
  )
  return {
    prompt: tokens.prompt.toNumber(),
    read: (tokens.cache_read ?? ZERO).toNumber(),
    written: (tokens.cache_write ?? ZERO).toNumber(),
  }
}

// Left out, where the formulas take one chance for all calls: after gaps longer than the lifetime nothing of a run's
// earlier conversations is alive but their last calls, which were not seen to part (units), or end elsewhere (a history
// that begins with shared alone, marked at its end).
const isPlain = ({ turns, gap, history, session, turn }: Talk, { rule }: Asked): boolean =>
  turns === 1 || gap <= LIFETIME || (rule.match !== 'units' && !(history && session === 0 && turn === 0))

describe('a cache played through call by call', () => {
  it.each([
    ['blocks and units', free],
    ['marks', marked],
  ] as const)('a run reads and writes what the formulas say: %s', (_, rules) => {
    fc.assert(
      fc.property(talk, rules, fc.integer({ min: 1, max: 5 }), (one, asked, requests) => {
        fc.pre(isPlain(one, asked))
        const played = playRun(one, requests, cacheOf(asked.rule, LIFETIME, asked.marks))
        expect(expected(one, asked, { requests })).toEqual(played)
      }),
      { numRuns: runs(2000) },
    )
  })

  /** Numbers from 0 to 1 that are the same every time. */
  const seeded = (seed: number) => {
    let state = seed
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return (state + 0.5) / 2 ** 32
    }
  }

  const TALK: Talk = {
    turns: 1,
    gap: 0,
    history: false,
    kept: false,
    shared: 1000,
    session: 0,
    turn: 100,
    context: 0,
    output: 50,
    reasoning: 0,
  }
  const rule = (match: CacheRule['match'], more: Partial<Rule> = {}): Asked['rule'] => ({
    match,
    block: 1,
    minimum: 0,
    stores_output: false,
    ...more,
  })
  const CALLER: Asked = { rule: rule('marks'), stated: ['shared', 'session', 'prompt'], marks: [...MARKS] }

  it.each<{ it: string; talk: Partial<Talk>; asked: Asked; perHour: number }>([
    { it: 'blocks, one call', talk: {}, asked: { rule: rule('blocks', { block: 64 }), marks: [] }, perHour: 12 },
    {
      it: 'blocks, a conversation that keeps the prefix warm',
      talk: { turns: 4, gap: 120, history: true, context: 30 },
      asked: { rule: rule('blocks'), marks: [] },
      perHour: 6,
    },
    {
      it: 'blocks, gaps longer than the lifetime',
      talk: { turns: 3, gap: 400, session: 200 },
      asked: { rule: rule('blocks'), marks: [] },
      perHour: 8,
    },
    { it: 'units, one call', talk: {}, asked: { rule: rule('units'), marks: [] }, perHour: 12 },
    {
      it: 'units, a history',
      talk: { turns: 3, gap: 60, history: true },
      asked: { rule: rule('units'), marks: [] },
      perHour: 8,
    },
    {
      it: 'units, a session without pauses',
      talk: { turns: 3, session: 300 },
      asked: { rule: rule('units'), marks: [] },
      perHour: 12,
    },
    {
      it: 'units, a history with context, without pauses',
      talk: { turns: 4, history: true, context: 40 },
      asked: { rule: rule('units'), marks: [] },
      perHour: 12,
    },
    {
      it: 'marks, one call',
      talk: {},
      asked: { rule: rule('marks'), stated: ['shared'], marks: ['shared'] },
      perHour: 12,
    },
    { it: 'marks, a history', talk: { turns: 4, gap: 120, history: true, context: 30 }, asked: CALLER, perHour: 6 },
    {
      it: 'marks, gaps longer than the lifetime',
      talk: { turns: 3, gap: 400, session: 200 },
      asked: CALLER,
      perHour: 8,
    },
    {
      it: 'the provider’s own mark beside shared',
      talk: { turns: 3, gap: 60, history: true },
      asked: { rule: { ...rule('marks'), marks: 'newest' }, stated: ['shared'], marks: ['shared', 'newest'] },
      perHour: 10,
    },
  ])('paced traffic agrees within the error of what is played: $it', ({ talk: own, asked, perHour }) => {
    const random = seeded(20_261_129)
    const one = { ...TALK, ...own }
    let now = 0
    // Independent stretches of traffic; the first hours of each only fill the cache.
    const means = Array.from({ length: 25 }, () => {
      const starts = Array.from({ length: 150 }, () => (now += (-Math.log(random()) * 3600) / perHour))
      now += 86_400
      const played = playArrivals(one, starts, cacheOf(asked.rule, LIFETIME, asked.marks)).slice(30)
      const mean = (key: 'read' | 'written') => played.reduce((sum, found) => sum + found[key], 0) / played.length
      return { read: mean('read'), written: mean('written') }
    })
    const told = expected(one, asked, { requests: perHour, per: 'hour' })
    for (const key of ['read', 'written'] as const) {
      const all = means.map(mean => mean[key])
      const mean = all.reduce((sum, value) => sum + value, 0) / all.length
      const spread = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (all.length - 1)
      const error = Math.sqrt(spread / all.length)
      expect(Math.abs(mean - told[key] / perHour), key).toBeLessThanOrEqual(3 * error + 1e-6)
    }
  })
})
