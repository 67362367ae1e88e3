import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exact } from '../src/model/number/money.ts'
import { percent } from '../src/model/number/percent.ts'
import { spreads } from '../src/report/estimate/in-words.ts'
import * as format from '../src/report/figures/format.ts'
import { estimated } from '../src/tokens/index.ts'
import { clusterWith, resultOf } from './cost/build.ts'
import { repository } from './fake-io.ts'

/** A half goes to the even neighbour wherever a figure is rounded: 1.125 is 1.12 in all places, and 1.135 1.14. */

it.each<[string, string, string]>([
  ['formatUsd', format.formatUsd('1.125', 2), '$1.12'],
  ['formatUsd', format.formatUsd('1.135', 2), '$1.14'],
  ['formatRatio', format.formatRatio('1.125'), '1.12x'],
  ['formatShare', format.formatShare(0.1225), '12.2%'],
  ['formatCount', format.formatCount('2.25'), '2.2'],
  ['formatQuantity', format.formatQuantity('2.00005'), '2'],
  ['formatChange', format.formatChange('112.25', '100'), '+12.2%'],
  ['formatTokens', format.formatTokens('1125000000'), '1.12B'],
  ['formatTokens', format.formatTokens('2.5'), '2'],
  ['formatUse', format.formatUse(10.125), '1,012%'],
  ['percent', percent(0.1225), '12.2%'],
  // 12.25 and 12.2 print alike with one decimal.
  ['percent beside another', percent(0.1225, exact('0.122')), '12.25%'],
  ['estimated tokens', String(estimated(50, { percent: 153, low: 100, high: 200 }).tokens), '76'],
])('%s', (_, printed, expected) => {
  expect(printed).toBe(expected)
})

it('the mean of samples', () => {
  const turn = {
    mean: '1.25',
    min: 1,
    max: 2,
    parts: [{ source: '*.md', kind: 'text', samples: [1, 1, 1, 2], tokenizer: 'mine', exact: true }],
  } as const
  expect(spreads(resultOf({ request: { turn } }))[0]).toMatch(/^turn: 1\.2 tokens on average/)
})

it('samples of one length are told once', () => {
  const one = (samples: number[]) => ({
    mean: '32',
    min: 32,
    max: 32,
    parts: [{ source: '*.md', kind: 'text' as const, samples, tokenizer: 'mine', exact: true }],
  })
  const said = (samples: number[]) => spreads(resultOf({ request: { turn: one(samples) } }))[0]
  expect(said([32, 32, 32])).toBe('turn: 32 tokens in each of 3 files *.md (exact, mine)')
  expect(said([1, 1])).toBe('turn: 1 token in each of 2 files *.md (exact, mine)')
  expect(said([31, 33])).toBe('turn: 32 tokens on average, 31 to 33, in 2 files *.md (exact, mine)')
})

it('what is said of a cluster', () => {
  // Twelve hours at 9 and twelve at 7: the busiest is 9/8 = 1.125 times the mean.
  const profile = Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 9 : 7))
  const { assumptions, warnings } = resultOf({
    traffic: { per: 'day', profile },
    request: { turn: 1000, output: 1000 },
    self_host: clusterWith({ nodes: null, ttft_ms: '12250' }),
  })
  expect(assumptions.find(({ code }) => code === 'SIZED_TO_PEAK')?.what).toContain(' 1.12 times the mean')
  expect(warnings.find(({ code }) => code === 'BATCH_LATENCY')?.what).toContain(' 12.2 s ')
})

it('an exact figure has no method that rounds without saying how', () => {
  const figure = exact('1.125')
  const rounding = [
    // @ts-expect-error: a quotient rounds, so it is a function of its own
    () => figure.div(3),
    // @ts-expect-error
    () => figure.dividedBy(3),
    // @ts-expect-error
    () => figure.toDecimalPlaces(2),
    // @ts-expect-error
    () => figure.toFixed(2),
    // @ts-expect-error
    () => figure.toPrecision(2),
    // @ts-expect-error
    () => figure.sqrt(),
  ]
  // Rounding that takes the mode it was configured with is half-even all the same.
  expect(rounding.map(round => String(round())).slice(2, 5)).toEqual(['1.12', '1.12', '1.1'])
})

const sources = (folder: string): string[] =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name))
    .sort()

it('no source rounds by other means', () => {
  const found = [...sources('src'), ...sources('scripts')].flatMap(name => {
    const text = readFileSync(join(repository, name), 'utf8')
    const means = text.match(/decimal\.js|Math\.round|\.toFixed\([^)]|toPrecision|toLocaleString|NumberFormat/g) ?? []
    return means.map(one => `${name}: ${one}`)
  })
  expect(found).toEqual([
    // The mean call of a trace, in whole tokens, by which a row of measurements is chosen.
    'src/load/replay/fleet-terms.ts: Math.round',
    'src/model/number/money.ts: decimal.js',
    'src/model/number/money.ts: .toFixed(d',
    // A place on the screen, not a figure; the steps of a slider, and what its ticks say.
    'src/page/charts/break-even-use.ts: Math.round',
    'src/page/charts/drawing/frame.ts: toPrecision',
    'src/page/controls/cache-entry.ts: Math.round',
    'src/page/controls/cache-entry.ts: Math.round',
    'src/page/controls/ladder.ts: toPrecision',
    'src/page/controls/ladder.ts: Math.round',
    'src/page/controls/ladder.ts: Math.round',
    // A length's mean in a field for whole tokens: until it is typed over, the samples count.
    'src/plan/page/request-controls.ts: Math.round',
    // Sizes of blocks that are tried.
    'src/replay/block-fit.ts: Math.round',
    'src/replay/block-fit.ts: Math.round',
    // Whole tokens and requests, as a scenario that is made of usage has them.
    'src/report/files/usage-scenario.ts: Math.round',
    'src/report/files/usage-scenario.ts: Math.round',
    // A place on the screen.
    'src/report/fleet/plot.ts: Math.round',
    'src/report/forecast/bars.ts: Math.round',
    // Whole turns and requests, tokens as whole numbers, and shares that are made to add up to 1.
    'src/usage/workload/legs.ts: Math.round',
    'src/usage/workload/rated-tokens.ts: Math.round',
    'src/usage/workload/traffic.ts: Math.round',
    'src/usage/workload/usage-scenario.ts: Math.round',
    'src/usage/workload/usage-scenario.ts: Math.round',
    'src/usage/workload/usage-scenario.ts: Math.round',
    'scripts/screenshots/terminal-svg.ts: Math.round',
  ])
})
