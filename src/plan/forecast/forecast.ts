import { addCosts } from '../../cost/fleet/costs.ts'
import { priceScenario } from '../../cost/fleet/price-scenario.ts'
import { answerOf } from '../../cost/result/answer.ts'
import { type PricedBook, pricingOf } from '../../cost/result/estimate.ts'
import { catalogueWarnings, usedOf } from '../../cost/result/notes/name-notes.ts'
import { boundsIn, toResult } from '../../cost/result/to-result.ts'
import { monthOf, monthsFrom } from '../../cost/time/calendar-months.ts'
import { servingInWords } from '../../cost/workload/serving.ts'
import { at as atKey, collect, faultsOf, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { distinct } from '../../model/distinct.ts'
import { sum } from '../../model/number/money.ts'
import type { Forecast, ForecastScenario } from '../../model/result/forecast.ts'
import { count } from '../../model/result/print-exact.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { View } from '../../model/views.ts'
import { VERSION } from '../../version.ts'
import { addMonths, addScenarios, firstBelow, knownPart } from './add-months.ts'
import { describeMonth } from './describe-month.ts'
import { type PricedMonth, priceMonth } from './price-month.ts'

export interface ForecastOptions {
  /** Date or instant for scenarios that name none; its month is the first. */
  readonly at: string
  /** How many months. */
  readonly months: number
  /** The first month instead, such as `2027-01`. */
  readonly start?: string | undefined
}

/** A scenario's months, exact. */
interface Priced {
  readonly scenario: Scenario
  readonly at: string
  readonly months: readonly PricedMonth[]
}

/**
 * What scenarios cost month by month on the true calendar, with growth and dated prices.
 *
 * @returns what `dsprice forecast --json` prints: exact decimal strings in USD
 * @throws {InputError} NOT_PACED for a run; the problems of scenarios of which no month has a price
 */
export const forecast = (scenarios: readonly Scenario[], priced: PricedBook, options: ForecastOptions): Forecast => {
  const faults: Problem[] = []
  const found = scenarios.flatMap(
    scenario => collect(faults, () => priceMonths(scenario, priced.book, options), placedAt(scenario)) ?? [],
  )
  if (faults.length > 0) throw new InputError(faults)
  const models = found.flatMap(({ months }) =>
    months.flatMap(({ spells }) => spells.map(({ leg }) => leg.streams[0].stated.offer.model.id)),
  )
  const used = usedOf(priced.catalogue, models)
  const described = found.map(one => describe(one, priced.book))
  return {
    schema: 'dsprice/forecast/1',
    tool_version: VERSION,
    pricing: pricingOf(priced, found, used),
    scenarios: described,
    totals: addScenarios(
      found.flatMap(({ months }) => months.map(({ calendar, costs }) => ({ month: calendar.month, costs }))),
    ),
    warnings: distinct([...catalogueWarnings(used), ...described.flatMap(({ warnings }) => warnings)]),
  }
}

/** Faults of a single model are placed at its key, unless they name another. */
const placedAt =
  ({ file, name }: Scenario) =>
  (problem: Problem): Problem => ({ path: ['model'], ...problem, scenario: file ?? name })

/** @throws {InputError} NOT_PACED; if no month has a price, the first month's problems */
const priceMonths = (scenario: Scenario, book: Book, { start, months: length, ...given }: ForecastOptions): Priced => {
  const { traffic } = scenario
  if (traffic.per === 'run') throw new InputError([atKey(['traffic', 'per'], problems.noCalendar())])
  const at = scenario.at ?? given.at
  const first = monthOf(at, traffic.timezone)
  const growth = { growth: traffic.growth ?? '0', from: traffic.growth_from ?? first }
  const months = monthsFrom(start ?? first, length).map(month => priceMonth(scenario, book, { month, growth }))
  const [missing] = months.flatMap(({ faults }) => (faults.length > 0 ? [faults] : []))
  if (missing && months.every(({ faults }) => faults.length > 0)) throw new InputError(distinct(missing))
  return { scenario, at, months }
}

const describe = ({ scenario, at, months }: Priced, book: Book): ForecastScenario => {
  const { traffic, request } = scenario
  const costs = months.map(month => month.costs)
  const known = months.filter(({ faults }) => faults.length === 0)
  const all = {
    scenario,
    costs: knownPart(costs),
    apiStreams: known.flatMap(month => month.apiStreams),
    nonApiCost: addCosts(known.map(month => month.nonApiCost)),
  }
  const bounds = boundsIn(all)
  const from = traffic.growth_from ?? monthOf(at, traffic.timezone)
  const requests = sum(months.map(({ periods }) => periods)).times(traffic.requests)
  return {
    name: scenario.name,
    description: scenario.description ?? null,
    file: scenario.file ?? null,
    served_by: servingInWords(scenario, book),
    at,
    timezone: traffic.timezone,
    requests: traffic.requests,
    per: traffic.per,
    weekdays_only: traffic.weekdays_only,
    growth: traffic.growth === undefined ? null : { per_month: traffic.growth, from },
    answer: answerOf(all, bounds),
    bounds,
    months: months.map(month => describeMonth(month, scenario)),
    total: { requests: request && count(requests), ...addMonths(costs) },
    self_hosting: contestIn(months, scenario),
    ...notesOf(scenario, book, [at, ...known.flatMap(({ spells: [first] }) => first?.spell.at ?? [])]),
  }
}

/** The cluster against the API's view that answers, month by month. */
const contestIn = (months: readonly PricedMonth[], { budget }: Scenario): ForecastScenario['self_hosting'] => {
  if (months.every(({ costs }) => costs.self_hosted === null)) return null
  const wanted = budget?.view === 'self_hosted' ? undefined : budget?.view
  const views: readonly View[] = [...(wanted ? [wanted] : []), 'cached', 'headline']
  const view = views.find(key => months.some(({ costs }) => costs[key] !== null)) ?? 'headline'
  const pairs = months.map(({ calendar, costs }) => ({
    month: calendar.month,
    own: costs.self_hosted,
    api: costs[view],
  }))
  return { view, cheaper_from: firstBelow(pairs) }
}

/** Not true of a forecast, or said month by month. */
const OTHERWISE: ReadonlySet<string> = new Set(['PLAIN_WEEK', 'NO_HOLIDAYS', 'PROMOTION_END'])

/** Assumptions and warnings of the scenario at the first moment at which it has a price. */
const notesOf = (
  scenario: Scenario,
  book: Book,
  moments: readonly string[],
): Pick<ForecastScenario, 'assumptions' | 'warnings'> => {
  for (const at of moments) {
    try {
      const { assumptions, warnings } = toResult(priceScenario(scenario, book, at), book)
      const holds = ({ code }: { readonly code: string }): boolean => !OTHERWISE.has(code)
      return { assumptions: assumptions.filter(holds), warnings: warnings.filter(holds) }
    } catch (error) {
      // Faults of a moment without a price; any other error is thrown again.
      faultsOf(error)
    }
  }
  return { assumptions: [], warnings: [] }
}
