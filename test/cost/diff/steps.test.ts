import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { keyOrderOf } from '../../../src/cost/diff/key-order.ts'
import { stepsBetween } from '../../../src/cost/diff/steps.ts'
import type { Length } from '../../../src/model/scenario/counted.ts'
import { inputSchemaFor, type Scenario } from '../../../src/model/scenario/scenario.ts'
import { scenarioSchema } from '../../../src/model/scenario/scenario-schema.ts'
import { clusterWith, scenarioWith, type Wish } from '../build.ts'

/** Each step as its keys, with their values. */
const told = (was: Wish, is: Wish, order?: Parameters<typeof stepsBetween>[2]): string[] =>
  stepsBetween(scenarioWith(was), scenarioWith(is), order).map(({ keys }) =>
    keys.map(({ key, part, from, to }) => `${key}${part ? ` ${part}` : ''} ${from} ${to}`).join(', '),
  )

const text = (...parts: readonly (readonly [source: string, tokens: number])[]): Length => ({
  mean: '0',
  min: 0,
  max: 0,
  parts: parts.map(([source, tokens]) => ({
    source,
    kind: source === 'template' ? 'template' : 'text',
    samples: [tokens],
    tokenizer: 't',
    exact: true,
  })),
})

describe('what differs between two scenarios', () => {
  it.each<{ it: string; was: Wish; is: Wish; steps: string[] }>([
    { it: 'nothing, where they are the same', was: {}, is: {}, steps: [] },
    {
      it: 'nothing, where it has no price',
      was: { name: 'a', file: 'a', tags: { team: 'x' } },
      is: { name: 'b', description: 'b', at: '2026-02-02', budget: { per_month: '1' } },
      steps: [],
    },
    {
      it: 'keys in the order of the schema',
      was: {},
      is: {
        cache: { policy: 'none' },
        request: { turn: 5, turns: 2, turn_gap_s: 90 },
        traffic: { profile: 'office-hours' },
      },
      steps: [
        'traffic.profile flat office-hours',
        'request.turns 1 2',
        'request.turn_gap 30s 90s',
        'request.turn 0 5',
        'cache prefix none',
      ],
    },
    {
      it: 'requests with their period and their days, as one',
      was: { traffic: { requests: 7, per: 'week' } },
      is: { traffic: { requests: 1, per: 'day', weekdays_only: true } },
      steps: ['traffic.requests 7 1, traffic.per week day, traffic.weekdays_only false true'],
    },
    {
      it: 'output with its reasoning, as one',
      was: { request: { output: 10, reasoning: 5 } },
      is: { request: { output: 4, reasoning: 1, history: true } },
      steps: ['request.history false true', 'request.output 10 4, request.reasoning 5 1'],
    },
    {
      it: 'a request in place of totals, as one',
      was: { totals: { input: 5, output: 1 } },
      is: { request: { turn: 5 } },
      steps: ['request null {turns: 1, turn_gap: 30s, turn: 5}, totals {input: 5, output: 1} null'],
    },
    {
      it: 'totals one by one',
      was: { totals: { input: 5, output: 1 } },
      is: { totals: { input: 6, output: 2 } },
      steps: ['totals.input 5 6', 'totals.output 1 2'],
    },
    {
      it: 'totals in the tokens of another model as one, since they are converted',
      was: { totals: { input: 5, output: 1 } },
      is: {
        totals: {
          input: 6,
          output: 2,
          tokens_of: 'x',
          band: { low: { input: 5, output: 1 }, high: { input: 7, output: 3 } },
        },
      },
      steps: ['totals.input 5 6, totals.output 1 2, totals.tokens_of null x'],
    },
    {
      it: 'lengths in the tokens of another model as one',
      was: { request: { shared: 5, turn: 6 } },
      is: { request: { shared: 7, turn: 8, tokens_of: 'x' } },
      steps: ['request.shared 5 7, request.turn 6 8, request.tokens_of null x'],
    },
    {
      it: 'texts one by one, the chat template with them',
      was: { request: { shared: text(['a.md', 1204], ['b.md', 7]) } },
      is: {
        request: { shared: text(['a.md', 5310], ['b.md', 8], ['template', 4]), start_overhead: text(['template', 2]) },
      },
      steps: ['request.shared a.md 1204 5310', 'request.shared b.md 7 8'],
    },
    {
      it: 'a chat template alone',
      was: { request: { turn: text(['a.md', 9]) } },
      is: { request: { turn: text(['a.md', 9], ['template', 4]) } },
      steps: ['request.turn chat template 0 4'],
    },
    {
      it: 'rates of a cluster with the prompts that they follow',
      was: { request: { turn: 1 }, self_host: clusterWith({ nearest: null }) },
      is: {
        request: { turn: 2 },
        self_host: clusterWith({ rates: { kind: 'roofline', prefill: '9', decode: '9', times: '2' } }),
      },
      steps: ['request.turn 1 2'],
    },
    {
      it: 'the prompt that known usage is a part of with the prompt',
      was: { request: { turn: 1 }, cache: { policy: 'usage', read: 1, write: 0, write_1h: 0, of: 1 } },
      is: { request: { turn: 2 }, cache: { policy: 'usage', read: 1, write: 0, write_1h: 0, of: 2 } },
      steps: ['request.turn 1 2'],
    },
  ])('$it', ({ was, is, steps }) => {
    expect(told(was, is)).toEqual(steps)
  })

  it('forty steps at the most, the last of all that is left', () => {
    const parts = (more: number) => text(...Array.from({ length: 60 }, (_, i) => [`${i}.md`, i + more] as const))
    const steps = stepsBetween(
      scenarioWith({ request: { shared: parts(0) } }),
      scenarioWith({ request: { shared: parts(1) } }),
    )
    expect(steps).toHaveLength(40)
    expect(steps.at(-1)?.keys).toHaveLength(21)
  })
})

describe('a key that is only in the schema', () => {
  const tomorrow = inputSchemaFor({ surcharge: z.number(), ...scenarioSchema.shape } as never)
  const later = (surcharge: unknown, inner: number): Wish =>
    ({ surcharge, traffic: { novel: inner }, request: { novel: inner, turn: inner } }) as Wish

  it('is a step of its own, wherever it stands, in its place in the order', () => {
    expect(told(later(1, 1), later(2, 2), keyOrderOf(tomorrow))).toEqual([
      'surcharge 1 2',
      'traffic.novel 1 2',
      'request.turn 1 2',
      'request.novel 1 2',
    ])
  })

  it('is one that the schema of today does not have either: it comes last', () => {
    expect(told(later([1], 1), later([2], 1))).toEqual(['surcharge [1] [2]'])
    expect(told({} as Wish, { surcharge: { a: 1 } } as unknown as Wish)).toEqual(['surcharge null {a: 1}'])
  })

  it('is taken by its id', () => {
    const [from, to] = [scenarioWith(later(1, 1)), scenarioWith(later(2, 1))] as [Scenario, Scenario]
    expect(stepsBetween(from, to).map(({ ids }) => [...ids])).toEqual([['surcharge']])
  })
})
