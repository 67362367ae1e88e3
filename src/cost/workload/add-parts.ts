import { greatestOf, leastOf } from '../../model/number/extremes.ts'
import { type Exact, exact, quotient, sum, toDecimals } from '../../model/number/money.ts'
import type { Length, Part } from '../../model/scenario/counted.ts'

/** Mean tokens of a part's samples. */
export const meanOf = ({ samples }: Pick<Part, 'samples'>): Exact =>
  quotient(sum(samples.map(tokens => exact(tokens))), exact(samples.length))

/** Adds parts up to one length, each at the mean of its samples. */
export const addParts = (parts: readonly Part[]): Exclude<Length, number> => {
  const total = (pick: (samples: readonly number[]) => number): number =>
    sum(parts.map(({ samples }) => exact(pick(samples)))).toNumber()
  return {
    mean: toDecimals(sum(parts.map(meanOf)), 6),
    min: total(leastOf),
    max: total(greatestOf),
    parts,
  }
}
