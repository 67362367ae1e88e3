import { InputError, problems } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { type Exact, exact, quotient, sum, ZERO } from '../../model/number/money.ts'
import { encloseAll } from '../../model/number/range.ts'
import { remembered } from '../../model/remembered.ts'
import { mapViews, type ViewCosts } from '../../model/result/print-exact.ts'
import type { Request } from '../../model/scenario/counted.ts'
import type { OneModel, Scenario } from '../../model/scenario/scenario.ts'
import { spreadOver, type When } from '../rates/calendar-bands.ts'
import type { Band } from '../rates/peak-share.ts'
import { type Offer, offerAt } from '../rates/price-at.ts'
import { STANDARD } from '../rates/served-row.ts'
import { type Chance, type Spread, warmChance } from '../time/spread-traffic.ts'
import type { MarkSet } from '../workload/expect-marks.ts'
import { keepsReasoning } from '../workload/keeps-reasoning.ts'
import { allCalls, type Measured, measureWorkload } from '../workload/measure-workload.ts'
import { type Stream, splitBySize } from '../workload/split-routes.ts'
import { type Lifetime, marksFor, pickLifetime, refuseForcedWrites, unknownCache } from './cache-choice.ts'
import { knownUsage } from './known-usage.ts'
import { allIn, countTokens, priceViews, type Share, type Tokens, type Views, type Work } from './price-views.ts'

/** The requests to price, and all requests that the same model serves: together they keep its cache warm. */
export interface Portion {
  readonly stream: Stream
  readonly all: readonly Stream[]
}

/** Every request of a scenario, all of one size. */
export const allRequests = ({ request }: Scenario): Portion => {
  const all = splitBySize(undefined, request?.turns ?? 1)
  const [stream] = all
  if (!stream) throw new Error('a workload has at least one stream')
  return { stream, all }
}

/** Requests of one scenario priced on one model; exact, not rounded. */
export interface PricedStream {
  readonly scenario: OneModel
  readonly stream: Stream
  readonly at: string
  readonly offer: Offer
  readonly work: Work
  readonly bands: readonly Band[]
  readonly shares: readonly Share[]
  readonly views: Views
  readonly tokens: Tokens
  /** All traffic in the cheapest … in the most expensive hours, USD per period; `null` if the price has no hours. */
  readonly ranges: ViewCosts | null
  /** Cache lifetime used, seconds. */
  readonly ttl_s: number
  readonly longest: Measured['longest'] | null
  /** Cache marks of every prompt; none where the provider does not match by marks. */
  readonly marks: MarkSet
  /** Whether earlier reasoning is sent again. */
  readonly keeps: boolean
  /** How many earlier requests the first call needs to find the shared prefix warm. */
  readonly needs: Measured['needs']
}

/**
 * Prices a scenario on its own model, at its own moment or else at `at`.
 *
 * @param portion - the requests to price; default: all, at their own size
 * @throws {InputError} UNKNOWN_MODEL, NO_PRICE_AT, NO_SERVICE, NO_REGION, TOO_MANY_SAMPLES,
 *   CACHE_NOT_OPTIONAL, USAGE_OVER_PROMPT
 */
export const priceStream = (
  scenario: OneModel,
  { book, at, schedule, portion = allRequests(scenario) }: When & { book: Book; portion?: Portion },
): PricedStream => {
  const { service = STANDARD, region = null } = scenario
  const offer = offerAt(book, scenario.model, at, { service, region })
  refuseForcedWrites(scenario, offer)
  const { spread, bands } = spreadOver(scenario.traffic, offer, { at, schedule })
  const lifetime = pickLifetime(offer.cacheRule, scenario.cache.ttl_s)
  const chance = findChance(scenario, spread, { portion, ttl_s: lifetime.ttl_s })
  const shares = bands.map(band => shareInBand(band, scenario, { portion, chance }))
  const requests = servedShare(portion).times(scenario.traffic.requests)
  const rewrites = requests.gt(1) || shares.some(({ warmAfterOne: one }) => !one.isZero())
  const { extent } = portion.stream
  const marks = marksFor(scenario, offer, extent)
  const keeps = scenario.request !== null && keepsReasoning(scenario.request, offer)
  const measured = { ...lifetime, rewrites, extent, marks, keeps }
  const { cells, longest, needs } = measure(scenario, offer, measured)
  const work: Work = {
    cells,
    policy: scenario.cache,
    writeMeter: lifetime.write,
    known: knownIn(scenario, offer, measured),
    cacheUnknown: unknownCache(scenario, offer, lifetime.offered),
  }
  const views = priceViews(offer, work, shares)
  return {
    scenario,
    stream: portion.stream,
    at,
    offer,
    work,
    bands,
    shares,
    views,
    tokens: countTokens(views, work, shares),
    ranges: bands.length > 1 && !schedule ? rangesOverHours(offer, work, shares) : null,
    ttl_s: lifetime.ttl_s,
    longest,
    marks,
    keeps,
    needs,
  }
}

/** @throws {InputError} NO_RATE if even the list price is unknown: then there is no answer */
export const requireHeadline = ({ offer, views }: PricedStream): void => {
  const { headline } = views
  if ('lines' in headline) return
  if (headline.reason === offer.longPrompts) throw new InputError([problems.noLongPrompts(headline.reason)])
  const { model, row, terms } = offer
  const service = terms.service === STANDARD ? undefined : terms.service
  const rate = { meter: headline.missing ?? 'input', service }
  throw new InputError([problems.noRate(model.id, rate, row.note ?? 'the book gives no reason')])
}

