import { describe, expect, it } from 'vitest'
import { expectCalls } from '../../../src/cost/workload/expect-cache.ts'
import { type MarkSet, marksOf, namesOfMarks } from '../../../src/cost/workload/expect-marks.ts'
import type { Shape } from '../../../src/cost/workload/prompt.ts'
import type { Mark } from '../../../src/model/scenario/marks.ts'
import { ruleWith, shapeWith } from '../build.ts'

const caller = (...marks: readonly Mark[]): MarkSet => ({ caller: marks, newest: false })
const NEWEST: MarkSet = { caller: [], newest: true }

interface Case {
  readonly it: string
  readonly shape: Partial<Shape>
  readonly marks: MarkSet
  readonly minimum?: number
  readonly run?: boolean
  /** Each call: `prompt: read+written`, with the shared prefix cold | warm where that makes a difference. */
  readonly calls: readonly string[]
}

const callsOf = ({ shape, marks, minimum = 0, run = false }: Case): string[] =>
  expectCalls(shapeWith(shape), {
    rule: ruleWith({ match: 'marks', minimum }),
    ttl_s: 300,
    writes: true,
    rewrites: false,
    run,
    marks,
  }).map(({ prompt, cold, warm, needs }) => {
    const [before, after] = [cold, warm].map(({ hit, write }) => `${hit}+${write}`)
    return needs === 'never' || before === after ? `${prompt}: ${before}` : `${prompt}: ${before} | ${after}`
  })

// Shared 2000, session 3000, turn 100: ends at 2000, 5000 and 5100.
const PARTS = { shared: 2000, session: 3000, turn: 100, last: 2 }
// Prompts 2000 + 500k + 200(k−1): 2500, 3200, 3900.
const TALK = { shared: 2000, turn: 500, output: 200, last: 3, history: true }

describe('without history', () => {
  it.each<Case>([
    { it: 'no mark: nothing is read or written', shape: PARTS, marks: caller(), calls: ['5100: 0+0', '5100: 0+0'] },
    {
      it: 'shared alone is written once and read by everyone',
      shape: PARTS,
      marks: caller('shared'),
      calls: ['5100: 0+2000 | 2000+0', '5100: 2000+0'],
    },
    {
      it: 'session alone is of one conversation: its first call writes all of it',
      shape: PARTS,
      marks: caller('session'),
      calls: ['5100: 0+5000', '5100: 5000+0'],
    },
    {
      it: 'shared and session',
      shape: PARTS,
      marks: caller('shared', 'session'),
      calls: ['5100: 0+5000 | 2000+3000', '5100: 5000+0'],
    },
    {
      it: 'the end of a prompt that nobody sends again is written each time, the last too',
      shape: PARTS,
      marks: caller('prompt'),
      calls: ['5100: 0+5100', '5100: 0+5100'],
    },
    {
      it: 'all three: the new turn is written on every call',
      shape: PARTS,
      marks: caller('shared', 'session', 'prompt'),
      calls: ['5100: 0+5100 | 2000+3100', '5100: 5000+100'],
    },
    {
      it: 'without a turn the prompt ends where the session does: one entry',
      shape: { ...PARTS, turn: 0 },
      marks: caller('prompt'),
      calls: ['5000: 0+5000', '5000: 5000+0'],
    },
    {
      it: 'a prompt that is all shared ends where everyone’s does',
      shape: { shared: 2000, last: 2 },
      marks: caller('prompt'),
      calls: ['2000: 0+2000 | 2000+0', '2000: 2000+0'],
    },
    {
      it: 'so does a session mark without a session',
      shape: { shared: 2000, turn: 100 },
      marks: caller('session'),
      calls: ['2100: 0+2000 | 2000+0'],
    },
    {
      it: 'the caller’s mark stands before context, which is input on every call',
      shape: { ...PARTS, turn: 0, context: 700 },
      marks: caller('prompt'),
      calls: ['5700: 0+5000', '5700: 5000+0'],
    },
    {
      it: 'the provider’s stands behind it, so its entry is never found again',
      shape: { ...PARTS, turn: 0, context: 700 },
      marks: NEWEST,
      calls: ['5700: 0+5700', '5700: 0+5700'],
    },
    {
      it: 'with marks of one’s own beside it those are read',
      shape: { ...PARTS, turn: 0, context: 700 },
      marks: { caller: ['shared'], newest: true },
      calls: ['5700: 0+5700 | 2000+3700', '5700: 2000+3700'],
    },
  ])('$it', one => {
    expect(callsOf(one)).toEqual(one.calls)
  })
})

