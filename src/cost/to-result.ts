import type { Book } from '../model/book.ts'
import { METERS } from '../model/meters.ts'
import { exact, type Money, sum, toDecimals } from '../model/money.ts'
import type { ScenarioResult } from '../model/result.ts'
import { REQUEST_LENGTHS, type Scenario } from '../model/scenario.ts'
import { VIEW_KEYS, type View } from '../model/views.ts'
import { limitsOf } from './price-at.ts'
import type { Estimate } from './price-scenario.ts'
import { tokensOf } from './price-views.ts'
import { money, printCosts, share, tokens } from './print-exact.ts'
import { PERIOD_HOURS, periodsPerMonth } from './spread-traffic.ts'
import { assumptionsOf, ruleInWords, warningsOf } from './take-note.ts'

/** One estimate as results carry it: printed digits, nothing of the engine's. */
export const toResult = (found: Estimate, book: Book): ScenarioResult => {
  const { scenario, at, offer, work, shares, views, ranges, ttl_s, longest } = found
  const { traffic, request } = scenario
  const { model, provider, cacheRule } = offer
  const { context } = limitsOf(offer)
  const used = tokensOf(views, work, shares)
  const months = periodsPerMonth(traffic)
  const costIn = (view: View): Money | null => ('cost' in views[view] ? views[view].cost : null)
  const reasons = Object.fromEntries(
    VIEW_KEYS.flatMap(view => ('reason' in views[view] ? [[view, views[view].reason]] : [])),
  )
  const warmNeeds = found.needs === 'two' ? 'two' : 'one'
  const requests = sum(shares.map(part => part.requests))
  const prefix = request !== null && scenario.cache.policy === 'prefix'
  const { description = null, file = null } = scenario
  return {
    name: scenario.name,
    description,
    file,
    model: model.id,
    provider: model.provider,
    at,
    complete: VIEW_KEYS.every(view => 'cost' in views[view] || !views[view].offered),
    per: traffic.per,
    period_hours: PERIOD_HOURS[traffic.per],
    periods_per_month: months && toDecimals(months, 12),
    requests: traffic.requests,
    calls: request ? tokens(exact(traffic.requests).times(request.turns)) : null,
    tags: scenario.tags,
    input: scenario,
    tokens: {
      prompt: tokens(used.prompt),
      input: used.input && tokens(used.input),
      cache_read: used.cache_read && tokens(used.cache_read),
      cache_write: used.cache_write && tokens(used.cache_write),
      cache_write_1h: used.cache_write_1h && tokens(used.cache_write_1h),
      output: tokens(used.output),
      exact: isExact(scenario),
    },
    costs: printCosts(costIn),
    costs_range: ranges && {
      ...(Object.fromEntries(
        VIEW_KEYS.map(view => {
          const range = ranges[view]
          return [view, range && { low: money(range.low), high: money(range.high) }]
        }),
      ) as Record<View, { low: string; high: string } | null>),
      self_hosted: null,
    },
    per_month:
      months &&
      printCosts(view => {
        const cost = costIn(view)
        return cost === null ? null : cost.times(months)
      }),
    reasons: { ...reasons, self_hosted: 'the scenario describes no cluster' },
    cache: {
      policy: scenario.cache.policy,
      hit_share: used.cache_read && share(used.cache_read, used.prompt),
      warm_share: prefix ? share(sum(shares.map(part => part[warmNeeds])), requests) : null,
      rule: prefix ? ruleInWords(provider.name, cacheRule, ttl_s) : null,
      match: prefix ? cacheRule.match : null,
      block: cacheRule.block,
      minimum: cacheRule.minimum,
      ttl_s,
    },
    windows: shares.map(part => ({ name: part.name, share: share(part.requests, requests) ?? 0 })),
    fit: {
      fits: longest && context !== null ? longest.tokens <= context : null,
      tokens: longest?.tokens ?? null,
      context,
    },
    routing: null,
    self_host: null,
    lines: linesOf(found),
    assumptions: assumptionsOf(found),
    budget: [],
    warnings: warningsOf(found, book.reviewed),
  }
}

const isExact = ({ request }: Scenario): boolean =>
  !request ||
  REQUEST_LENGTHS.every(key => {
    const length = request[key]
    return typeof length === 'number' || length.parts.every(({ exact }) => exact)
  })

const UNIT = new Map(METERS.map(({ key, unit }) => [key, unit]))

const linesOf = ({ views, offer }: Estimate): ScenarioResult['lines'] =>
  VIEW_KEYS.flatMap(view => {
    const priced = views[view]
    if (!('lines' in priced)) return []
    return priced.lines.map(({ meter, quantity, rate, cost, tier, window }) => ({
      view,
      leg: 0,
      model: offer.model.id,
      meter,
      quantity: tokens(quantity),
      rate,
      unit: UNIT.get(meter) ?? '',
      cost: money(cost),
      tier,
      window,
      row_from: offer.row.from,
      source: offer.row.source,
    }))
  })
