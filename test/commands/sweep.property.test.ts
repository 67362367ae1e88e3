import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Result } from '../../src/model/result/result.ts'
import type { Sweep } from '../../src/model/result/sweep.ts'
import { figuresOf } from '../../src/plan/sweep.ts'
import { dsprice } from '../fake-io.ts'

/** Keys of every kind, with values that some scenario refuses, and multiples. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'traffic.requests': ['1', '7', '20K', '0.5x', '1.37x', '+10%', '-33.3%'],
  'traffic.per': ['run', 'hour', 'day', 'week', 'month'],
  'traffic.profile': ['flat', 'office-hours'],
  'traffic.weekdays_only': ['true', 'false'],
  'request.turns': ['1', '2', '5', '2x'],
  'request.turn_gap': ['30s', '10m', '2x'],
  'request.turn': ['0', '100', '1.5K', '{text: how much is it?}'],
  'request.session': ['0', '3K', '200001'],
  'request.context': ['0', '777'],
  'request.output': ['350', '700', '0.333x', '1.5x'],
  'request.history': ['true', 'false'],
  'request.tokens_of': ['deepseek-v4-pro', 'gpt-5.5'],
  cache: ['none', 'prefix', 'ideal', '{hit_share: 85%}', '{read: 100, write: 10}', '{policy: prefix, ttl: 1h}'],
  model: ['deepseek-v4-pro', 'gpt-5.5', 'claude-opus-4.7', 'o3', 'nobody-has-this'],
  service: ['standard', 'flex', 'priority'],
  at: ['2026-11-23', '2026-10-05T02:00Z', '2025-02-01', '2019-01-01'],
  'self_host.nodes': ['1', '4', '1.5x'],
  'self_host.utilisation': ['50%', '+10%'],
  'routing.legs.0.tokens': ['1', '1.35', '2x'],
}

const keyed = fc.constantFrom(...Object.entries(VALUES)).chain(([key, values]) =>
  fc.record({
    key: fc.constant(key),
    values: fc.subarray([...values], { minLength: 1, maxLength: Math.min(3, values.length) }),
  }),
)

const SCENARIOS = ['support-bot', 'market-today', 'coding-agent', 'routing-80-15-5', 'self-host-v4', 'known-usage']

const swept = fc.record({
  name: fc.constantFrom(...SCENARIOS),
  set: fc.subarray(['request.output=900', 'traffic.requests=3x'], { maxLength: 1 }),
  keys: fc.uniqueArray(keyed, { minLength: 1, maxLength: 2, selector: ({ key }) => key }),
})

const flags = (flag: string, values: readonly string[]): string[] => values.flatMap(value => [flag, value])

/** What `estimate --set` says: its figures, or its exit code. */
const estimated = async (path: string, set: readonly string[]): Promise<unknown> => {
  const { code, out } = await dsprice(['estimate', path, ...flags('--set', set), '--json', '--quiet'])
  return code === 0 ? figuresOf(JSON.parse(out) as Result) : code
}

it('every cell is what estimate --set gives', async () => {
  let compared = 0
  await fc.assert(
    fc.asyncProperty(swept, async ({ name, set, keys }) => {
      const path = `scenarios/${name}.yaml`
      const vary = keys.map(({ key, values }) => `${key}=${values.join(',')}`)
      const argv = ['sweep', path, ...flags('--set', set), ...flags('--vary', vary), '--json', '--quiet']
      const { code, out } = await dsprice(argv)
      const pairs = keys.reduce<string[][]>(
        (all, { key, values }) => all.flatMap(before => values.map(value => [...before, `${key}=${value}`])),
        [[]],
      )
      const alone: unknown[] = []
      for (const pair of pairs) alone.push(await estimated(path, [...set, ...pair]))
      const expected = alone.includes(2) ? 2 : alone.every(one => one === 3) ? 3 : 0
      expect(code).toBe(expected)
      if (code !== 0) return
      const { cells } = JSON.parse(out) as Sweep
      expect(cells.map(({ figures }) => figures ?? 3)).toEqual(alone)
      compared += cells.length
    }),
    { numRuns: 40 },
  )
  expect(compared).toBeGreaterThan(10)
})
