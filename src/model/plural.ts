/**
 * The form of a word that agrees with a count, which may already be formatted. @example agree('1', 'has', 'have') //
 * has
 */
export const agree = (count: number | string, one: string, many: string): string => (String(count) === '1' ? one : many)

/** A count with its noun. @example plural(2, 'node') // 2 nodes */
export const plural = (count: number | string, one: string, many = `${one}s`): string =>
  `${count} ${agree(count, one, many)}`

/** The same of a whole number, with thousands grouped. @example counted(20_000, 'node') // 20,000 nodes */
export const counted = (count: number | bigint, one: string, many = `${one}s`): string =>
  plural(String(count).replace(/\B(?=(\d{3})+$)/g, ','), one, many)