const totalShare = remembered((all: readonly Stream[]): Exact => sum(all.map(({ share }) => share)))

const servedShare = ({ all }: Portion): Exact => totalShare(all)

/** The chances for all requests of one model, cached by their inputs, since every stream needs them. */
const chances = remembered((_: readonly Stream[]) => remembered((_: Spread) => new Map<string, Chance>()))

/** Chance that a request finds the shared prefix warm; `null` for a run, or without a known prefix. */
const findChance = (
  { request }: Scenario,
  spread: Spread,
  { portion, ttl_s }: { portion: Portion; ttl_s: number },
): Chance | null => {
  if (!request || spread.perWeek === null) return null
  // Conversations of different kinds arrive independently, so the sum of rate × warm time over the kinds applies.
  const known = chances(portion.all)(spread)
  const key = `${ttl_s} ${request.turn_gap_s}`
  const windows = () =>
    portion.all.map(({ share, extent: { first, last } }) =>
      share.times(ttl_s + (last - first) * Math.min(request.turn_gap_s, ttl_s)),
    )
  const chance = known.get(key) ?? warmChance(spread, sum(windows()))
  known.set(key, chance)
  return chance
}

/** Requests of the period in a band, and how many of them find the shared prefix warm. */
const shareInBand = (
  band: Band,
  { traffic, request }: Scenario,
  { portion, chance }: { portion: Portion; chance: ReturnType<typeof findChance> },
): Share => {
  const { share } = portion.stream
  // Totals already cover the whole period, so they are not multiplied by a number of requests.
  const requests = request ? share.times(traffic.requests) : share
  const warm = (earlier: 1 | 2): Exact => {
    if (!request || share.isZero()) return ZERO
    if (chance) return requests.times(band.share).times(chance(band.parts, earlier))
    // The requests of a run follow one another within the lifetime: the first ones are cold, the rest warm.
    const others = servedShare(portion).times(traffic.requests).minus(earlier)
    return others.isNegative() ? ZERO : others.times(quotient(share, servedShare(portion))).times(band.share)
  }
  const { name, window } = band
  return { name, window, requests: requests.times(band.share), warmAfterOne: warm(1), warmAfterTwo: warm(2) }
}

/** Measured requests, cached: most models share one of a few cache rules and have no tiers. */
const measures = remembered((_: Request) => new Map<string, Measured>())

const measureOnce = (request: Request, given: Required<Parameters<typeof measureWorkload>[1]>): Measured => {
  const { row, terms, extent, keeps } = given
  const key = JSON.stringify([terms, extent, keeps, row.tiers?.map(({ threshold, operator }) => [threshold, operator])])
  const known = measures(request)
  const measured = known.get(key) ?? measureWorkload(request, given)
  known.set(key, measured)
  return measured
}

interface MeasureTerms extends Pick<PricedStream, 'marks' | 'keeps'> {
  readonly rewrites: boolean
  readonly extent: Stream['extent']
}

const measure = (
  { request, totals, traffic }: Scenario,
  { row, cacheRule }: Offer,
  { ttl_s, write, rewrites, extent, marks, keeps }: Lifetime & MeasureTerms,
): Pick<PricedStream, 'longest' | 'needs'> & Pick<Measured, 'cells'> => {
  const none = { hit: ZERO, write: ZERO }
  if (request) {
    const terms = { rule: cacheRule, ttl_s, writes: write !== null, rewrites, run: traffic.per === 'run', marks }
    return measureOnce(request, { row, terms, extent, keeps })
  }
  const { input, output } = totals ?? { input: 0, output: 0 }
  const sized = (tokens: number): Exact => quotient(exact(tokens).times(extent.times), exact(extent.of))
  const cell = {
    tier: null,
    prompt: sized(input),
    output: sized(output),
    ...none,
    warmAfterOne: none,
    warmAfterTwo: none,
  }
  return { cells: [cell], longest: null, needs: 'never' }
}

/** The known usage of a scenario, of the calls of a whole conversation, whichever of them this model serves. */
const knownIn = (scenario: Scenario, offer: Offer, measured: Parameters<typeof measure>[2]): Work['known'] => {
  const { cache, request } = scenario
  if (cache.policy !== 'usage') return null
  const calls = request?.turns ?? 1
  // Another model's tokens are a part of that model's prompts; this one has the same part in its own.
  if (cache.of !== undefined) return knownUsage(cache, { prompt: exact(String(cache.of)), calls })
  const extent = request ? allCalls(request) : { times: 1, of: 1, first: 1, last: 1 }
  const { cells } = measure(scenario, offer, { ...measured, extent })
  return knownUsage(cache, { prompt: sum(cells.map(({ prompt }) => prompt)), calls })
}

/** Ranges over hours; a view that is unknown in any hour has no range. */
const rangesOverHours = (offer: Offer, work: Work, shares: readonly Share[]): PricedStream['ranges'] => {
  const all = shares.map(share => priceViews(offer, work, [allIn(share, shares)]))
  return mapViews(view => {
    const costs = all.flatMap(views => ('cost' in views[view] ? [views[view].cost] : []))
    return costs.length < all.length ? null : encloseAll(costs)
  })
}
