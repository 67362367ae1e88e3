import type { Printed } from '../../src/model/number/range.ts'
import type { Change, Check, Fault, Verdict } from '../../src/model/result/check.ts'
import { DIFF_SCHEMA, type DiffEntry, type Difference, type DiffSums } from '../../src/model/result/difference.ts'
import type { Forecast } from '../../src/model/result/forecast.ts'
import {
  RESULT_SCHEMA,
  type Result,
  type ScenarioResult,
  type Sums,
  type Warning,
} from '../../src/model/result/result.ts'
import { bookWith } from '../cost/build.ts'

/** Documents made by hand: each test says only what it is about. Money is in USD. */

type Cost = Printed<string> | null

/** The same figure in every view: a test that is about views gives its own. */
export const everyView = (cost: Cost): ScenarioResult['costs'] => ({
  headline: cost,
  cached_ideal: cost,
  cached: cost,
  batch: cost,
  batch_cached: cost,
  self_hosted: null,
})

export interface ScenarioParts extends Partial<ScenarioResult> {
  /** In every view, a period. */
  readonly cost?: Cost
}

export const scenarioResult = ({ cost = '1', ...own }: ScenarioParts = {}): ScenarioResult => {
  const { name = 'bot', per = 'month' } = own
  return {
    name,
    description: null,
    file: `scenarios/${name}.yaml`,
    model: 'demo',
    provider: 'acme',
    service: 'standard',
    region: null,
    at: '2026-01-01',
    complete: cost !== null,
    per,
    period_hours: per === 'run' ? null : 730,
    periods_per_month: per === 'run' ? null : '1',
    requests: 1,
    calls: 1,
    per_request: null,
    answer: { view: cost === null ? null : 'cached', cheapest: cost === null ? null : 'cached' },
    tags: {},
    input: {
      // No format prints it, and a scenario's own name has no control characters, which some names of tests have.
      name: 'bot',
      model: 'demo',
      tags: {},
      traffic: { requests: 1, per, profile: 'flat', timezone: 'UTC', weekdays_only: false },
      request: null,
      totals: { input: 1000, output: 0 },
      cache: { policy: 'none' },
      counting: null,
      defaults: [],
    },
    tokens: { prompt: 1000, input: 1000, cache_read: 0, cache_write: 0, cache_write_1h: 0, output: 0, exact: true },
    costs: everyView(cost),
    costs_range: null,
    per_month: per === 'run' ? null : everyView(cost),
    reasons: {},
    bounds: {},
    cache: {
      policy: 'none',
      hit_share: 0,
      warm_share: null,
      rule: null,
      match: null,
      marks: null,
      block: null,
      minimum: null,
      ttl_s: null,
    },
    estimated_share: { headline: 0, cached_ideal: 0, cached: 0, batch: 0, batch_cached: 0, self_hosted: null },
    overhead: { template: null, tools: null },
    windows: [],
    fit: { fits: null, tokens: null, context: null },
    routing: null,
    self_host: null,
    lines: [],
    assumptions: [],
    budget: [],
    warnings: [],
    ...own,
  }
}

/** Within $400 a month, unless the test says otherwise. */
export const verdict = (own: Partial<Verdict> = {}): Verdict => ({
  limit: 'per_month',
  of: 'scenario',
  view: 'cached',
  level: 'error',
  state: 'within',
  allowed: '400',
  actual: '100',
  at_least: null,
  baseline: null,
  over_by: null,
  reason: null,
  fix: 'shorten the prompt, or raise per_month',
  at: 'scenarios/bot.yaml:21:14',
  ...own,
})

export const fault = (own: Partial<Fault> = {}): Fault => ({
  file: 'scenarios/broken.yaml',
  code: 'UNKNOWN_MODEL',
  exit: 3,
  what: 'price book 2026-01-01 has no model "demoo"',
  fix: 'nearest here: demo',
  path: 'model',
  at: 'scenarios/broken.yaml:3:8',
  ...own,
})

