import { describe, expect, it } from 'vitest'
import { type CacheTerms, expectCalls } from '../../../src/cost/workload/expect-cache.ts'
import { NO_MARKS } from '../../../src/cost/workload/expect-marks.ts'
import type { Shape } from '../../../src/cost/workload/prompt.ts'
import type { CacheRule } from '../../../src/model/book/book.ts'
import { ruleWith, shapeWith } from '../build.ts'

interface Case {
  readonly it: string
  readonly shape: Partial<Shape>
  readonly rule?: Partial<CacheRule>
  readonly terms?: Partial<CacheTerms>
  /** Each call: prompt, hit with the shared prefix cold and warm, and what warms it. */
  readonly calls: readonly string[]
}

/** Each call in words: `prompt: cold hit[+write] | warm hit[+write] needs`. */
const callsOf = ({ shape, rule, terms }: Case): string[] =>
  expectCalls(shapeWith(shape), {
    rule: ruleWith(rule),
    ttl_s: 300,
    writes: false,
    rewrites: true,
    run: false,
    marks: NO_MARKS,
    ...terms,
  }).map(({ prompt, cold, warm, needs }) => {
    const [before, after] = [cold, warm].map(({ hit, write }) => (write > 0 ? `${hit}+${write}` : `${hit}`))
    return needs === 'never' ? `${prompt}: ${before}` : `${prompt}: ${before} | ${after} ${needs}`
  })

const DEEPSEEK = { block: 64, minimum: 64 }
const OPENAI = { block: 128, minimum: 1024 }

describe('blocks', () => {
  it.each<Case>([
    { it: 'DeepSeek: 63 tokens are no block', shape: { shared: 63 }, rule: DEEPSEEK, calls: ['63: 0 | 0 one'] },
    { it: 'DeepSeek: 64 are one', shape: { shared: 64 }, rule: DEEPSEEK, calls: ['64: 0 | 64 one'] },
    { it: 'DeepSeek: 127 are one', shape: { shared: 127 }, rule: DEEPSEEK, calls: ['127: 0 | 64 one'] },
    // 15 × 64
    { it: 'only what is shared', shape: { shared: 1000, turn: 100 }, rule: DEEPSEEK, calls: ['1100: 0 | 960 one'] },
    { it: 'OpenAI: 1023 are below the minimum', shape: { shared: 1023 }, rule: OPENAI, calls: ['1023: 0 | 0 one'] },
    { it: 'OpenAI: 1024 are eight blocks', shape: { shared: 1024 }, rule: OPENAI, calls: ['1024: 0 | 1024 one'] },
    { it: 'OpenAI: 1151 are still eight', shape: { shared: 1151 }, rule: OPENAI, calls: ['1151: 0 | 1024 one'] },
    { it: 'OpenAI: 1152 are nine', shape: { shared: 1152 }, rule: OPENAI, calls: ['1152: 0 | 1152 one'] },
    {
      // 7 × 128 = 896, below 1000
      it: 'the minimum is held against whole blocks',
      shape: { shared: 1023 },
      rule: { block: 128, minimum: 1000 },
      calls: ['1023: 0 | 0 one'],
    },
    {
      // 1,500 = 23 × 64 + 28
      it: 'later calls read shared and session in one piece',
      shape: { shared: 1000, session: 500, turn: 100, last: 3 },
      rule: DEEPSEEK,
      calls: ['1600: 0 | 960 one', '1600: 1472', '1600: 1472'],
    },
    {
      // Prompts 100 + 50k + 15(k−1): the reasoning, 5 of 20, is not sent again.
      it: 'with history a call reads the whole prompt before it',
      shape: { shared: 100, turn: 50, output: 20, reasoning: 5, last: 3, history: true },
      calls: ['150: 0 | 100 one', '215: 150', '280: 215'],
    },
    {
      it: 'and its answer where the provider stores it',
      shape: { shared: 100, turn: 50, output: 20, last: 3, history: true },
      rule: { stores_output: true },
      calls: ['150: 0 | 100 one', '220: 170', '290: 240'],
    },
    {
      // What is stored goes on with the reasoning, which the next prompt leaves out.
      it: 'but no stored answer after reasoning',
      shape: { shared: 100, turn: 50, output: 20, reasoning: 5, last: 2, history: true },
      rule: { stores_output: true },
      calls: ['150: 0 | 100 one', '215: 150'],
    },
    {
      // Prompts 100 + 50k + 20(k−1) + 30; the next one repeats all but the 30, and stored answers stand behind them.
      it: 'reuse ends before context, and before a stored answer',
      shape: { shared: 100, turn: 50, context: 30, output: 20, last: 3, history: true },
      rule: { stores_output: true },
      calls: ['180: 0 | 100 one', '250: 150', '320: 220'],
    },
    {
      it: 'context changes nothing that is read without history',
      shape: { shared: 100, session: 40, turn: 50, context: 30, last: 2 },
      calls: ['220: 0 | 100 one', '220: 140'],
    },
    {
      // Prompts 100 + 50k + 20(k−1): the reasoning is sent again, so what is stored goes on.
      it: 'kept reasoning is input of the next call, read with the stored answer',
      shape: { shared: 100, turn: 50, output: 20, reasoning: 5, keeps: true, last: 3, history: true },
      rule: { stores_output: true },
      calls: ['150: 0 | 100 one', '220: 170', '290: 240'],
    },
    {
      it: 'a gap as long as the lifetime still hits',
      shape: { shared: 100, session: 50, last: 2, gap_s: 300 },
      calls: ['150: 0 | 100 one', '150: 150'],
    },
    {
      it: 'a longer gap leaves what other requests keep warm',
      shape: { shared: 100, session: 50, last: 2, gap_s: 301 },
      calls: ['150: 0 | 100 one', '150: 0 | 100 one'],
    },
    {
      it: 'in a run a later turn after a longer gap starts cold',
      shape: { shared: 100, session: 50, last: 2, gap_s: 301 },
      terms: { run: true },
      calls: ['150: 0 | 100 one', '150: 0'],
    },
  ])('$it', one => {
    expect(callsOf(one)).toEqual(one.calls)
  })
})

