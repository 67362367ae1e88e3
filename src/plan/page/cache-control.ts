import { findModel } from '../../cost/rates/price-at.ts'
import { servedModels } from '../../cost/workload/serving.ts'
import type { Book, Model } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import type { CachePolicy } from '../../model/scenario/cache.ts'
import { type Control, shareIn } from './control.ts'
import type { Shown } from './page-data.ts'

/** The hit share, or the lifetime of a prefix: each takes the place of the file's whole policy. */
export const cacheControls = ({ scenario }: Shown, book: Book): Control[] =>
  scenario.cache.policy === 'usage' || scenario.cache.marks !== undefined
    ? []
    : [{ ...cache, field: { kind: 'cache', lifetimes: lifetimesIn(servedModels(scenario), book) } }]

/** The lifetimes that a provider of any leg has, in seconds, shortest first; the first is the default. */
const lifetimesIn = (models: readonly string[], book: Book): string[] => {
  const seconds = models.flatMap(name => lifetimesOf(findModel(book, name), book))
  return [...new Set(seconds)].sort((a, b) => a - b).map(ttl => `${ttl}s`)
}

const lifetimesOf = (model: Model | undefined, { providers }: Book): number[] => {
  const rules = model && entryOf(providers, model.provider)?.cache
  if (rules === undefined || typeof rules === 'string') return []
  return Object.values(rules).flatMap(rule =>
    typeof rule === 'string' ? [] : rule.lifetimes.map(({ ttl_s }) => ttl_s),
  )
}

const cache: Control = {
  key: 'cache',
  label: 'Cache',
  group: 'Cache',
  field: { kind: 'cache', lifetimes: [] },
  read: ({ scenario }) => textOf(scenario.cache),
  write: ({ scenario, self_host }, text) => {
    const policy = policyIn(text)
    return policy && { self_host, scenario: { ...scenario, cache: policy } }
  },
  toFile: text => {
    const policy = policyIn(text)
    if (policy?.policy === 'hit_share') return { hit_share: policy.hit_share }
    return policy?.ttl_s === undefined ? text : { policy: policy.policy, ttl: `${policy.ttl_s}s` }
  },
}

/** @example {hit_share: 0.5} */
const textOf = ({ policy, hit_share, ttl_s }: CachePolicy): string => {
  if (policy === 'hit_share') return `{hit_share: ${hit_share}}`
  return ttl_s === undefined ? policy : `{policy: ${policy}, ttl: ${ttl_s}s}`
}

const policyIn = (text: string): CachePolicy | null => {
  if (text === 'prefix' || text === 'none' || text === 'ideal') return { policy: text }
  const share = /^\{hit_share: ([0-9.]+)\}$/.exec(text)?.[1]
  if (share !== undefined) {
    const value = shareIn(share)
    return value === null ? null : { policy: 'hit_share', hit_share: value }
  }
  const [, policy, ttl] = /^\{policy: (prefix|ideal|none), ttl: (\d{1,8})s\}$/.exec(text) ?? []
  return policy === undefined ? null : { policy: policy as 'prefix', ttl_s: Number(ttl) }
}