/** A change of every view: figures, or what differs. */
export const change = ({
  name = 'bot',
  state = 'changed',
  ...own
}: Partial<Change> & { readonly name?: string }): Change => ({
  name,
  file: `scenarios/${name}.yaml`,
  state,
  per: 'month',
  baseline: null,
  change: null,
  prices: null,
  ...own,
})

export const checkOf = (own: Partial<Check> = {}): Check => ({
  exit: 0,
  baseline: { kind: 'none', name: null, commit: null, reason: 'no --baseline was given' },
  totals: [],
  changes: [],
  faults: [],
  ...own,
})

export const FROM_FILE: Check['baseline'] = { kind: 'file', name: 'baseline.json', commit: null, reason: null }

export const sumsOf = (scenarios: number, cost: Cost, atLeast: string | null = null): Sums => {
  const least = cost === null ? atLeast : typeof cost === 'string' ? cost : cost.low
  const known =
    least === null ? {} : { headline: least, cached_ideal: least, cached: least, batch: least, batch_cached: least }
  return { scenarios, costs: everyView(cost), at_least: known }
}

export interface ResultParts {
  readonly scenarios?: readonly ScenarioResult[]
  readonly check?: Check
  readonly run?: Sums | null
  readonly perMonth?: Sums | null
  readonly warnings?: readonly Warning[]
}

export const resultWith = ({
  scenarios = [scenarioResult()],
  check,
  run = null,
  perMonth = null,
  warnings = [],
}: ResultParts = {}): Result => ({
  schema: RESULT_SCHEMA,
  tool_version: '0.1.0',
  pricing: {
    version: '2026-01-01',
    hash: `${'0123456789ab'.repeat(5)}0123`,
    reviewed: '2026-01-01',
    at: '2026-01-01',
    currency: 'USD',
    age_days: 0,
    layers: [],
  },
  scenarios,
  totals: { run, per_month: perMonth, by_tag: {} },
  prices: bookWith(),
  ...(check === undefined ? {} : { check }),
  warnings,
})

/** From $10 to $12, by $2 of workload, unless the test says otherwise. */
export const entry = ({ name = 'bot', ...own }: Partial<DiffEntry> = {}): DiffEntry => ({
  name,
  file: `scenarios/${name}.yaml`,
  state: 'changed',
  per: 'month',
  model: { base: 'demo', head: 'demo' },
  base: everyView('10'),
  head: everyView('12'),
  change: everyView('2'),
  effects: { workload: everyView('2'), routing: everyView('0'), prices: everyView('0') },
  reason: null,
  ...own,
})

const side = (name: string, commit: string | null): Difference['base'] => ({
  name,
  commit,
  pricing: { version: '2026-01-01', hash: `${'0123456789ab'.repeat(5)}0123`, at: '2026-01-01' },
})

export const differenceWith = (own: Partial<Difference> = {}): Difference => ({
  schema: DIFF_SCHEMA,
  tool_version: '0.1.0',
  base: side('git:main', '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d'),
  head: side('.', null),
  scenarios: [entry()],
  totals: { run: null, per_month: null },
  warnings: [],
  ...own,
})

/** Six figures in the order of the table: base, workload, routing, prices, added, removed; then head and change. */
export const diffSums = (
  figures: Readonly<Record<keyof DiffSums['effects'] | 'base' | 'head' | 'change', Cost>>,
): DiffSums => {
  const { base, head, change: changed, ...effects } = figures
  const { workload, routing, prices, added, removed } = effects
  return {
    base: everyView(base),
    head: everyView(head),
    change: everyView(changed),
    effects: {
      workload: everyView(workload),
      routing: everyView(routing),
      prices: everyView(prices),
      added: everyView(added),
      removed: everyView(removed),
    },
  }
}

/** A forecast of nothing. */
export const forecastWith = (own: Partial<Forecast> = {}): Forecast => ({
  schema: 'dsprice/forecast/1',
  tool_version: '0',
  pricing: resultWith().pricing,
  scenarios: [],
  totals: { months: [], costs: everyView(null), at_least: {} },
  warnings: [],
  ...own,
})
