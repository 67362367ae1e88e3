import { type Band, bandsAt } from '../../../cost/rates/peak-share.ts'
import { offerAt } from '../../../cost/rates/price-at.ts'
import { STANDARD, type Terms } from '../../../cost/rates/served-row.ts'
import { type Spread, spreadTraffic } from '../../../cost/time/spread-traffic.ts'
import type { Book, Price } from '../../../model/book/book.ts'
import { type Exact, exact, quotient, ZERO } from '../../../model/number/money.ts'
import type { Scenario } from '../../../model/scenario/scenario.ts'

/** The plain week of a scenario's traffic, hour by hour. */
export interface Week {
  /** The zone of its hours; they count from Monday 00:00. */
  readonly timezone: string
  /** Share of the week's requests in each of its 168 hours, 50 digits. */
  readonly shares: readonly Exact[]
  /** Models whose price has hours. */
  readonly peaks: readonly Peaks[]
  /** Models whose price is the same at all hours. */
  readonly without: readonly string[]
}

/** The dearest hours of a model. */
export interface Peaks {
  readonly model: string
  /** The provider's name for them. */
  readonly name: string
  /** Fraction of each of the week's 168 hours that lies in them, 0–1. */
  readonly fractions: readonly Exact[]
  /** Share of the requests that begin in them. */
  readonly share: Exact
}

const WEEK_HOURS = 168

/**
 * When the requests come in, and which hours are peak for the models that serve them.
 *
 * @param at - decides the price rows and the clocks' offsets; of an instant its day, as a week has every hour
 * @returns `null` for a run, which has no clock
 * @throws {InputError} see `offerAt`
 */
export const weekOf = (scenario: Scenario, book: Book, at: string): Week | null => {
  const { traffic } = scenario
  const spread = spreadTraffic(traffic)
  if (spread.perWeek === null) return null
  const shares = Array<Exact>(WEEK_HOURS).fill(ZERO)
  for (const { hour, weight } of spread.hours) shares[hour] = quotient(weight, spread.total)
  const everyHour = spreadTraffic({ ...traffic, profile: 'flat', weekdays_only: false })
  const peaks: Peaks[] = []
  const without: string[] = []
  for (const { model, ...terms } of calledModels(scenario)) {
    const { provider, row, ...offer } = offerAt(book, model, at.slice(0, DATE), terms)
    const bands = (over: Spread) => bandsAt({ row, provider, at: at.slice(0, DATE), timezone: traffic.timezone }, over)
    const index = dearest(bands(everyHour), row)
    const [all, own] = [bands(everyHour)[index], bands(spread)[index]]
    if (all?.name == null || !own) without.push(offer.model.id)
    else peaks.push({ model: offer.model.id, name: all.name, fractions: fractionsOf(all), share: own.share })
  }
  return { timezone: traffic.timezone, shares, peaks: once(peaks), without: [...new Set(without)] }
}

/** Characters of a date. */
const DATE = 10

/** Every model that is called, with its terms; a leg of the cluster has no price of the API. */
const calledModels = ({ model, routing, service, region }: Scenario): ({ readonly model: string } & Terms)[] => {
  const called = routing
    ? [
        ...routing.legs.filter(({ self_host }) => !self_host),
        ...(routing.fallback_share === 0 ? [] : routing.fallback.slice(0, 1).map(name => ({ model: name }))),
      ]
    : [{ model: model ?? '' }]
  return called.map((leg: { model: string; service?: string | undefined; region?: string | undefined }) => ({
    model: leg.model,
    service: leg.service ?? service ?? STANDARD,
    region: leg.region ?? region ?? null,
  }))
}

/** The band with the highest rates; an unknown rate counts as none. */
const dearest = (bands: readonly Band[], row: Price): number => {
  const usd = bands.map(({ window }) => {
    const { input, output } = window ?? row
    return [input, output].reduce((all, rate) => (rate == null || rate === 'not_offered' ? all : all.plus(rate)), ZERO)
  })
  return usd.reduce((most, one, i) => (one.gt(usd[most] ?? ZERO) ? i : most), 0)
}

const fractionsOf = ({ parts }: Band): Exact[] => {
  const fractions = Array<Exact>(WEEK_HOURS).fill(exact(0))
  for (const { hour, fraction } of parts) fractions[hour.hour] = fraction
  return fractions
}

const once = (peaks: readonly Peaks[]): Peaks[] => [...new Map(peaks.map(peak => [peak.model, peak])).values()]
