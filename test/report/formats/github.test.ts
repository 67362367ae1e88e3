import { EOL } from 'node:os'
import { error, notice, warning } from '@actions/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Check } from '../../../src/model/result/check.ts'
import { resultSchema } from '../../../src/model/result/result.ts'
import { PLAIN } from '../../../src/report/blocks/renderer.ts'
import { command, github, placesFrom } from '../../../src/report/formats/github.ts'
import { hostile } from '../../hostile.ts'
import { runs } from '../../laws.ts'
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

const githubOf = (parts: ResultParts): string[] => {
  const result = resultWith(parts)
  expect(resultSchema.safeParse(result).success).toBe(true)
  const text = github.result(result, { width: Number.POSITIVE_INFINITY, paint: PLAIN, explain: false })
  expect(text === '' || text.endsWith('\n')).toBe(true)
  return text.split('\n').slice(0, -1)
}

const toolkit = { error, warning, notice } as const

/** What GitHub's own toolkit writes to stdout. */
const written = (write: () => void): string => {
  const original = process.stdout.write
  let text = ''
  process.stdout.write = (chunk: unknown): boolean => {
    text += String(chunk)
    return true
  }
  try {
    write()
  } finally {
    process.stdout.write = original
  }
  return text
}

it('writes what GitHub’s toolkit writes, to the byte', () => {
  const line = fc.option(fc.integer({ min: 1, max: 99_999 }), { nil: undefined })
  const kind = fc.constantFrom(...(['error', 'warning', 'notice'] as const))
  const file = fc.option(hostile, { nil: undefined })
  fc.assert(
    fc.property(kind, hostile, fc.record({ title: hostile, file, line, col: line }), (of, message, about) => {
      const { title, file: name, line: startLine, col: startColumn } = about
      const theirs = written(() =>
        toolkit[of](message, {
          title,
          ...(name === undefined ? {} : { file: name }),
          ...(startLine === undefined ? {} : { startLine }),
          ...(startColumn === undefined ? {} : { startColumn }),
        }),
      )
      const ours = command(
        of,
        {
          title,
          ...(name === undefined ? {} : { file: name }),
          ...(startLine === undefined ? {} : { line: String(startLine) }),
          ...(startColumn === undefined ? {} : { col: String(startColumn) }),
        },
        message,
      )
      expect(`${ours}${EOL}`).toBe(theirs)
    }),
    { numRuns: runs(1000) },
  )
})

it.each<[string | null, object]>([
  ['a.yaml:3:14', { file: 'a.yaml', line: '3', col: '14' }],
  ['a.yaml:3', { file: 'a.yaml', line: '3' }],
  ['a.yaml', { file: 'a.yaml' }],
  ['C:\\work\\a.yaml:3:14', { file: 'C:\\work\\a.yaml', line: '3', col: '14' }],
  ['odd:name:7:3:14', { file: 'odd:name:7', line: '3', col: '14' }],
  ['two\nlines.yaml:1:2', { file: 'two\nlines.yaml', line: '1', col: '2' }],
  [':1:2', { file: ':1', line: '2' }],
  ['--odd.yaml:1:2', { file: '--odd.yaml', line: '1', col: '2' }],
  ['', {}],
  [null, {}],
])('the place %j is %j', (at, place) => {
  expect(placesFrom(undefined)(at)).toEqual(place)
})

