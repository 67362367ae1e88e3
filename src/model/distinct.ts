/** What is equal in all it says, once: in the order of the first of each. */
export const distinct = <T>(all: readonly T[]): T[] => [...new Map(all.map(one => [JSON.stringify(one), one])).values()]
