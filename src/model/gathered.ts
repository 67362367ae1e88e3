/** Groups values by key, in the order of each key's first occurrence. */
export const gathered = <T>(pairs: Iterable<readonly [key: string, value: T]>): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const [key, value] of pairs) {
    // One growing list per key: copying it for each value would take quadratic time.
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}
