const STEPS = 200

/** Where a number of 0 goes: there is no multiple of it. */
const FROM_NOTHING = 1000

/**
 * The values that a slider steps through, ascending and each once, so that every step changes the number: about 200
 * multiples of the file's value, from a tenth to ten times it, of two significant digits.
 *
 * @param finest - the smallest difference: 1 for whole numbers, 0.01 for cents
 * @example ladder(4, { finest: 1, least: 1, most: 100 }) // [1, 2, 3, … 40]
 */
export const ladder = (
  own: number,
  { finest, least, most }: { readonly finest: number; readonly least: number; readonly most: number },
): number[] => {
  const middle = own > 0 ? own : FROM_NOTHING * finest
  const multiples = Array.from({ length: STEPS + 1 }, (_, i) => middle * 10 ** ((2 * i) / STEPS - 1))
  const rounded = multiples.map(value => toFinest(Number(value.toPrecision(2)), finest))
  const all = [own, ...rounded].map(value => Math.min(most, Math.max(least, value)))
  return [...new Set(all)].sort((a, b) => a - b)
}

/** To a multiple of 1 or of 0.01, without the remainders of floats. */
const toFinest = (value: number, finest: number): number => Math.round(value / finest) / Math.round(1 / finest)

/** The index of the value nearest to a number. */
export const nearestIn = (values: readonly number[], number: number): number =>
  values.reduce((best, value, i) => (Math.abs(value - number) < Math.abs((values[best] ?? 0) - number) ? i : best), 0)
