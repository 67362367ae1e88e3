import { estimate, type PricedBook } from '../../src/cost/result/estimate.ts'
import type { Shape } from '../../src/cost/workload/prompt.ts'
import type { Book, CacheRule, Model, Price, Provider } from '../../src/model/book/book.ts'
import { BOOK_SCHEMA } from '../../src/model/book/choices.ts'
import type { ScenarioResult } from '../../src/model/result/result.ts'
import type { Length, Request } from '../../src/model/scenario/counted.ts'
import type { Leg, Routing } from '../../src/model/scenario/routing.ts'
import type { OneModel, Scenario } from '../../src/model/scenario/scenario.ts'
import type { SelfHost } from '../../src/model/scenario/self-host.ts'

/** The smallest books and scenarios that price: each test says only what it is about. */

export const MILLION = 1_000_000

/** Hits of any length, kept 5 minutes, free to write: a test changes what it is about. */
export const ruleWith = (rule: Partial<CacheRule> = {}): CacheRule => ({
  match: 'blocks',
  block: 1,
  minimum: 0,
  lifetimes: [{ ttl_s: 300, write: null }],
  stores_output: false,
  source: 'made-up',
  ...rule,
})

/** $1 in, $0.10 read from the cache, $2 out per 1M tokens. */
export const rowWith = (row: Partial<Price> = {}): Price => ({
  from: '2026-01-01',
  input: '1',
  cache_read: '0.1',
  output: '2',
  source: 'made-up',
  grade: 'own',
  ...row,
})

export const modelWith = ({ row, ...model }: Partial<Model> & { readonly row?: Partial<Price> } = {}): Model => ({
  id: 'demo',
  provider: 'acme',
  aliases: [],
  context: null,
  max_output: null,
  tokenizer: null,
  prices: [rowWith(row)],
  ...model,
})

export interface Parts {
  readonly row?: Partial<Price>
  readonly rule?: Partial<CacheRule>
  readonly provider?: Partial<Provider>
  readonly model?: Partial<Model>
  readonly models?: readonly Model[]
}

export const bookWith = ({ row = {}, rule, provider, model, models }: Parts = {}): Book => ({
  schema: BOOK_SCHEMA,
  version: '2026-01-01',
  title: 'Made up for the tests',
  reviewed: '2026-01-01',
  currency: 'USD',
  sources: { 'made-up': { title: 'Made up', where: 'here', retrieved: null, grade: 'own' } },
  providers: {
    acme: {
      name: 'Acme',
      usage: 'unknown',
      review_every_days: 30,
      cache: { default: ruleWith(rule) },
      batch: 'not_offered',
      ...provider,
    },
  },
  models: models ?? [modelWith({ ...model, row })],
})

export const priced = (book: Book): PricedBook => ({ book, hash: 'none', layers: [] })

export interface Wish extends Partial<Omit<Scenario, 'traffic' | 'request' | 'model'>> {
  readonly model?: string
  readonly traffic?: Partial<Scenario['traffic']>
  readonly request?: Partial<Request>
}

/** One run of one request; give `totals` and no request comes with it. */
export const scenarioWith = ({ traffic, request, ...rest }: Wish = {}): OneModel => ({
  name: 'demo',
  at: '2026-01-01',
  model: 'demo',
  tags: {},
  totals: null,
  cache: { policy: 'prefix' },
  counting: null,
  defaults: [],
  ...rest,
  traffic: { requests: 1, per: 'run', profile: 'flat', timezone: 'UTC', weekdays_only: false, ...traffic },
  request: rest.totals
    ? null
    : {
        turns: 1,
        turn_gap_s: 30,
        shared: 0,
        session: 0,
        turn: 0,
        context: 0,
        history: false,
        output: 0,
        reasoning: 0,
        start_overhead: 0,
        end_overhead: 0,
        answer_overhead: 0,
        ...request,
      },
})

/** A fleet of whole requests at their own size; each leg says only what it is about. */
export const routingWith = ({
  legs,
  ...rest
}: Partial<Omit<Routing, 'legs'>> & {
  readonly legs: readonly (Partial<Leg> & Pick<Leg, 'model' | 'share'>)[]
}): Routing => ({
  mode: 'split',
  fallback: [],
  fallback_share: 0,
  router_usd_per_1k: '0',
  baselines: legs.map(({ model }) => model),
  legs: legs.map(leg => ({ tokens: '1', promote_at_turn: null, ...leg })),
  ...rest,
})

/** One run of one request, served by a fleet. */
export const fleetWith = (routing: Parameters<typeof routingWith>[0], wish: Wish = {}): Scenario => ({
  ...scenarioWith(wish),
  model: null,
  routing: routingWith(routing),
})

/** What `estimate` says of one scenario. */
export const resultOf = (wish: Wish, book: Book = bookWith()): ScenarioResult => {
  const [result] = estimate([scenarioWith(wish)], priced(book), '2026-01-01').scenarios
  if (!result) throw new Error('estimate gave no scenario')
  return result
}

export const costsOf = (wish: Wish, book?: Book): ScenarioResult['costs'] => resultOf(wish, book).costs

export const codesOf = (warnings: readonly { readonly code: string }[]): string[] => warnings.map(({ code }) => code)

/** One node at $10 an hour that does 240M tokens a day: 100 in and 100 out a second would be half of each. */
export const clusterWith = (self: Partial<SelfHost> = {}): SelfHost => ({
  model: 'demo',
  gpu: null,
  nodes: 1,
  gpus_per_node: 8,
  usd_per_node_hour: { low: '10', high: '10' },
  reserved_usd_per_node_hour: null,
  until: null,
  price_from: 'the test',
  useful_share: '1',
  rates: { kind: 'stated', tokens_per_day: '240000000' },
  row: null,
  nearest: null,
  utilisation: null,
  max_utilisation: 0.8,
  spare_nodes: 0,
  unit_nodes: 1,
  min_nodes: 1,
  autoscale: false,
  fixed_usd_per_month: '0',
  variable_usd_per_1m: '0',
  ttft_ms: null,
  notes: [],
  ...self,
})

/** A text whose tokens are estimated: at the factor, at least, at most. */
export const about = (tokens: number, low: number, high: number): Length => ({
  mean: String(tokens),
  min: tokens,
  max: tokens,
  parts: [
    { source: 'a.md', kind: 'text', samples: [tokens], tokenizer: 'guess', exact: false, low: [low], high: [high] },
  ],
})

/** One sample of a request with these lengths, and nothing else. */
export const shapeWith = (shape: Partial<Shape>): Shape => ({
  shared: 0,
  session: 0,
  turn: 0,
  context: 0,
  keeps: false,
  output: 0,
  reasoning: 0,
  start_overhead: 0,
  end_overhead: 0,
  answer_overhead: 0,
  first: 1,
  last: 1,
  gap_s: 30,
  history: false,
  ...shape,
})
