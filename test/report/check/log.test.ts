import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resultSchema } from '../../../src/model/result/result.ts'
import { type Paint, PLAIN, type RenderOptions } from '../../../src/report/blocks/renderer.ts'
import { terminal } from '../../../src/report/blocks/terminal.ts'
import { checkLog } from '../../../src/report/check/log.ts'
import { renderDocument } from '../../../src/report/index.ts'
import { hostile } from '../../hostile.ts'
import {
  change,
  checkOf,
  everyView,
  FROM_FILE,
  fault,
  type ResultParts,
  resultWith,
  scenarioResult,
  verdict,
} from '../documents.ts'

const WIDE: RenderOptions = { width: Number.POSITIVE_INFINITY, paint: PLAIN, explain: false }

const tableOf = (parts: ResultParts, options: Partial<RenderOptions> = {}): string => {
  const { check = checkOf() } = parts
  const result = resultWith({ ...parts, check })
  expect(resultSchema.safeParse(result).success).toBe(true)
  const set = { ...WIDE, ...options }
  return terminal.set(checkLog(result, check, set), set)
}

const within = (count: number, own = {}) =>
  Array.from({ length: count }, (_, i) => scenarioResult({ name: `bot-${i}`, budget: [verdict(own)] }))

it('tells a finding in four lines: what, limit, actual, how to fix it and where', () => {
  const budget = [verdict({ state: 'over', actual: '412.1', over_by: '12.1' })]
  expect(tableOf({ scenarios: [scenarioResult({ name: 'support-bot', budget })] })).toContain(`
FAIL  support-bot: cached is over its budget
  limit   $400.00 a month (scenarios/bot.yaml:21:14)
  actual  $412.10 a month, over by $12.10 (3.0%)
  fix     shorten the prompt, or raise per_month (scenarios/bot.yaml:21:14)
`)
})

describe('what holds', () => {
  it('has a line each up to twenty', () => {
    const text = tableOf({ scenarios: within(20) })
    expect(text.match(/^bot-\d+ .* ok$/gm)).toHaveLength(20)
    expect(text).toContain('bot-0     cached  $100.00  $400.00 a month  25.0%  ok\n')
  })

  it('is counted beyond', () => {
    const text = tableOf({ scenarios: within(987), check: checkOf({ totals: [verdict({ of: 'per_month' })] }) })
    expect(text).toContain('987 scenarios are within their limits. 1 overall limit is also met.\n')
    expect(text).not.toContain('bot-0')
  })

  it('does not count a scenario with another limit that is exceeded', () => {
    const budget = [verdict(), verdict({ state: 'over', actual: '500', over_by: '100' })]
    const text = tableOf({ scenarios: [...within(21), scenarioResult({ name: 'fat', budget })] })
    expect(text).toContain('21 scenarios are within')
  })

  it('names scenarios without a limit, or counts them', () => {
    const free = Array.from({ length: 9 }, (_, i) => scenarioResult({ name: `free-${i}` }))
    expect(tableOf({ scenarios: free.slice(0, 2) })).toContain('No limit of their own: free-0, free-1.\n')
    expect(tableOf({ scenarios: free })).toContain('No limit of their own: 9 scenarios.\n')
  })
})

describe('without a baseline', () => {
  it('says so once, and neither zero nor +100%', () => {
    const budget = [verdict({ limit: 'max_increase', allowed: '0.1', state: 'no_baseline', actual: null })]
    const scenarios = ['a', 'b', 'c'].map(name => scenarioResult({ name, budget }))
    const text = tableOf({ scenarios })
    expect(text).toContain('Check: within budget\n')
    expect(text).toContain('3 limits on increases have nothing to compare with and are not checked.\n')
    expect(text).toContain('No baseline: no --baseline was given.\n')
    expect(text).not.toMatch(/100|\+|Since/)
  })
})

