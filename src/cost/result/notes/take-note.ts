import type { CacheRule } from '../../../model/book/book.ts'
import { sum } from '../../../model/number/money.ts'
import { plural } from '../../../model/plural.ts'
import type { Assumption, Warning } from '../../../model/result/result.ts'
import type { Scenario } from '../../../model/scenario/scenario.ts'
import { VIEW_KEYS, type View } from '../../../model/views.ts'
import { crossesRateBoundary, isIdeal } from '../../api/cost-ceiling.ts'
import type { StreamRange } from '../../api/price-range.ts'
import { readsOffered, type Work } from '../../api/price-views.ts'
import { missingHolidays } from '../../rates/peak-share.ts'
import { limitsOf } from '../../rates/price-at.ts'
import { moment } from '../../time/week.ts'
import { countingNotes } from './counting-notes.ts'

/** Seconds as a person says them: 300 → `5 minutes`. */
const lasting = (seconds: number): string => {
  for (const [unit, length] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const) {
    if (seconds % length === 0 && seconds > 0) {
      return plural(seconds / length, unit)
    }
  }
  return plural(seconds, 'second')
}

/** A provider's cache rule in words, with the lifetime reckoned with, and what of it is not published. */
export const ruleInWords = (provider: string, rule: CacheRule, ttl_s: number): string => {
  const blocks = rule.block === 1 ? '' : `, in whole blocks of ${rule.block} tokens`
  const how = {
    blocks: `the longest prefix sent before${blocks}`,
    units: `complete units (a prompt's end, its output's end, a prefix two requests shared)${blocks}`,
    breakpoints: 'up to the breakpoints set in the prompt',
  }[rule.match]
  const least = rule.minimum > 1 ? `, from ${rule.minimum} tokens on` : ''
  const assumed = rule.assumed?.length
    ? `; not published, so assumed: ${rule.assumed.join(', ').replaceAll('_', ' ')}`
    : ''
  return `${provider}'s cache: ${how}${least}, kept ${lasting(ttl_s)}${assumed}`
}

const CACHED: readonly View[] = ['cached', 'batch_cached']
const ALL: readonly View[] = ['headline', 'cached_ideal', 'cached', 'batch', 'batch_cached']

const isLeft = (scenario: Scenario, key: string): boolean => scenario.defaults.includes(key)

/** What was taken for granted on the user's behalf, beside the views that rest on it. */
export const assumptionsOf = (stream: StreamRange): Assumption[] => {
  const { scenario, high } = stream
  const { at, offer, work, ttl_s, bands } = high
  const { cacheRule, provider } = offer
  const { request, traffic, cache } = scenario
  const notes: Assumption[] = []
  const note = (code: string, what: string, views: readonly View[]): void => void notes.push({ code, what, views })
  const prefix =
    cache.policy === 'prefix' && work.cacheUnknown === null && offer.caching === 'known' && readsOffered(offer)
  const paced = traffic.per !== 'run'
  const talks = (request?.turns ?? 1) > 1
  const warms = prefix && canWarm(work)
  const ideal = VIEW_KEYS.filter(view => isIdeal(stream, view))
  if (ideal.length > 0) {
    note(
      'IDEAL_IS_A_BOUND',
      'every input token is read from the cache: a bound, as something is always sent a first time',
      ideal,
    )
  }
  if (prefix) note('CACHE_RULE', ruleInWords(provider.name, cacheRule, ttl_s), CACHED)
  if (prefix && (warms || talks) && cache.ttl_s === undefined) {
    note(
      'DEFAULT_LIFETIME',
      'each use keeps a cached prefix for its whole lifetime again; cache.ttl sets another',
      CACHED,
    )
  }
  if (prefix && talks && isLeft(scenario, 'request.turn_gap')) {
    note('DEFAULT_TURN_GAP', `${lasting(request?.turn_gap_s ?? 0)} pass between the calls of a conversation`, CACHED)
  }
  if (warms && !paced && traffic.requests > 1) {
    note('RUN_BACK_TO_BACK', 'the requests of a run follow one another within the cache lifetime', CACHED)
  }
  if (warms && paced)
    note('POISSON_ARRIVALS', 'requests begin at random within each hour, as a Poisson process', CACHED)
  const byHour = bands.length > 1
  if (isLeft(scenario, 'traffic.profile') && (byHour || (warms && paced))) {
    const what = 'traffic is even over all hours of the week; set traffic.profile to change it'
    note('FLAT_TRAFFIC', what, byHour ? ALL : CACHED)
  }
  if (byHour) {
    note('PLAIN_WEEK', `hours are priced over one Monday-to-Sunday week without holidays, clocks as on ${at}`, ALL)
  }
  const names = { model: offer.model.id, provider: provider.name }
  if (scenario.counting) for (const { code, what } of countingNotes(scenario.counting, names)) note(code, what, ALL)
  return notes
}

