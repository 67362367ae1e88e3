import { at, InputError, problems } from '../../errors/index.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { offersMeter } from '../rates/pick-rates.ts'
import type { Offer } from '../rates/price-at.ts'
import { type MarkSet, marksOf } from '../workload/expect-marks.ts'
import type { Stream } from '../workload/split-routes.ts'

/** What a scenario says about the cache, held against the rule of the model that serves it. */

/** @throws {InputError} CACHE_NOT_OPTIONAL if caching is to be left off where the provider always writes */
export const refuseForcedWrites = ({ cache }: Scenario, offer: Offer): void => {
  if (cache.policy !== 'none' || !isForced(offer)) return
  throw new InputError([at(['cache'], problems.cacheNotOptional(offer.model.id, offer.provider.name))])
}

const isForced = ({ cacheRule, caching, row }: Offer): boolean =>
  caching === 'known' && cacheRule.marks === 'newest' && cacheRule.optional !== true && offersMeter(row, 'cache_read')

/** Whether a model's prompts are always written to the cache, for a fee. */
export const isWriteForced = (offer: Offer): boolean =>
  isForced(offer) && offer.cacheRule.lifetimes.some(({ write }) => write !== null && offersMeter(offer.row, write))

/** The cache marks of a stream's prompts. */
export const marksFor = (
  { cache, request }: Scenario,
  { cacheRule }: Offer,
  { first, last }: Stream['extent'],
): MarkSet => marksOf(cacheRule, cache.marks, { calls: last - first + 1, history: request?.history === true })

/** Why the `cached` view is unknown; `null` if it is known. */
export const unknownCache = ({ request, cache }: Scenario, offer: Offer, offered: boolean): string | null => {
  if (cache.policy !== 'prefix') return null
  if (!request) {
    const choices = isForced(offer) ? 'ideal' : 'none, ideal'
    return `totals show no prefixes that could repeat; state cache: ${choices}, {hit_share: …} or {read: …, write: …}`
  }
  const { model, provider, cacheRule, caching } = offer
  if (caching === 'unknown') return `how ${provider.name} caches ${model.id} is unknown`
  if (offered || caching === 'none') return null
  const choices = cacheRule.lifetimes.map(({ ttl_s }) => `${ttl_s} s`).join(' or ')
  return `${provider.name} keeps a written prefix ${choices}, not ${cache.ttl_s} s`
}
