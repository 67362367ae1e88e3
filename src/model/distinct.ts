/** Removes values that are equal in content; keeps the order of first occurrence. */
export const distinct = <T>(all: readonly T[]): T[] => [...new Map(all.map(one => [JSON.stringify(one), one])).values()]