/** Whether it matters to any call that an earlier request has left the shared prefix in the cache. */
const canWarm = ({ cells }: Work): boolean =>
  cells.some(({ warmAfterOne: one, warmAfterTwo: two }) =>
    [one.hit, one.write, two.hit, two.write].some(tokens => !tokens.isZero()),
  )

const DAY_MS = 86_400_000

/** Whole days from a review to the moment priced; 0 for a moment before it. */
export const ageDays = (reviewed: string, at: string): number =>
  Math.max(0, Math.floor((moment(at).ms - moment(reviewed).ms) / DAY_MS))

/** Something to type, and the key that it is about. */
interface Fix {
  readonly fix: string
  readonly path: string
}

/**
 * What the user should know about one scenario's figures.
 *
 * @param reviewed - day that the book was reviewed
 */
export const warningsOf = (stream: StreamRange, reviewed: string): Warning[] => {
  const { scenario, low, high } = stream
  const { at, offer, work } = high
  const { model, provider, row } = offer
  const place = scenario.file ?? scenario.name
  const warnings: Warning[] = []
  const warn = (code: string, what: string, { fix, path }: Fix): void =>
    void warnings.push({ code, what, fix, path, at: place })
  const age = ageDays(reviewed, at)
  if (age > provider.review_every_days) {
    warn(
      'PRICE_OLD',
      `prices of ${provider.name} were reviewed ${plural(age, 'day')} before ${at}, and it changes them within ${provider.review_every_days}`,
      { fix: 'check the price, then give it with --pricing mine.json', path: 'model' },
    )
  }
  const { context, max_output } = limitsOf(offer)
  const [least, most] = [low.longest, high.longest]
  if (least && most && context !== null && most.tokens > context) {
    const sure = least.tokens > context
    warn(
      'CONTEXT_EXCEEDED',
      `the longest call ${sure ? 'has' : 'may have'} ${plural(most.tokens, 'token')}, ${model.id} takes ${context}`,
      { fix: 'shorten the prompt, or choose a model with a longer context', path: 'request' },
    )
  }
  if (least && most && max_output !== null && most.output > max_output) {
    const sure = least.output > max_output
    warn(
      'OUTPUT_EXCEEDED',
      `a call ${sure ? 'writes' : 'may write'} ${plural(most.output, 'token')}, ${model.id} writes ${max_output} at most`,
      { fix: 'split the work over more calls', path: 'request.output' },
    )
  }
  if (VIEW_KEYS.some(view => crossesRateBoundary(stream, view))) {
    warn(
      'BAND_STRADDLES',
      'the low and the high end of the estimated tokens meet other rates: a cache minimum or a price tier lies between',
      { fix: 'count the text by a call of the provider, and give the number', path: 'request' },
    )
  }
  if (scenario.totals && row.tiers?.length) {
    warn(
      'TIER_UNKNOWN',
      `${model.id} costs more for long prompts; totals show no prompt lengths, so the base rates are taken`,
      { fix: 'describe one request instead of totals', path: 'totals' },
    )
  }
  const { writeMeter } = work
  const billsWrites = writeMeter !== null && readsOffered(offer) && (row[writeMeter] ?? 'not_offered') !== 'not_offered'
  if (scenario.cache.policy === 'hit_share' && billsWrites) {
    warn('WRITES_LEFT_OUT', `${provider.name} bills cache writes, which a hit share alone cannot show`, {
      fix: 'use cache: prefix, with shared, session and turn',
      path: 'cache',
    })
  }
  if (scenario.cache.policy !== 'none' && (row.cache_read === 'not_offered' || offer.caching === 'none')) {
    warn('NO_CACHE_OFFERED', `${model.id} has no cache reads at ${at}: cached equals headline`, {
      fix: 'write cache: none, or choose another model',
      path: 'cache',
    })
  }
  const year = missingHolidays(row, provider, at)
  if (year !== null) {
    warn(
      'NO_HOLIDAYS',
      `the book has no public holidays of ${year} for ${provider.name}: weekdays are priced as working days`,
      { fix: 'check the day, or give a date instead of an instant', path: 'at' },
    )
  }
  if (sum(work.cells.map(({ prompt, output }) => prompt.plus(output))).isZero()) {
    warn('NO_TOKENS', 'the request has no tokens, so every view is $0', {
      fix: 'give shared, session, turn or output',
      path: 'request',
    })
  }
  return warnings
}
