import { InputError, problems } from '../../errors/index.ts'
import { entryOf } from '../entry-of.ts'

/** Setting keys in the parsed contents of a scenario file. */

/** The value of a key, if the argument is a mapping or list that has it. */
export const inner = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? entryOf(value as Record<string, unknown>, key) : undefined

/** Sets a value at a path, or takes the key away. Objects along the path are copied, so the file's data is not changed. */
export const setIn = (
  data: unknown,
  path: readonly string[],
  set: { readonly value: unknown; readonly copied: WeakSet<object> },
): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return set.value
  if (Array.isArray(data) && /^\d+$/.test(key)) {
    if (Number(key) > data.length) throw new InputError([problems.noItem(key, data.length)])
    const copy: unknown[] = set.copied.has(data) ? data : [...data]
    set.copied.add(copy)
    copy[Number(key)] = setIn(copy[Number(key)], rest, set)
    return copy
  }
  const holder = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {}
  const copy = (set.copied.has(holder) ? holder : { ...holder }) as Record<string, unknown>
  set.copied.add(copy)
  if (rest.length === 0 && set.value === null) delete copy[key]
  else copy[key] = setIn(entryOf(copy, key), rest, set)
  return copy
}

/** By key of a cluster, the keys that it takes the place of: a cluster has one price and one speed. */
const REPLACED: Readonly<Record<string, readonly string[]>> = {
  capacity: ['throughput'],
  throughput: ['capacity'],
  usd_per_hour: ['usd_per_gpu_hour', 'owned', 'term', 'lost', 'commitment'],
  usd_per_gpu_hour: ['usd_per_hour', 'owned', 'term'],
  owned: ['usd_per_hour', 'usd_per_gpu_hour', 'term', 'lost', 'commitment'],
}

/** Leaves out what the file has in place of what a setting gives. */
export const withoutReplaced = (data: unknown, paths: readonly (readonly string[])[]): unknown => {
  const set = paths.flatMap(([top, key]) => (top === 'self_host' && key !== undefined ? [key] : []))
  const lost = set.flatMap(key => entryOf(REPLACED, key) ?? []).filter(key => !set.includes(key))
  const cluster = inner(data, 'self_host')
  if (lost.length === 0 || typeof cluster !== 'object' || cluster === null || Array.isArray(cluster)) return data
  const kept = Object.entries(cluster).filter(([key]) => !lost.includes(key))
  return { ...(data as object), self_host: Object.fromEntries(kept) }
}
