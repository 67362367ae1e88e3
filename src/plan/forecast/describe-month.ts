import { addTokens } from '../../cost/api/price-range.ts'
import { printTokens, whyUnknown } from '../../cost/result/describe-leg.ts'
import { lengthOf } from '../../cost/time/calendar-month.ts'
import { distinct } from '../../model/distinct.ts'
import { type Exact, exact, quotient, sum, toDecimals, ZERO } from '../../model/number/money.ts'
import { mapRange } from '../../model/number/range.ts'
import { ASSUMED } from '../../model/result/assumed.ts'
import type { ForecastMonth } from '../../model/result/forecast.ts'
import { amount, count, printCosts, ratio, share } from '../../model/result/print-exact.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { PricedMonth } from './price-month.ts'
import type { PricedSpell } from './price-spell.ts'

/** A priced month in the form that documents carry: printed digits only. */

const HOUR_MS = 3_600_000

const hoursOf = (ms: number): number | string => count(quotient(exact(ms), exact(HOUR_MS)))

export const describeMonth = (priced: PricedMonth, { request, traffic }: Scenario): ForecastMonth => {
  const { calendar, growth, periods, spells, streams, faults } = priced
  const isKnown = faults.length === 0
  const tokens = addTokens(spells.map(({ leg }) => leg.tokens))
  const assumed = spells.flatMap(one => (one.leg.route.selfHost ? [] : one.assumed))
  return {
    month: calendar.month,
    hours: hoursOf(lengthOf(calendar.stretches)),
    days: calendar.days,
    working_days: calendar.workingDays,
    growth: toDecimals(growth, 12),
    requests: request && count(periods.times(traffic.requests)),
    calls: request && isKnown ? count(callsIn(spells)) : null,
    tokens: isKnown ? { ...printTokens(tokens), exact: streams.every(({ low, high }) => low === high) } : null,
    costs: printCosts(priced.costs),
    reasons: reasonsIn(priced),
    windows: windowsIn(spells),
    prices: pricesIn(spells),
    assumed: ASSUMED.filter(code => assumed.some(one => one.code === code)),
    self_hosted: hostedIn(priced),
    notes: distinct([...faults.map(({ what }) => what), ...assumed.map(({ what }) => what)]),
  }
}

/** Requests of a spell's streams times the calls of each. */
const callsIn = (spells: readonly PricedSpell[]): Exact =>
  sum(
    spells.flatMap(({ leg }) =>
      leg.streams.map(({ stated }) => {
        const { first, last } = stated.stream.extent
        return sum(stated.shares.map(({ requests }) => requests)).times(last - first + 1)
      }),
    ),
  )

const reasonsIn = (priced: PricedMonth): ForecastMonth['reasons'] => {
  const { apiStreams, costs, faults, clusterFaults, cluster, nonApiCost } = priced
  const whole = [...(faults.length > 0 ? faults : nonApiCost ? [] : clusterFaults)].map(({ what }) => what)
  const own = cluster?.hosting.low.why ?? cluster?.hosting.high.why ?? clusterFaults[0]?.what ?? NO_CLUSTER
  const api = whole.length > 0 || !nonApiCost ? everyView([...whole, ...(nonApiCost ? [] : [own])].join('; ')) : {}
  return {
    ...api,
    ...(whole.length > 0 ? {} : whyUnknown(apiStreams)),
    ...(costs.self_hosted ? {} : { self_hosted: whole[0] ?? own }),
  }
}

const NO_CLUSTER = 'no cluster is compared with the API'

const everyView = (why: string) =>
  ({ headline: why, cached_ideal: why, cached: why, batch: why, batch_cached: why }) as const

/** Adds up what spells say of one thing, in the order of the first of each. */
const gather = <T>(parts: readonly T[], keyOf: (part: T) => string): T[][] => {
  const groups = new Map<string, T[]>()
  for (const part of parts) {
    const key = keyOf(part)
    groups.set(key, [...(groups.get(key) ?? []), part])
  }
  return [...groups.values()]
}

/** Hours of a month are the same for every part of a fleet that one model serves. */
const apart = (spells: readonly PricedSpell[]): PricedSpell[] =>
  gather(
    spells.filter(({ leg }) => !leg.route.selfHost),
    ({ spell, leg }) => `${spell.from} ${leg.streams[0].stated.offer.model.id}`,
  ).flatMap(([first]) => first ?? [])

const windowsIn = (spells: readonly PricedSpell[]): ForecastMonth['windows'] => {
  const first = new Set(apart(spells))
  const hours = spells.flatMap(one => (one.leg.route.selfHost ? [] : one.hours.map(part => ({ ...part, of: one }))))
  const requestsOf = (model: string): Exact =>
    hours.reduce((all, part) => (part.model === model ? all.plus(part.requests) : all), ZERO)
  return gather(hours, ({ model, window }) => JSON.stringify([model, window])).flatMap(group => {
    const [one] = group
    if (!one) return []
    const ms = group.reduce((all, part) => (first.has(part.of) ? all + part.ms : all), 0)
    const requests = sum(group.map(part => part.requests))
    return [
      { model: one.model, window: one.window, hours: hoursOf(ms), share: share(requests, requestsOf(one.model)) ?? 0 },
    ]
  })
}

const pricesIn = (spells: readonly PricedSpell[]): ForecastMonth['prices'] => {
  const named = apart(spells).map(({ leg, row, spell }) => ({
    model: leg.streams[0].stated.offer.model.id,
    row,
    spell,
  }))
  return gather(named, ({ model, row }) => JSON.stringify([model, row.from, row.source])).flatMap(group => {
    const [one] = group
    if (!one) return []
    const ms = group.reduce((all, { spell }) => all + lengthOf(spell.stretches), 0)
    const { from, to = null, source } = one.row
    return [{ model: one.model, row_from: from, row_to: to, hours: hoursOf(ms), source }]
  })
}

const hostedIn = ({ cluster }: PricedMonth): ForecastMonth['self_hosted'] => {
  if (!cluster) return null
  const { low, high } = cluster.hosting
  const used = low.utilisation && high.utilisation && { low: low.utilisation, high: high.utilisation }
  return {
    nodes: ratio(mapRange(cluster.hosting, ({ nodes }) => nodes)),
    utilisation: used && ratio(used),
    usd: cluster.cost && amount(cluster.cost),
  }
}
