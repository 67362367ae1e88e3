import { at, InputError, problems } from '../../errors/index.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { Offer } from '../rates/price-at.ts'
import { type MarkSet, marksOf } from '../workload/expect-marks.ts'
import type { Stream } from '../workload/split-routes.ts'

/** What a scenario says about the cache, held against the rule of the model that serves it. */

/** @throws {InputError} CACHE_NOT_OPTIONAL if caching is to be left off where the provider always writes */
export const refuseForcedWrites = ({ cache }: Scenario, { model, provider, cacheRule, caching, row }: Offer): void => {
  const forced = caching === 'known' && cacheRule.marks === 'newest' && cacheRule.optional !== true
  if (cache.policy !== 'none' || !forced || row.cache_read === 'not_offered') return
  throw new InputError([at(['cache'], problems.cacheNotOptional(model.id, provider.name))])
}

/** The cache marks of a stream's prompts. */
export const marksFor = (
  { cache, request }: Scenario,
  { cacheRule }: Offer,
  { first, last }: Stream['extent'],
): MarkSet => marksOf(cacheRule, cache.marks, { calls: last - first + 1, history: request?.history === true })
