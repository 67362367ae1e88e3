import { InputError, problems } from '../../errors/index.ts'
import type { Source } from './places.ts'

/**
 * Refuses the name `__proto__` as a key, once for every file: JavaScript has no safe way to use it, as zod drops such a
 * key in silence, and an assignment by it does something else. All other names are names like any other.
 *
 * @throws {InputError} UNKNOWN_KEY, located
 */
export const refuseProto = <T extends Source>(text: string, source: T): T => {
  // The name as it stands, or written with an escape.
  if (!text.includes('__proto__') && !text.includes('\\')) return source
  const path = protoPath(source.data)
  if (path === null) return source
  throw new InputError([source.locate({ ...problems.noName('__proto__'), path })])
}

type Path = readonly (string | number)[]

/** The way to the first such key; what aliases share is gone through once. */
const protoPath = (data: unknown): Path | null => {
  const seen = new Set<unknown>()
  const left: { readonly value: unknown; readonly path: Path }[] = [{ value: data, path: [] }]
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, path } = next
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    if (Object.hasOwn(value, '__proto__')) return [...path, '__proto__']
    const isList = Array.isArray(value)
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'object') left.push({ value: inner, path: [...path, isList ? Number(key) : key] })
    }
  }
  return null
}