describe('a checked result', () => {
  const over = verdict({ state: 'over', actual: '412.1', over_by: '12.1' })

  it('has errors for what fails, warnings for what is near or only warned of, the worst first', () => {
    const budget = [
      verdict({ state: 'near', actual: '390' }),
      { ...over, level: 'warn' as const },
      verdict({ state: 'unknown', actual: null, reason: 'no rate' }),
      over,
      verdict(),
    ]
    const lines = githubOf({
      scenarios: [scenarioResult({ budget })],
      check: checkOf({ baseline: FROM_FILE, faults: [fault()] }),
      warnings: [{ code: 'OLD', what: 'old', fix: 'renew', at: null }],
    })
    // 390 / 400 = 97.5%, 12.1 / 400 = 3.025%.
    expect(lines).toEqual([
      '::error title=UNKNOWN_MODEL,file=scenarios/broken.yaml,line=3,col=8::price book 2026-01-01 has no model "demoo"; nearest here: demo',
      '::error title=bot%3A cached is over its budget,file=scenarios/bot.yaml,line=21,col=14::$412.10 a month, over by $12.10 (3.0%25); the limit is $400.00 a month. To fix it: shorten the prompt, or raise per_month',
      '::error title=bot%3A cached is unknown,file=scenarios/bot.yaml,line=21,col=14::no rate; the limit is $400.00 a month. To fix it: shorten the prompt, or raise per_month',
      '::warning title=bot%3A cached is over its budget,file=scenarios/bot.yaml,line=21,col=14::$412.10 a month, over by $12.10 (3.0%25); the limit is $400.00 a month. To fix it: shorten the prompt, or raise per_month',
      '::warning title=bot%3A cached is near its budget,file=scenarios/bot.yaml,line=21,col=14::$390.00 a month, 97.5%25 of the limit; the limit is $400.00 a month. To fix it: shorten the prompt, or raise per_month',
      '::warning title=OLD::old; renew',
    ])
  })

  it('takes the scenario’s file where a limit or a warning has no place of its own', () => {
    const budget = [{ ...over, at: null }]
    const lines = githubOf({
      scenarios: [scenarioResult({ budget })],
      check: checkOf({ baseline: FROM_FILE }),
      warnings: [
        { code: 'OLD', what: 'old', fix: 'renew', scenario: 'scenarios/bot.yaml', at: null },
        { code: 'OLD', what: 'old', fix: 'renew', scenario: 'bot', at: null },
      ],
    })
    expect(lines[0]).toContain(',file=scenarios/bot.yaml::')
    expect(lines.slice(1, 3)).toEqual([
      '::warning title=OLD,file=scenarios/bot.yaml::old; renew',
      '::warning title=OLD::old; renew',
    ])
  })

  const notices = (own: Partial<Check>): string[] =>
    githubOf({ scenarios: [scenarioResult({ budget: [verdict()] })], check: checkOf(own) })

  it('has one notice where there is no baseline', () => {
    expect(notices({})).toEqual(['::notice title=no baseline::No baseline: no --baseline was given'])
  })

  it('has one notice for what new prices did, and none where they did nothing', () => {
    const moved = (prices: string) => change({ state: 'same', baseline: everyView('1'), prices: everyView(prices) })
    expect(notices({ baseline: FROM_FILE, changes: [moved('0')] })).toEqual([])
    expect(notices({ baseline: FROM_FILE, changes: [moved('-0.25')] })).toEqual([
      '::notice title=new prices::New prices alone, cached: bot -$0.25 a month',
    ])
  })

  it('has one command a line, whatever names hold', () => {
    fc.assert(
      fc.property(hostile, text => {
        const budget = [{ ...over, fix: text, at: text }, verdict({ state: 'unknown', actual: null, reason: text })]
        const lines = githubOf({
          scenarios: [scenarioResult({ name: text, file: text, budget })],
          check: checkOf({
            baseline: { kind: 'none', name: null, commit: null, reason: text },
            faults: [fault({ what: text })],
          }),
          warnings: [{ code: 'OLD', what: text, fix: text, at: text }],
        })
        expect(lines).toHaveLength(5)
        for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) title=[^\r\n]*::[^\r\n]*$/)
      }),
    )
  })
})

it('a result that was not checked has its warnings alone', () => {
  expect(githubOf({})).toEqual([])
  expect(githubOf({ warnings: [{ code: 'OLD', what: '50%', fix: 'renew', at: 'a.yaml:1:2' }] })).toEqual([
    '::warning title=OLD,file=a.yaml,line=1,col=2::50%25; renew',
  ])
})

it('a run in a folder of the repository names files from the top of it', () => {
  const placeOf = placesFrom('services/bot')
  expect(placeOf('a.yaml:3:5')).toEqual({ file: 'services/bot/a.yaml', line: '3', col: '5' })
  expect(placeOf('../../other/b.yaml:1:1')).toEqual({ file: 'other/b.yaml', line: '1', col: '1' })
  expect(placeOf('/etc/c.yaml:1:1')).toEqual({ file: '/etc/c.yaml', line: '1', col: '1' })
  expect(placeOf('--set budget.per_period:1:1')).toEqual({})
})
