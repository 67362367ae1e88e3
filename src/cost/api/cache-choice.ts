import { at, InputError, problems } from '../../errors/index.ts'
import type { CacheRule } from '../../model/book/book.ts'
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
  const { model, provider, caching } = offer
  if (caching === 'unknown') return `how ${provider.name} caches ${model.id} is unknown`
  if (offered || caching === 'none') return null
  return notKept(offer, cache.ttl_s ?? 0)
}

/** Why a lifetime has no price. @param ttl_s - one that the provider does not offer, s */
export const notKept = ({ provider, cacheRule }: Pick<Offer, 'provider' | 'cacheRule'>, ttl_s: number): string => {
  const choices = cacheRule.lifetimes.map(one => `${one.ttl_s} s`).join(' or ')
  return `${provider.name} keeps a written prefix ${choices}, not ${ttl_s} s`
}

/** How long a prefix is kept, and the meter that bills its writing; `null`: it is free. */
export interface Lifetime {
  readonly ttl_s: number
  readonly write: CacheRule['lifetimes'][number]['write']
  /** Whether the provider offers it. */
  readonly offered: boolean
}

/**
 * The lifetime of a cache. Billed writes allow only the provider's; a free cache may have any.
 *
 * @param wanted - s; `undefined`: the first one of the rule
 */
export const pickLifetime = ({ lifetimes }: CacheRule, wanted: number | undefined): Lifetime => {
  const [first] = lifetimes
  if (!first) throw new Error('a cache rule has at least one lifetime')
  if (wanted === undefined) return { ...first, offered: true }
  const listed = lifetimes.find(({ ttl_s }) => ttl_s === wanted)
  if (listed) return { ...listed, offered: true }
  return { ttl_s: wanted, write: first.write, offered: lifetimes.every(({ write }) => write === null) }
}
