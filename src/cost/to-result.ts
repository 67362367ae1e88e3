import type { Book } from '../model/book.ts'
import { METERS } from '../model/meters.ts'
import { exact, type Money, sum, toDecimals, ZERO } from '../model/money.ts'
import type { ScenarioResult } from '../model/result.ts'
import { VIEW_KEYS, type View } from '../model/views.ts'
import { costEnds } from './add-up.ts'
import { estimatedShares, overheadOf } from './attribute-tokens.ts'
import { limitsOf } from './price-at.ts'
import { type Bounds, isEstimated } from './price-bounds.ts'
import { tokensOf, type ViewLine } from './price-views.ts'
import { amount, count, money, perView, printCosts, share, tokens } from './print-exact.ts'
import { PERIOD_HOURS, periodsPerMonth } from './spread-traffic.ts'
import { assumptionsOf, ruleInWords, warningsOf } from './take-note.ts'

/** One priced scenario as results carry it: printed digits, nothing of the engine's. */
export const toResult = (bounds: Bounds, book: Book): ScenarioResult => {
  const { scenario, low } = bounds
  const { at, offer, shares, ttl_s } = low
  const { traffic, request } = scenario
  const { model, provider, cacheRule } = offer
  const months = periodsPerMonth(traffic)
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
    complete: VIEW_KEYS.every(view => costEnds(bounds, view) !== null || isNotOffered(bounds, view)),
    per: traffic.per,
    period_hours: PERIOD_HOURS[traffic.per],
    periods_per_month: months && toDecimals(months, 12),
    requests: traffic.requests,
    calls: request ? count(exact(traffic.requests).times(request.turns)) : null,
    tags: scenario.tags,
    input: scenario,
    tokens: { ...usedTokens(bounds), exact: !isEstimated(scenario) },
    costs: printCosts(view => costEnds(bounds, view)),
    costs_range: rangesOf(bounds),
    per_month:
      months &&
      printCosts(view => {
        const ends = costEnds(bounds, view)
        return ends && [ends[0].times(months), ends[1].times(months)]
      }),
    reasons: { ...reasonsOf(bounds), self_hosted: 'the scenario describes no cluster' },
    cache: {
      policy: scenario.cache.policy,
      hit_share: hitShare(bounds),
      warm_share: prefix ? share(sum(shares.map(part => part[low.needs === 'two' ? 'two' : 'one'])), requests) : null,
      rule: prefix ? ruleInWords(provider.name, cacheRule, ttl_s) : null,
      match: prefix ? cacheRule.match : null,
      block: cacheRule.block,
      minimum: cacheRule.minimum,
      ttl_s,
    },
    estimated_share: estimatedShares(bounds),
    overhead: overheadOf(scenario),
    windows: shares.map(part => ({ name: part.name, share: share(part.requests, requests) ?? 0 })),
    fit: fitOf(bounds),
    routing: null,
    self_host: null,
    lines: linesOf(bounds),
    assumptions: assumptionsOf(bounds),
    budget: [],
    warnings: warningsOf(bounds, book.reviewed),
  }
}

const isNotOffered = ({ low }: Bounds, view: View): boolean => {
  const priced = low.views[view]
  return 'reason' in priced && !priced.offered
}

const reasonsOf = ({ low, high }: Bounds): ScenarioResult['reasons'] =>
  Object.fromEntries(
    VIEW_KEYS.flatMap(view => {
      const unknown = [low, high].map(({ views }) => views[view]).find(priced => 'reason' in priced)
      return unknown && 'reason' in unknown ? [[view, unknown.reason]] : []
    }),
  )