// https://api-docs.deepseek.com/guides/kv_cache: A+B then A+B+C hits A+B; A+B then A+C does not, a third A+D hits A.
describe('units', () => {
  it.each<Case>([
    { it: 'A+B, A+C, A+D: the third request hits', shape: { shared: 1000, turn: 100 }, calls: ['1100: 0 | 1000 two'] },
    {
      it: 'in whole blocks: 7 × 128',
      shape: { shared: 1000, turn: 1 },
      rule: { block: 128 },
      calls: ['1001: 0 | 896 two'],
    },
    { it: 'below the minimum not at all', shape: { shared: 100 }, rule: { minimum: 128 }, calls: ['100: 0 | 0 one'] },
    { it: 'A, then A: a prompt’s end is a unit', shape: { shared: 1000 }, calls: ['1000: 0 | 1000 one'] },
    {
      it: 'the same session sent again is a whole prompt',
      shape: { shared: 1000, session: 500, last: 3 },
      calls: ['1500: 0 | 1000 two', '1500: 1500', '1500: 1500'],
    },
    {
      it: 'a session with new turns is seen at the second call and read from the third on',
      shape: { shared: 1000, session: 500, turn: 100, last: 4 },
      calls: ['1600: 0 | 1000 two', '1600: 0 | 1000 one', '1600: 1500', '1600: 1500'],
    },
    {
      it: 'without a session one conversation of two calls shows the shared prefix to the next',
      shape: { shared: 1000, turn: 100, last: 3 },
      calls: ['1100: 0 | 1000 one', '1100: 0 | 1000 one', '1100: 1000'],
    },
    {
      // A history only grows, so its own calls never part behind the shared prefix.
      it: 'a history reads up to the answer’s end from the second call on',
      shape: { shared: 1000, turn: 100, output: 40, last: 3, history: true },
      calls: ['1100: 0 | 1000 two', '1240: 1140', '1380: 1280'],
    },
    {
      it: 'after reasoning up to the prompt’s end',
      shape: { shared: 1000, turn: 100, output: 40, reasoning: 30, last: 3, history: true },
      calls: ['1100: 0 | 1000 two', '1210: 1100', '1320: 1210'],
    },
    {
      // Prompts 1000 + 100k + 40(k−1) + 30. Calls 1 and 2 part before the first context, call 3 reads up to there.
      it: 'with context a history reads the prompt of the call before last, without its context',
      shape: { shared: 1000, turn: 100, context: 30, output: 40, last: 4, history: true },
      calls: ['1130: 0 | 1000 two', '1270: 0 | 1000 one', '1410: 1100', '1550: 1240'],
    },
    {
      // Prompts 1000 + 40(k−1) + 30: an earlier conversation's own calls part behind the shared prefix.
      it: 'without turns one conversation with context shows the shared prefix to the next',
      shape: { shared: 1000, context: 30, output: 40, last: 3, history: true },
      calls: ['1030: 0 | 1000 one', '1070: 0 | 1000 one', '1110: 1000'],
    },
    {
      it: 'a context without turns is seen at the second call and read from the third on',
      shape: { shared: 1000, session: 500, context: 30, last: 3 },
      calls: ['1530: 0 | 1000 two', '1530: 0 | 1000 one', '1530: 1500'],
    },
    {
      it: 'kept reasoning is part of what a history reads',
      shape: { shared: 1000, turn: 100, output: 40, reasoning: 30, keeps: true, last: 2, history: true },
      calls: ['1100: 0 | 1000 two', '1240: 1140'],
    },
    {
      it: 'after a gap longer than the lifetime every call is a first one',
      shape: { shared: 1000, turn: 100, last: 2, gap_s: 301 },
      calls: ['1100: 0 | 1000 two', '1100: 0 | 1000 two'],
    },
  ])('$it', one => {
    expect(callsOf({ ...one, rule: { match: 'units', ...one.rule } })).toEqual(one.calls)
  })
})
