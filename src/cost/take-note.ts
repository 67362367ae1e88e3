import type { CacheRule } from '../model/book.ts'
import { sum } from '../model/money.ts'
import type { Assumption, Warning } from '../model/result.ts'
import type { Scenario } from '../model/scenario.ts'
import { VIEW_KEYS, type View } from '../model/views.ts'
import { countingNotes } from './counting-notes.ts'
import { missingHolidays } from './peak-share.ts'
import { limitsOf } from './price-at.ts'
import { type Bounds, straddles } from './price-bounds.ts'
import { moment } from './week.ts'

/** Seconds as a person says them: 300 → `5 minutes`. */
const lasting = (seconds: number): string => {
  for (const [unit, length] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const) {
    if (seconds % length === 0 && seconds > 0) {
      const count = seconds / length
      return `${count} ${unit}${count === 1 ? '' : 's'}`
    }
  }
  return `${seconds} second${seconds === 1 ? '' : 's'}`
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
export const assumptionsOf = ({ scenario, high: { at, offer, work, ttl_s, bands } }: Bounds): Assumption[] => {
  const { cacheRule, provider } = offer
  const { request, traffic, cache } = scenario
  const notes: Assumption[] = []
  const note = (code: string, what: string, views: readonly View[]): void => void notes.push({ code, what, views })
  const prefix = cache.policy === 'prefix' && work.cacheUnknown === null && offer.caching === 'known'
  const paced = traffic.per !== 'run'
  note(
    'IDEAL_IS_A_BOUND',
    'every input token is read from the cache: a bound, as something is always sent a first time',
    ['cached_ideal'],
  )
  if (prefix) note('CACHE_RULE', ruleInWords(provider.name, cacheRule, ttl_s), CACHED)
  if (prefix && cache.ttl_s === undefined) {
    note(
      'DEFAULT_LIFETIME',
      'each use keeps a cached prefix for its whole lifetime again; cache.ttl sets another',
      CACHED,
    )
  }
  if (prefix && (request?.turns ?? 1) > 1 && isLeft(scenario, 'request.turn_gap')) {
    note('DEFAULT_TURN_GAP', `${lasting(request?.turn_gap_s ?? 0)} pass between the calls of a conversation`, CACHED)
  }
  if (prefix && !paced && traffic.requests > 1) {
    note('RUN_BACK_TO_BACK', 'the requests of a run follow one another within the cache lifetime', CACHED)
  }
  if (prefix && paced)
    note('POISSON_ARRIVALS', 'requests begin at random within each hour, as a Poisson process', CACHED)
  const byHour = bands.length > 1
  if (isLeft(scenario, 'traffic.profile') && (byHour || (prefix && paced))) {
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

const DAY_MS = 86_400_000

/** Whole days from a review to the moment priced; 0 for a moment before it. */
export const ageDays = (reviewed: string, at: string): number =>
  Math.max(0, Math.floor((moment(at).ms - moment(reviewed).ms) / DAY_MS))

/** Something to type, and the key that it is about. */
interface Mended {
  readonly mend: string
  readonly path: string
}

interface About {
  /** Day that the book was reviewed. */
  readonly reviewed: string
  /** Whether `batch_cached` has a price at all: of a fleet, on every leg. */
  readonly batched: boolean
}

/** What the user should know about one scenario's figures. */
export const warningsOf = (bounds: Bounds, { reviewed, batched }: About): Warning[] => {
  const { scenario, low, high } = bounds
  const { at, offer, work, views } = high
  const { model, provider, row } = offer
  const place = scenario.file ?? scenario.name
  const warnings: Warning[] = []
  const warn = (code: string, what: string, { mend, path }: Mended): void =>
    void warnings.push({ code, what, mend, path, at: place })
  const age = ageDays(reviewed, at)
  if (age > provider.review_every_days) {
    warn(
      'PRICE_OLD',
      `prices of ${provider.name} were reviewed ${age} days before ${at}, and it changes them within ${provider.review_every_days}`,
      { mend: 'check the price, then give it with --pricing mine.json', path: 'model' },
    )
  }
  const { context, max_output } = limitsOf(offer)
  const [least, most] = [low.longest, high.longest]
  if (least && most && context !== null && most.tokens > context) {
    const sure = least.tokens > context
    warn(
      'CONTEXT_EXCEEDED',
      `the longest call ${sure ? 'has' : 'may have'} ${most.tokens} tokens, ${model.id} takes ${context}`,
      { mend: 'shorten the prompt, or choose a model with a longer context', path: 'request' },
    )
  }
  if (least && most && max_output !== null && most.output > max_output) {
    const sure = least.output > max_output
    warn(
      'OUTPUT_EXCEEDED',
      `a call ${sure ? 'writes' : 'may write'} ${most.output} tokens, ${model.id} writes ${max_output} at most`,
      { mend: 'split the work over more calls', path: 'request.output' },
    )
  }
  if (VIEW_KEYS.some(view => straddles(bounds, view))) {
    warn(
      'BAND_STRADDLES',
      'the low and the high end of the estimated tokens meet other rates: a cache minimum or a price tier lies between',
      { mend: 'count the text by a call of the provider, and give the number', path: 'request' },
    )
  }
  if (scenario.totals && row.tiers?.length) {
    warn(
      'TIER_UNKNOWN',
      `${model.id} costs more for long prompts; totals show no prompt lengths, so the base rates are taken`,
      { mend: 'describe one request instead of totals', path: 'totals' },
    )
  }
  if (scenario.cache.policy === 'hit_share' && work.writeMeter !== null) {
    warn('WRITES_LEFT_OUT', `${provider.name} bills cache writes, which a hit share alone cannot show`, {
      mend: 'use cache: prefix, with shared, session and turn',
      path: 'cache',
    })
  }
  if (scenario.cache.policy !== 'none' && (row.cache_read === 'not_offered' || offer.caching === 'none')) {
    warn('NO_CACHE_OFFERED', `${model.id} has no cache reads at ${at}: cached equals headline`, {
      mend: 'write cache: none, or choose another model',
      path: 'cache',
    })
  }
  const { batch_cached } = views
  if (
    batched &&
    'lines' in batch_cached &&
    (scenario.request?.turns ?? 1) > 1 &&
    batch_cached.lines.some(({ meter }) => meter === 'cache_read')
  ) {
    warn(
      'BATCH_TURNS',
      'batch cached takes the hits of cached, but the turns of one conversation cannot wait in one batch',
      { mend: 'read it as a bound, or set turns: 1', path: 'request.turns' },
    )
  }
  const year = missingHolidays(row, provider, at)
  if (year !== null) {
    warn(
      'NO_HOLIDAYS',
      `the book has no public holidays of ${year} for ${provider.name}: weekdays are priced as working days`,
      { mend: 'check the day, or give a date instead of an instant', path: 'at' },
    )
  }
  if (sum(work.cells.map(({ prompt, output }) => prompt.plus(output))).isZero()) {
    warn('NO_TOKENS', 'the request has no tokens, so every view is $0', {
      mend: 'give shared, session, turn or output',
      path: 'request',
    })
  }
  return warnings
}
