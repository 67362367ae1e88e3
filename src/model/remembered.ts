/**
 * The same function of an object, worked out once for each: for what many parts of a fleet ask of one thing that never
 * changes.
 */
export const remembered = <K extends object, V>(work: (key: K) => V): ((key: K) => V) => {
  const known = new WeakMap<K, { readonly value: V }>()
  return key => {
    const found = known.get(key) ?? { value: work(key) }
    known.set(key, found)
    return found.value
  }
}

/** What is made once, and only where it is wanted. */
export const lazily = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
