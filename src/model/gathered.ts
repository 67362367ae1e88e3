/** Pairs of a key and a value as the values of each key, in the order of the first of each. */
export const gathered = <T>(pairs: Iterable<readonly [key: string, value: T]>): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const [key, value] of pairs) {
    // One list that grows: copying it for each value takes the square of their number.
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}