describe('since the baseline', () => {
  const scenarios = [scenarioResult({ name: 'a', cost: '12' }), scenarioResult({ name: 'new', cost: '3', per: 'run' })]
  const changes = [
    change({ name: 'a', baseline: everyView('10'), change: everyView('2'), prices: everyView('-0.5') }),
    change({ name: 'new', state: 'new', per: 'run', change: everyView('3') }),
    change({ name: 'old', state: 'removed', per: 'day', baseline: everyView('4'), change: everyView('-4') }),
    change({ name: 'same', state: 'same', baseline: everyView('1'), change: everyView('0') }),
  ]

  // 2 / 10 = 20%.
  it('has what changed, is new or is gone, and what new prices alone did', () => {
    expect(tableOf({ scenarios, check: checkOf({ baseline: FROM_FILE, changes }) })).toContain(`
Since the baseline, at the same prices, cached:
scenario  USD      baseline     now  change        %
a         a month    $10.00  $12.00  +$2.00   +20.0%
new       a run               $3.00  +$3.00      new
old       a day       $4.00          -$4.00  removed

1 scenario is unchanged.

No limit of their own: a, new.
New prices alone, cached: a -$0.50 a month.
Baseline: baseline.json.
`)
  })

  it('says in a word that nothing changed', () => {
    const same = checkOf({ baseline: FROM_FILE, changes: changes.slice(3) })
    expect(tableOf({ scenarios, check: same })).toContain('at the same prices: 1 scenario is unchanged.\n')
  })

  it('does not take an unknown cost for a change', () => {
    const unknown = [scenarioResult({ name: 'a', cost: null })]
    const text = tableOf({
      scenarios: unknown,
      check: checkOf({ baseline: FROM_FILE, changes: [change({ name: 'a', baseline: everyView('10') })] }),
    })
    expect(text).toContain('a         a month    $10.00  N/A     N/A\n')
  })
})

it('names a broken scenario with its first fault', () => {
  const text = tableOf({ check: checkOf({ faults: [fault(), fault(), fault()] }) })
  expect(text).toContain('\nFAIL  scenarios/broken.yaml:3:8 UNKNOWN_MODEL: price book 2026-01-01')
  expect(text).toContain('"demoo" (and 2 more faults)\n')
})

describe('whatever names hold', () => {
  const PAINT: Paint = { strong: t => `<${t}>`, dim: t => t, good: t => `<${t}>`, bad: t => `<${t}>` }

  it('colour only repeats the text', () => {
    const budget = [verdict({ state: 'over', actual: '412.1', over_by: '12.1' }), verdict()]
    const parts = { scenarios: [scenarioResult({ budget })] }
    expect(tableOf(parts, { paint: PAINT }).replace(/[<>]/g, '')).toBe(tableOf(parts))
  })

  it('no line is a command to the runner of a log', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, fc.constantFrom(60, 80, WIDE.width), async (name, reason, width) => {
        const budget = [verdict({ state: 'unknown', actual: null, reason, fix: reason, at: name }), verdict()]
        const check = checkOf({
          baseline: { ...FROM_FILE, name },
          changes: [change({ name, file: name, state: 'removed', baseline: everyView('1'), prices: everyView('1') })],
          faults: [fault({ file: name, at: null, what: reason })],
        })
        const scenarios = [scenarioResult({ name, file: name, budget }), scenarioResult({ name })]
        const text = await renderDocument(resultWith({ scenarios, check }), 'table', { ...WIDE, width })
        expect(text).not.toMatch(/^\s*::/m)
        expect(text).not.toContain('##[')
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
        expect(text).not.toMatch(/[\x00-\x09\x0B-\x1F\x7F\u2028\u202E]/)
      }),
    )
  })

  it.each([60, 80])('figures stay whole at %i columns, and lines within it but for words that are longer', width => {
    const cost = { low: '123456.78', high: '234567.89' }
    const budget = [verdict({ state: 'over', actual: cost, allowed: '200000', over_by: '34567.89' }), verdict()]
    const scenarios = [scenarioResult({ name: 'summaries-of-long-documents-by-section', cost, budget })]
    const check = checkOf({
      baseline: FROM_FILE,
      changes: [change({ name: scenarios[0]?.name ?? '', baseline: everyView(cost), change: everyView('0') })],
    })
    const text = tableOf({ scenarios, check }, { width })
    expect(text).toContain('$123,456.78-$234,567.89')
    expect(text.split('\n').filter(line => line.length > width && line.trim().includes(' '))).toEqual([])
  })
})
