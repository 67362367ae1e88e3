import { InputError, problems } from '../../errors/index.ts'
import type { Source } from './places.ts'

/**
 * Refuses `__proto__` as a key in any file: zod silently drops it, and assigning to it sets the prototype instead. All
 * other names are safe.
 *
 * @throws {InputError} UNKNOWN_KEY, located
 */
export const refuseProto = <T extends Source>(text: string, source: T): T => {
  // The name may be literal or written with escapes.
  if (!text.includes('__proto__') && !text.includes('\\')) return source
  const path = protoPath(source.data)
  if (path === null) return source
  throw new InputError([source.locate({ ...problems.noName('__proto__'), path })])
}

type Path = readonly (string | number)[]

/** The path of the first such key; values shared by aliases are visited once. */
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
