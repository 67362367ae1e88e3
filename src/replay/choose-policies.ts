import { notKept, pickLifetime } from '../cost/api/cache-choice.ts'
import { type Offer, offerAt } from '../cost/rates/price-at.ts'
import { collect } from '../errors/index.ts'
import type { Book } from '../model/book/book.ts'
import { SECONDS } from '../model/time.ts'
import type { Policy, PolicyName } from './cache/policies.ts'
import type { Choice } from './count-hits.ts'
import type { Lack } from './rate-states.ts'

/** A row of the report: a policy by name, or `rule`: as the model's provider keeps its cache. */
export type RowName = PolicyName | 'rule'

/** What the command says about policies; `null`: the model's rule decides. */
export interface PolicyTerms {
  readonly rows: readonly RowName[]
  /** Tokens of a block. */
  readonly block: number
  /** Whether the command states the block, which then replaces that of the rule. */
  readonly blockStated: boolean
  /** Lifetime, ms. */
  readonly lifetime: number | null
  readonly refresh: boolean
  /** Blocks. */
  readonly capacity: number
  /** From a request until what it stores can be found, ms. */
  readonly delay: number
}

/** Lifetime where neither the command nor a model says one, ms. */
export const LIFETIME = 300_000

/** The offer of a model at a moment, ms since 1970; `null` where the book has none. */
export const ruleFinder =
  (book: Book) =>
  (name: string | null, at: number): Offer | null =>
    name === null ? null : (collect([], () => offerAt(book, name, new Date(at).toISOString())) ?? null)

/** What is asked of a model's provider. */
type RuleOf = Pick<Offer, 'cacheRule' | 'caching' | 'provider'>

/** The policies of one model. `offer`: its cache rule, `null` where it is not known. */
export const choosePolicies = (terms: PolicyTerms, offer: RuleOf | null): Choice[] => {
  const rule = offer?.caching === 'known' ? offer.cacheRule : null
  const wanted = terms.lifetime === null ? undefined : terms.lifetime / 1000
  const chosen = rule && pickLifetime(rule, wanted)
  const cut = terms.blockStated || !rule ? 1 : rule.block
  const minimum = rule?.minimum ?? 0
  const lifetime = chosen ? chosen.ttl_s * 1000 : (terms.lifetime ?? LIFETIME)
  const plain: Policy = {
    name: 'infinite',
    lifetime,
    refresh: terms.refresh,
    capacity: terms.capacity,
    least: Math.ceil(minimum / terms.block),
    delay: terms.delay,
  }
  return terms.rows.map(row => ({
    policy: { ...plain, ...(row === 'rule' ? policyOfRule(offer) : { name: row }) },
    cut: Math.max(1, cut),
    minimum,
    write: chosen?.write ?? null,
    lack: offer && wanted !== undefined && chosen?.offered === false ? lackOf(offer, wanted) : null,
  }))
}

/** Nothing says what it costs to write for that time. @param wanted - s */
const lackOf = (offer: RuleOf, wanted: number): Lack => ({
  ...{ code: 'NO_RATE', reason: notKept(offer, wanted) },
  fix: `write ${offer.cacheRule.lifetimes.map(({ ttl_s }) => `--ttl ${inUnit(ttl_s)}`).join(' or ')}`,
})

/** A duration in its largest whole unit, as a flag takes it. @example inUnit(300) // 5m */
const inUnit = (seconds: number): string => {
  const [unit = 's', length = 1] =
    Object.entries(SECONDS)
      .reverse()
      .find(([, one]) => seconds % one === 0) ?? []
  return `${seconds / length}${unit}`
}

/** How a provider's cache is simulated. Without caching nothing is kept; of what is unknown the most is assumed. */
const policyOfRule = (offer: RuleOf | null): Pick<Policy, 'name'> & Partial<Policy> => {
  if (offer?.caching === 'none') return { name: 'lru', capacity: 0 }
  if (offer?.caching !== 'known') return { name: 'infinite' }
  switch (offer.cacheRule.match) {
    case 'blocks':
      return { name: 'ttl' }
    case 'units':
      return { name: 'units' }
    case 'marks':
    case 'breakpoints':
      return { name: 'marks' }
    default:
      return offer.cacheRule.match satisfies never
  }
}
