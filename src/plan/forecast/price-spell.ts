import { type PricedLeg, priceLeg } from '../../cost/fleet/price-leg.ts'
import { scheduleOf } from '../../cost/rates/calendar-bands.ts'
import { mayHaveEnded } from '../../cost/rates/evidence.ts'
import { periodsIn } from '../../cost/time/calendar-month.ts'
import type { Route } from '../../cost/workload/split-routes.ts'
import { collect, InputError, type Problem } from '../../errors/index.ts'
import type { Book, Price } from '../../model/book/book.ts'
import type { Exact } from '../../model/number/money.ts'
import type { ForecastMonth } from '../../model/result/forecast.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { Spell } from './spells.ts'

/** What a month takes for granted: its code, and the sentence. */
export interface Assumed {
  readonly code: ForecastMonth['assumed'][number]
  readonly what: string
}

/** Hours of one rate of a model. */
export interface Hours {
  readonly model: string
  readonly window: string | null
  readonly ms: number
  /** Requests that begin in them; under totals, periods. */
  readonly requests: Exact
}

/** A spell with its price. */
export interface PricedSpell {
  readonly spell: Spell
  readonly leg: PricedLeg
  readonly row: Price
  readonly hours: readonly Hours[]
  readonly assumed: readonly Assumed[]
}

/** A spell's price, or the faults for which it has none; both empty where there is no traffic to price. */
export interface Found {
  readonly priced: PricedSpell | null
  readonly faults: readonly Problem[]
}

/**
 * Prices one model's part of a spell.
 *
 * @throws {InputError} faults of the scenario; a missing price is returned
 */
export const priceSpell = (
  spell: Spell,
  route: Route,
  { scenario, book, growth }: { readonly scenario: Scenario; readonly book: Book; readonly growth: Exact },
): Found => {
  const faults: Problem[] = []
  const schedule = scheduleOf(spell.stretches, { growth, requests: scenario.traffic.requests })
  const leg = collect(faults, () => priceLeg(route, scenario, { book, at: spell.at, schedule }))
  const refused = faults.filter(({ exit }) => exit === 2)
  if (refused.length > 0) throw new InputError(refused)
  const isBusy = !periodsIn(spell.stretches).isZero()
  // Hours without traffic cost nothing, whether or not anybody says what they would cost.
  if (!leg) return { priced: null, faults: isBusy ? faults : [] }
  const { offer } = leg.streams[0].stated
  const { bands, yearsMissing } = schedule.bandsOf(offer)
  const hours = bands.map(({ name, window, ms }) => ({
    model: offer.model.id,
    window: name,
    ms,
    requests: leg.streams
      .flatMap(({ stated: { shares } }) => shares)
      .filter(share => share.window === window)
      .reduce<Exact>((all, { requests }) => all.plus(requests), periodsIn([])),
  }))
  const assumed = isBusy ? assumedIn(spell, leg, yearsMissing) : []
  return { priced: { spell, leg, row: offer.listed, hours, assumed }, faults: [] }
}

const assumedIn = (
  { at, before }: Spell,
  { streams: [{ stated }] }: PricedLeg,
  yearsMissing: readonly string[],
): Assumed[] => {
  const { model, provider, listed } = stated.offer
  const first = `${model.id} has no price before ${listed.from}: earlier hours take its first row`
  const promoted = `the price of ${model.id} is a promotion, announced until at least ${listed.until_at_least}: it is taken to go on`
  const goesOn = listed.to == null && mayHaveEnded(listed, at)
  return [
    ...(before ? [{ code: 'first_row', what: first } as const] : []),
    ...(goesOn ? [{ code: 'promotion', what: promoted } as const] : []),
    ...yearsMissing.map(year => {
      const what = `the book has no public holidays of ${year} for ${provider.name}: weekdays are priced as working days`
      return { code: 'holidays', what } as const
    }),
  ]
}
