import type { MovedKey } from '../../model/result/cause.ts'

/** Values of a scenario's keys: whether two are the same, and how a document shows one. */

export type Fields = Readonly<Record<string, unknown>>

/** Whether a value is an object with keys. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value with its keys in one order, whatever order a file has them in. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isFields(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .filter(key => value[key] !== undefined)
      .map(key => [key, sorted(value[key])]),
  )
}

/** Whether two values are the same, whatever the order of their keys. */
export const isSame = (a: unknown, b: unknown): boolean =>
  a === b || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

/**
 * A value as a document shows it.
 *
 * @param key - ends with `_s` if the value is in seconds
 * @param order - the order of the keys of an object
 */
export const shownValue = (key: string, value: unknown, order: readonly string[] = []): MovedKey['from'] => {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return key.endsWith('_s') ? `${value}s` : value
  if (typeof value === 'boolean' || typeof value === 'string') return value
  return flow(key === 'cache' && isFields(value) ? cacheFields(value) : value, order)
}

/** A policy in short form, as in a file. */
const cacheFields = ({ policy, of: _, ...rest }: Fields): unknown => {
  if (Object.keys(rest).length === 0) return policy
  return policy === 'usage' || policy === 'hit_share' ? rest : { policy, ...rest }
}

/** Any value on one line, as YAML would have it; lengths as their mean, and what is 0 or off left out. */
const flow = (value: unknown, order: readonly string[] = []): string => {
  if (Array.isArray(value)) return `[${value.map(one => flow(one)).join(', ')}]`
  if (!isFields(value)) return String(value)
  if ('parts' in value && 'mean' in value) return String(value['mean'])
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length)
  const entries = Object.entries(value)
    .filter(([, own]) => own !== undefined && own !== null && own !== 0 && own !== false)
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return `{${entries.map(([key, own]) => `${key.replace(/_s$/, '')}: ${flow(shownValue(key, own))}`).join(', ')}}`
}
