import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { NO_CAUSES } from '../../../src/cost/diff/causes.ts'
import type { Causes } from '../../../src/model/result/cause.ts'
import { type Result, resultSchema } from '../../../src/model/result/result.ts'
import { markdown } from '../../../src/report/blocks/markdown.ts'
import { PLAIN, type RenderOptions } from '../../../src/report/blocks/renderer.ts'
import { checkComment } from '../../../src/report/check/comment.ts'
import { resultBlocks } from '../../../src/report/estimate/document.ts'
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
  sumsOf,
  verdict,
} from '../documents.ts'

const OPTIONS: RenderOptions = { width: Number.POSITIVE_INFINITY, paint: PLAIN, explain: false }

const markdownOf = (result: Result): string => {
  expect(resultSchema.safeParse(result).success).toBe(true)
  return markdown.set(checkComment(result, result.check ?? checkOf(), OPTIONS), OPTIONS)
}

const checked = (parts: ResultParts): Result => resultWith({ check: checkOf(), ...parts })

const over = verdict({ state: 'over', actual: '412.1', over_by: '12.1' })

const toHtml = (text: string): string =>
  micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })

/** Three causes in which every text is this one. */
const causesOf = (text: string): Causes => {
  const moved = { key: text, part: text, was: `${text}2`, from: text, to: `${text}2` }
  return { ...NO_CAUSES, cached: ['1', '2', '3'].map(effect => ({ ...moved, with: [moved, moved], effect })) }
}

/** A result in which every text that a user can write is this one. */
const madeOf = (text: string): Result => {
  const unknown = verdict({ state: 'unknown', actual: null, at_least: '1', reason: text, fix: text, at: text })
  const of = { name: text, file: text }
  return resultWith({
    scenarios: [scenarioResult({ ...of, budget: [{ ...over, fix: text, at: text }, unknown] }), scenarioResult(of)],
    check: checkOf({
      baseline: { kind: 'git', name: text, commit: null, reason: null },
      totals: [{ ...unknown, of: 'run' }],
      changes: [
        change({
          ...{ ...of, baseline: everyView('1'), change: everyView('0.5'), prices: everyView('2') },
          causes: causesOf(text),
        }),
      ],
      faults: [fault({ file: text, what: text, at: text }), fault({ file: null, what: text, at: null })],
    }),
    warnings: [{ code: 'OLD', what: text, fix: text, at: text }],
  })
}

it('begins with the marker by which its comment is found, then the headline', () => {
  const check = checkOf({
    baseline: FROM_FILE,
    sums: { run: null, per_month: { baseline: everyView('380'), change: everyView('32.1'), prices: everyView('0') } },
  })
  // 32.1 / 380 = 8.447%.
  const text = markdownOf(
    resultWith({ scenarios: [scenarioResult({ budget: [over] })], perMonth: sumsOf(1, '412.1'), check }),
  )
  expect(text.split('\n').slice(0, 3)).toEqual([
    '<!-- dsprice-check -->',
    '',
    'LLM cost, cached: **$412.10** a month, +$32.10 (+8.4%) since the baseline · **1 budget exceeded**',
  ])
})

it.each<{ it: string; parts: ResultParts; headline: string }>([
  {
    it: 'within budget',
    parts: { scenarios: [scenarioResult({ budget: [verdict()] })], perMonth: sumsOf(1, '100') },
    headline: 'LLM cost, cached: **$100.00** a month · **within budget** · no baseline',
  },
  {
    it: 'a sum with a hole in it is at least so much, and both sums stand apart',
    parts: {
      scenarios: [scenarioResult({ cost: null, budget: [verdict({ state: 'unknown', actual: null })] })],
      run: sumsOf(1, { low: '1', high: '2' }),
      perMonth: sumsOf(2, null, '100'),
    },
    headline:
      'LLM cost, cached: **at least $100.00** a month; **$1.00-$2.00** for all runs · **1 limit unknown** · no baseline',
  },
])('its headline says: $it', ({ parts, headline }) => {
  expect(markdownOf(checked(parts)).split('\n')[2]).toBe(headline)
})

it('shows what is wrong and the ten largest changes, and folds the rest away', () => {
  const names = Array.from({ length: 14 }, (_, i) => `bot-${i}`)
  const changes = names.map((name, i) =>
    change({ name, baseline: everyView('100'), change: everyView(String(i + 1)), prices: everyView('0') }),
  )
  const scenarios = names.map((name, i) => scenarioResult({ name, cost: String(101 + i), budget: [verdict()] }))
  const text = markdownOf(checked({ scenarios, check: checkOf({ baseline: FROM_FILE, changes }) }))
  const [open = ''] = text.split('<details>')
  expect(open).toContain('| `bot-13` | a month | $100.00 | $114.00 | +$14.00 | +14.0% |\n')
  expect(open.match(/^\| `bot-/gm)).toHaveLength(10)
  expect(open).toContain('\n4 more are left out.\n')
  expect(open).not.toContain('`bot-3`')
  expect(text.match(/<summary>[^<]*/g)).toEqual(['<summary>All limits', '<summary>Baseline and prices'])
})

describe('a thousand scenarios', () => {
  const names = Array.from({ length: 1000 }, (_, i) => `bot-${i}-${'|`<@'.repeat(40)}`)
  const fix = '|`\\@'.repeat(100)
  const scenarios = names.map((name, i) =>
    scenarioResult({
      name,
      budget: [{ ...(i % 2 === 0 ? over : verdict({ state: 'unknown', actual: null, reason: fix })), fix, at: name }],
    }),
  )
  const check = checkOf({
    baseline: FROM_FILE,
    changes: names.map(name =>
      change({
        ...{ name, baseline: everyView('1'), change: everyView('2'), prices: everyView('3') },
        causes: causesOf(name),
      }),
    ),
    faults: names.map(name => fault({ file: name, at: name, what: fix })),
  })
  const warnings = names.map(at => ({ code: 'OLD', what: fix, fix, at }))
  const text = markdownOf(resultWith({ scenarios, check, warnings, perMonth: sumsOf(1000, '412100') }))

  it('stay under 60,000 characters, however long their names', () => {
    expect(text.length).toBeLessThan(60_000)
  })

  it('say how many were left out', () => {
    expect(text).toContain('\n980 more are left out.\n')
    expect(text).toContain('\n990 more are left out.\n')
  })

  it('have everything that is folded away, or its name', () => {
    for (const title of [
      'How to fix',
      'Scenarios that cannot be checked',
      'All limits',
      'New prices alone',
      'Warnings',
    ]) {
      expect(text).toContain(title)
    }
  })
})

describe('text of a stranger', () => {
  it('stays inside its code spans: no markup, HTML, link or mention, no table or details broken', () => {
    const shape = (text: string): string => toHtml(markdownOf(madeOf(text))).replace(/<code>.*?<\/code>/gs, '□')
    const plainShape = shape('bot')
    expect(plainShape).not.toContain('<a ')
    fc.assert(
      fc.property(
        // A text of blanks alone has no code span.
        hostile.filter(text => text.replace(/\s/gu, '') !== ''),
        text => {
          expect(shape(text)).toBe(plainShape)
        },
      ),
    )
  })

  it('is the same in a result that was not checked', () => {
    const { check, ...result } = madeOf('@octocat <b> [x](y) &lt; a|b')
    expect(check).toBeDefined()
    const html = toHtml(markdown.set(resultBlocks(result, OPTIONS, null), OPTIONS)).replace(/<code>.*?<\/code>/gs, '')
    expect(html).not.toMatch(/@octocat|<b>|<a /)
  })
})
