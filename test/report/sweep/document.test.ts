import { describe, expect, it } from 'vitest'
import type { Sweep, SweptCell, SweptFigures } from '../../../src/model/result/sweep.ts'
import { drawBars } from '../../../src/report/sweep/bars.ts'
import { isNumeric, valueText } from '../../../src/report/sweep/cells.ts'
import { alsoIn, answerIn, gapsIn } from '../../../src/report/sweep/in-words.ts'
import { everyView, scenarioResult } from '../documents.ts'

/** Figures with this cost a day in every view, 30 of them a month, and one request a day. */
const figures = (cost: string | null, own: Partial<SweptFigures> = {}): SweptFigures => {
  const { input: _, ...rest } = scenarioResult({ cost, per: 'day' })
  const month = cost === null ? null : String(Number(cost) * 30)
  return { ...rest, per_month: everyView(month), per_request: everyView(cost), turns: 1, weekdays_only: false, ...own }
}

const sweepOf = (costs: Readonly<Record<string, SweptFigures | null>>): Sweep => ({
  schema: 'dsprice/sweep/1',
  tool_version: '0.0.0',
  pricing: { version: 'v', hash: 'h', reviewed: '2026-01-01', at: null, currency: 'USD', age_days: 0, layers: [] },
  name: 'bot',
  description: null,
  file: null,
  keys: [{ key: 'request.output', values: Object.keys(costs) }],
  view: 'cached',
  cells: Object.entries(costs).map(
    ([value, own]): SweptCell => ({
      values: [value],
      comes_to: [null],
      figures: own,
      reason: own === null ? 'no such model' : null,
    }),
  ),
  warnings: [],
})

describe('answerIn', () => {
  it('goes from the cheapest value to the dearest', () => {
    const sweep = sweepOf({ '350': figures('12.1'), '700': figures('41.9'), '1400': figures('20') })
    expect(answerIn(sweep)).toBe('From $12.10 a day at request.output=350 to $41.90 at 700, expected with caching.')
    expect(alsoIn(sweep)).toEqual(['That is $363.00 to $1,257.00 a month, and $12.10 to $41.90 a request.'])
  })

  it('says that nothing changes', () => {
    const sweep = sweepOf({ a: figures('2'), b: figures('2') })
    expect(answerIn(sweep)).toBe('$2.0000 a day at every value of request.output, expected with caching.')
    expect(alsoIn(sweep)).toEqual(['That is $60.00 a month, and $2.0000 a request.'])
  })

  it('compares by the month where the periods differ, else by the request', () => {
    // $2 a day is $60 a month, dearer than $50 a week: $217 a month is dearer still.
    const week = figures('50', { per: 'week', per_month: everyView('217') })
    expect(answerIn(sweepOf({ a: figures('2'), b: week }))).toBe(
      'From $60.00 a month at request.output=a to $217.00 at b, expected with caching.',
    )
    const run = figures('3', { per: 'run', per_month: null })
    expect(answerIn(sweepOf({ a: figures('2'), b: run }))).toBe(
      'From $2.0000 a request at request.output=a to $3.0000 at b, expected with caching.',
    )
    const totals = figures('3', { per: 'run', per_month: null, per_request: null })
    expect(answerIn(sweepOf({ a: figures('2'), b: totals }))).toMatch(/^The costs have different periods/)
  })

  it('leaves values without an answer out, and says which', () => {
    const sweep = sweepOf({ a: figures('2'), b: null, c: null })
    expect(answerIn(sweep)).toMatch(/^\$2\.0000 a day/)
    expect(gapsIn(sweep)).toEqual(['No answer for 2 of 3 values:', '  b; c: no such model'])
  })
})

it('a multiple is shown with what it comes to', () => {
  expect(valueText({ values: ['2x'], comes_to: ['2400'] }, 0)).toBe('2x (2,400)')
  expect(valueText({ values: ['0.5x'], comes_to: ['500.5'] }, 0)).toBe('0.5x (500.5)')
  expect(valueText({ values: ['+10%'], comes_to: ['40-80'] }, 0)).toBe('+10% (40-80)')
  expect(valueText({ values: ['350'], comes_to: [null] }, 0)).toBe('350')
})

it.each([
  [['350', '1.5K', '0.5x', '+10%', '30s', '$4', '100M/day'], true],
  [['350', 'none'], false],
  [['deepseek-v4'], false],
  [['2026-01-01'], false],
])('%j are numbers: %s', (values, expected) => {
  expect(isNumeric({ keys: [{ key: 'a', values }] })).toBe(expected)
})

describe('drawBars', () => {
  const lengths = (text: string, mark = '█'): number[] =>
    text
      .split('\n')
      .slice(1)
      .map(line => line.split(mark).length - 1)

  it('is as long as the cost, from zero on, and never empty for a cost', () => {
    const [none, least, half, whole] = lengths(
      drawBars(sweepOf({ '0': figures('0'), '1': figures('0.001'), '2': figures('50'), '4': figures('100') }), 80),
    )
    expect([none, least]).toEqual([0, 1])
    expect(half).toBe(Math.floor((whole ?? 0) / 2))
  })

  it('has a lighter end for a range', () => {
    const span = figures(null, { costs: everyView({ low: '50', high: '100' }) })
    const drawn = drawBars(sweepOf({ '1': span }), 80)
    // From 50 to 100: as long again, but for a cell.
    expect(Math.abs((lengths(drawn, '░')[0] ?? 0) - (lengths(drawn)[0] ?? 0))).toBeLessThanOrEqual(1)
  })

  it.each([60, 80, 200])('fits in %i columns', width => {
    const drawn = drawBars(sweepOf({ '1': figures('1234567.89'), '2': figures('0.01') }), width)
    expect(Math.max(...drawn.split('\n').map(line => line.length))).toBeLessThanOrEqual(width)
  })

  it('draws a screen at most, and nothing of nothing', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [String(i + 1), figures(String(i + 1))]))
    expect(drawBars(sweepOf(many), 80).split('\n').length).toBeLessThanOrEqual(33)
    expect(drawBars(sweepOf({ '1': figures('0') }), 80)).toBe('')
  })
})