/** Tokens of the `cached` view, disjoint. */
const usedTokens = ({ low, high }: Bounds): Omit<ScenarioResult['tokens'], 'exact'> => {
  const [a, b] = [low, high].map(({ views, work, shares }) => tokensOf(views, work, shares)) as [Used, Used]
  const known = (key: keyof Used) => {
    const [one, two] = [a[key], b[key]]
    return one && two && tokens(one, two)
  }
  return {
    prompt: tokens(a.prompt, b.prompt),
    input: known('input'),
    cache_read: known('cache_read'),
    cache_write: known('cache_write'),
    cache_write_1h: known('cache_write_1h'),
    output: tokens(a.output, b.output),
  }
}

type Used = ReturnType<typeof tokensOf>

const hitShare = ({ low, high }: Bounds): ScenarioResult['cache']['hit_share'] => {
  const [a, b] = [low, high].map(({ views, work, shares }) => {
    const { cache_read, prompt } = tokensOf(views, work, shares)
    return cache_read && share(cache_read, prompt)
  })
  if (a == null || b == null) return null
  return a === b ? a : { low: Math.min(a, b), high: Math.max(a, b) }
}

/** All traffic in the cheapest hours … in the dearest, from the low end of the tokens to the high one. */
const rangesOf = ({ low, high }: Bounds): ScenarioResult['costs_range'] => {
  if (!low.ranges || !high.ranges) return null
  const [cheap, dear] = [low.ranges, high.ranges]
  return perView(view => {
    const [a, b] = [cheap[view], dear[view]]
    return a && b && { low: money(least(a.low, b.low)), high: money(most(a.high, b.high)) }
  })
}

const least = (a: Money, b: Money): Money => (a.lte(b) ? a : b)
const most = (a: Money, b: Money): Money => (a.gte(b) ? a : b)

/** Whether the longest call fits: surely, surely not, or unknown because the context is, or its ends disagree. */
const fitOf = ({ low, high }: Bounds): ScenarioResult['fit'] => {
  const { context } = limitsOf(low.offer)
  if (!low.longest || !high.longest) return { fits: null, tokens: null, context }
  const [shortest, longest] = [low.longest.tokens, high.longest.tokens]
  const sure = context !== null && (longest <= context || shortest > context)
  return { fits: sure ? longest <= context : null, tokens: tokens(exact(shortest), exact(longest)), context }
}

const UNIT = new Map(METERS.map(({ key, unit }) => [key, unit]))

type Lines = ScenarioResult['lines']

const linesOf = (bounds: Bounds): Lines => VIEW_KEYS.flatMap(view => linesOfView(bounds, view))

/** The lines of both ends side by side; one that only one end has is 0 at the other. */
const linesOfView = ({ low, high }: Bounds, view: View): Lines => {
  const [a, b] = [low.views[view], high.views[view]]
  if (!('lines' in a && 'lines' in b)) return []
  const printed = (line: ViewLine, [from, to]: readonly [Sized, Sized]): Lines[number] => ({
    view,
    leg: 0,
    model: low.offer.model.id,
    meter: line.meter,
    quantity: tokens(from.quantity, to.quantity),
    rate: line.rate,
    unit: UNIT.get(line.meter) ?? '',
    cost: amount(from.cost, to.cost),
    tier: line.tier,
    window: line.window,
    row_from: low.offer.row.from,
    source: low.offer.row.source,
  })
  if (low === high) return a.lines.map(line => printed(line, [line, line]))
  const twin = (line: ViewLine, lines: readonly ViewLine[]): Sized =>
    lines.find(other => isTwin(line, other)) ?? NOTHING
  return [
    ...a.lines.map(line => printed(line, [line, twin(line, b.lines)])),
    ...b.lines.filter(line => twin(line, a.lines) === NOTHING).map(line => printed(line, [NOTHING, line])),
  ]
}

type Sized = Pick<ViewLine, 'quantity' | 'cost'>
const NOTHING: Sized = { quantity: ZERO, cost: ZERO }

const isTwin = (a: ViewLine, b: ViewLine): boolean =>
  a.meter === b.meter && a.tier === b.tier && a.window === b.window && a.rate === b.rate
