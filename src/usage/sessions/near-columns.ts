import { nearest } from '../../model/nearest.ts'
import type { Fields } from '../reading/fields.ts'
import { kept } from '../reading/kept.ts'

/** Columns of our own form that hold numbers; those that a row must have are not missed in silence. */
const NUMBERS = ['cache_read', 'cache_write', 'cache_write_1h', 'reasoning', 'requests', 'stated_usd']
/** What is said of tokens, and is no count of them. */
const ABOUT =
  /(?:^|[_.-])(?:total|max|limit|rate|ratio|share|percent|per|ttl|ms|key|id|hits?|price|cost|usd)(?:[_.-]|$)/i
/** A shorter name is near to too many. */
const SHORTEST = 4

/** A column that is none of ours, and the one that may be meant. */
export interface NearColumn {
  readonly name: string
  readonly nearest: string
}

/** Columns of a row that are kept out of the sums, though their names are near to those of ours. */
export const nearColumns = (row: Fields): readonly NearColumn[] =>
  Object.keys(row).flatMap(name => {
    const found = nearestTo(name)
    const isMeant = found !== '' && (CACHE.test(name) || !(found in row))
    return isMeant ? [{ name, nearest: found }] : []
  })

const CACHE = /cach/i

/** Empty: it is one of ours, or near to none. */
const nearestTo = kept(name => {
  if (NUMBERS.includes(name) || name.startsWith('tag.') || name.length < SHORTEST) return ''
  if (CACHE.test(name)) return ABOUT.test(name) ? '' : cacheColumn(name)
  return nearest(name, NUMBERS)[0] ?? ''
})

const cacheColumn = (name: string): string => {
  if (!/writ|creat|1h|5m/i.test(name)) return 'cache_read'
  return /1h|hour/i.test(name) ? 'cache_write_1h' : 'cache_write'
}