describe('with history', () => {
  it.each<Case>([
    {
      it: 'shared alone: earlier turns are input again',
      shape: TALK,
      marks: caller('shared'),
      calls: ['2500: 0+2000 | 2000+0', '3200: 2000+0', '3900: 2000+0'],
    },
    {
      it: 'the end of the previous prompt is read, and what came since is written, at the last call too',
      shape: TALK,
      marks: caller('shared', 'session', 'prompt'),
      calls: ['2500: 0+2500 | 2000+500', '3200: 2500+700', '3900: 3200+700'],
    },
    {
      it: 'prompt alone: another conversation finds no shorter beginning',
      shape: TALK,
      marks: caller('prompt'),
      calls: ['2500: 0+2500', '3200: 2500+700', '3900: 3200+700'],
    },
    {
      it: 'the provider’s mark at the newest message does the same',
      shape: TALK,
      marks: NEWEST,
      calls: ['2500: 0+2500', '3200: 2500+700', '3900: 3200+700'],
    },
    {
      // Prompts 2500, 3200, 3900 and 400 of context behind each.
      it: 'context stays behind the caller’s mark',
      shape: { ...TALK, context: 400 },
      marks: caller('shared', 'prompt'),
      calls: ['2900: 0+2500 | 2000+500', '3600: 2500+700', '4300: 3200+700'],
    },
    {
      it: 'and before the provider’s, whose entries then are never read',
      shape: { ...TALK, context: 400 },
      marks: NEWEST,
      calls: ['2900: 0+2900', '3600: 0+3600', '4300: 0+4300'],
    },
    {
      it: 'but the caller’s shared entry beside it is',
      shape: { ...TALK, context: 400 },
      marks: { caller: ['shared'], newest: true },
      calls: ['2900: 0+2900 | 2000+900', '3600: 2000+1600', '4300: 2000+2300'],
    },
    {
      // Prompts 2000 + 500k + 200(k−1), the reasoning included
      it: 'kept reasoning is written with the answer',
      shape: { ...TALK, reasoning: 150, keeps: true, last: 2 },
      marks: caller('prompt'),
      calls: ['2500: 0+2500', '3200: 2500+700'],
    },
    {
      it: 'dropped reasoning is not sent',
      shape: { ...TALK, reasoning: 150, last: 2 },
      marks: caller('prompt'),
      calls: ['2500: 0+2500', '3050: 2500+550'],
    },
    {
      it: 'a promoted conversation begins with nothing but shared',
      shape: { ...TALK, first: 2 },
      marks: caller('shared', 'session', 'prompt'),
      calls: ['3200: 0+3200 | 2000+1200', '3900: 3200+700'],
    },
  ])('$it', one => {
    expect(callsOf(one)).toEqual(one.calls)
  })
})

describe('the minimum', () => {
  it.each<Case>([
    {
      it: 'no entry is shorter: no hits and no writes (3,000 under 4,096)',
      shape: { shared: 3000, turn: 50 },
      marks: caller('shared'),
      minimum: 4096,
      calls: ['3050: 0+0'],
    },
    {
      it: 'one as long as it is an entry',
      shape: { shared: 4096, turn: 50 },
      marks: caller('shared'),
      minimum: 4096,
      calls: ['4146: 0+4096 | 4096+0'],
    },
    {
      it: 'a shared prefix below it is written with the session, for that conversation alone',
      shape: { shared: 1000, session: 24, turn: 500, last: 2 },
      marks: caller('shared', 'session'),
      minimum: 1024,
      calls: ['1524: 0+1024', '1524: 1024+0'],
    },
    {
      // Prompts 500, 1200, 1900: the first is too short to be stored.
      it: 'a conversation that grows past it begins to be stored there',
      shape: { turn: 500, output: 200, last: 3, history: true },
      marks: caller('prompt'),
      minimum: 1024,
      calls: ['500: 0+0', '1200: 0+1200', '1900: 1200+700'],
    },
  ])('$it', one => {
    expect(callsOf(one)).toEqual(one.calls)
  })
})

describe('the lifetime', () => {
  it.each<Case>([
    {
      it: 'a gap as long as it still reads',
      shape: { ...TALK, last: 2, gap_s: 300 },
      marks: caller('shared', 'prompt'),
      calls: ['2500: 0+2500 | 2000+500', '3200: 2500+700'],
    },
    {
      it: 'after a longer one only what others keep warm is found',
      shape: { ...TALK, last: 2, gap_s: 301 },
      marks: caller('shared', 'prompt'),
      calls: ['2500: 0+2500 | 2000+500', '3200: 0+3200 | 2000+1200'],
    },
    {
      it: 'and in a run nothing',
      shape: { ...TALK, last: 2, gap_s: 301 },
      marks: caller('shared', 'prompt'),
      run: true,
      calls: ['2500: 0+2500 | 2000+500', '3200: 0+3200'],
    },
  ])('$it', one => {
    expect(callsOf(one)).toEqual(one.calls)
  })
})

describe('the marks reckoned with', () => {
  const marks = { match: 'marks' } as const
  const newest = { match: 'marks', marks: 'newest', optional: true } as const
  const forced = { match: 'marks', marks: 'newest' } as const
  it.each<{
    it: string
    rule: Parameters<typeof marksOf>[0]
    stated?: readonly Mark[]
    calls?: number
    history?: boolean
    names: readonly Mark[]
    newest?: boolean
  }>([
    { it: 'a careful caller marks shared for one call', rule: marks, names: ['shared'] },
    { it: 'and session for several', rule: marks, calls: 2, names: ['shared', 'session'] },
    {
      it: 'and the prompt where it is sent again',
      rule: marks,
      calls: 2,
      history: true,
      names: ['shared', 'session', 'prompt'],
    },
    { it: 'a history of one call is none', rule: marks, history: true, names: ['shared'] },
    { it: 'the older name means the caller', rule: { match: 'breakpoints' }, names: ['shared'] },
    { it: 'the provider marks the newest message', rule: newest, calls: 3, names: ['prompt'], newest: true },
    { it: 'marks of one’s own take its place', rule: newest, stated: ['shared'], names: ['shared'] },
    { it: 'none are none', rule: newest, stated: [], names: [] },
    { it: 'beside one that stays', rule: forced, stated: ['shared'], names: ['shared', 'prompt'], newest: true },
    { it: 'a rule of blocks has none', rule: { match: 'blocks' }, stated: ['shared'], names: [] },
  ])('$it', ({ rule, stated, calls = 1, history = false, names, newest = false }) => {
    const found = marksOf(rule, stated, { calls, history })
    expect(namesOfMarks(found)).toEqual(names)
    expect(found.newest).toBe(newest)
  })
})
