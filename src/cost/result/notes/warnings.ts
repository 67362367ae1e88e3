import { sum } from '../../../model/number/money.ts'
import { plural } from '../../../model/plural.ts'
import type { Warning } from '../../../model/result/result.ts'
import { VIEW_KEYS } from '../../../model/views.ts'
import { crossesRateBoundary } from '../../api/cost-ceiling.ts'
import { notOffered } from '../../api/known-usage.ts'
import type { StreamRange } from '../../api/price-range.ts'
import { readsOffered } from '../../api/price-views.ts'
import { type Evidence, evidenceDay, mayHaveEnded, rowAge } from '../../rates/evidence.ts'
import { missingHolidays } from '../../rates/peak-share.ts'
import { offersMeter } from '../../rates/pick-rates.ts'
import { limitsOf } from '../../rates/price-at.ts'
import { partsOf, toolsNotCounted } from './tool-notes.ts'

/** Records a warning: the problem, a fix to type, and its key. */
type Warn = (code: string, what: string, fix: { readonly fix: string; readonly path: string }) => void

/**
 * Warnings about the figures of one model's requests.
 *
 * @param evidence - the book's sources, and the day on which it was reviewed
 * @param key - the key of the scenario that names the model
 */
export const streamWarnings = (stream: StreamRange, evidence: Evidence, key: string): Warning[] => {
  const { scenario } = stream
  const about = scenario.file ?? scenario.name
  const warnings: Warning[] = []
  const warn: Warn = (code, what, { fix, path }) =>
    void warnings.push({ code, what, fix, scenario: about, path, at: null })
  warnOfAge(stream, evidence, (code, what, fix) => warn(code, what, { ...fix, path: key }))
  for (const { code, what, fix, path, at = null } of scenario.contents ?? []) {
    const key = path === undefined ? {} : { path }
    if (fix !== undefined) warnings.push({ code, what, fix, scenario: about, ...key, at })
  }
  warnOfLength(stream, warn)
  warnOfTiers(stream, warn)
  warnOfCache(stream, warn)
  warnOfHolidays(stream, warn)
  for (const { key: length, part } of partsOf(scenario)) {
    const { code, what, fix } = toolsNotCounted(part.source, part.not_counted ?? [])
    if (part.not_counted) warn(code, what, { fix, path: `request.${length}` })
  }
  if (sum(stream.high.work.cells.map(({ prompt, output }) => prompt.plus(output))).isZero()) {
    warn('NO_TOKENS', 'the request has no tokens, so every view is $0', {
      fix: 'give shared, session, turn or output',
      path: 'request',
    })
  }
  return warnings
}

const CHECK_PRICE = { fix: 'check the price, then give it with --pricing mine.json', path: 'model' }

const warnOfAge = ({ high: { at, offer } }: StreamRange, evidence: Evidence, warn: Warn): void => {
  // A service's rates are as old as those of the row that it belongs to.
  const { model, listed: row, provider } = offer
  const { name, review_every_days: days } = provider
  const age = rowAge(row, evidence, at)
  if (age !== null && age > days) {
    const seen = `the price of ${model.id} was last seen on ${evidenceDay(row, evidence)}, ${plural(age, 'day')} before ${at}`
    warn('PRICE_OLD', `${seen}, and ${name} changes its prices within ${plural(days, 'day')}`, CHECK_PRICE)
  }
  if (mayHaveEnded(row, at)) {
    const promised = `the price of ${model.id} is a promotion, announced until at least ${row.until_at_least}`
    warn('PROMOTION_END', `${promised}: it may have ended before ${at}`, CHECK_PRICE)
  }
}

/** Warnings for calls longer than the model's context, or output beyond its maximum. */
const warnOfLength = ({ low, high }: StreamRange, warn: Warn): void => {
  const { model } = high.offer
  const { context, max_output } = limitsOf(high.offer)
  const [least, most] = [low.longest, high.longest]
  if (!least || !most) return
  if (context !== null && most.tokens > context) {
    const has = least.tokens > context ? 'has' : 'may have'
    warn(
      'CONTEXT_EXCEEDED',
      `the longest call ${has} ${plural(most.tokens, 'token')}, but ${model.id} takes only ${context}`,
      {
        fix: 'shorten the prompt, or choose a model with a longer context',
        path: 'request',
      },
    )
  }
  if (max_output !== null && most.output > max_output) {
    const writes = least.output > max_output ? 'writes' : 'may write'
    warn(
      'OUTPUT_EXCEEDED',
      `a call ${writes} ${plural(most.output, 'token')}, but ${model.id} writes at most ${max_output}`,
      { fix: 'split the work over more calls', path: 'request.output' },
    )
  }
}

/** Warnings for rates that depend on a length that is only estimated, or unknown. */
const warnOfTiers = (stream: StreamRange, warn: Warn): void => {
  const { scenario, high } = stream
  const { model, row } = high.offer
  if (VIEW_KEYS.some(view => crossesRateBoundary(stream, view))) {
    warn(
      'BAND_STRADDLES',
      'the low and the high end of the estimated tokens are billed at different rates: a cache minimum or a price tier lies between them',
      { fix: 'count the text with an API call to the provider, and give the number', path: 'request' },
    )
  }
  if (scenario.totals && row.tiers?.length) {
    warn(
      'TIER_UNKNOWN',
      `${model.id} costs more for long prompts; totals show no prompt lengths, so the base rates are used`,
      { fix: 'describe one request instead of totals', path: 'totals' },
    )
  }
}

const warnOfCache = ({ scenario: { cache }, high }: StreamRange, warn: Warn): void => {
  const { at, offer, work } = high
  const { model, provider, row } = offer
  const { writeMeter } = work
  const billsWrites = writeMeter !== null && readsOffered(offer) && offersMeter(row, writeMeter)
  if (cache.policy === 'hit_share' && billsWrites) {
    warn('WRITES_LEFT_OUT', `${provider.name} bills cache writes, which a hit share alone cannot show`, {
      fix: 'use cache: prefix, with shared, session and turn',
      path: 'cache',
    })
  }
  for (const meter of notOffered(work.known, row)) {
    warn('METER_NOT_OFFERED', `${model.id} offers no ${meter} at ${at}: these tokens are billed and counted as input`, {
      fix: 'check the model, or leave the meter out of cache',
      path: 'cache',
    })
  }
  if (cache.policy !== 'none' && cache.policy !== 'usage' && !readsOffered(offer)) {
    warn('NO_CACHE_OFFERED', `${model.id} has no cache reads at ${at}: cached equals headline`, {
      fix: 'write cache: none, or choose another model',
      path: 'cache',
    })
  }
}

const warnOfHolidays = ({ high: { at, offer } }: StreamRange, warn: Warn): void => {
  const { provider, row } = offer
  const year = missingHolidays(row, provider, at)
  if (year !== null) {
    warn(
      'NO_HOLIDAYS',
      `the book has no public holidays of ${year} for ${provider.name}: weekdays are priced as working days`,
      { fix: 'check the day, or give a date instead of an instant', path: 'at' },
    )
  }
}
