import { gathered } from '../model/gathered.ts'

/** Models that a command left out, in a few sentences. */

interface Skipped {
  readonly model: string
  readonly why: string
}

// More than these, and only their kinds are told.
const FEW = 6
const NAMED = 3

/** Why each model was left out: each reason whole where there are few, else how many there are of each kind. */
export const leftOut = (skipped: readonly Skipped[], explain: boolean): string[] => {
  const whole = explain || skipped.length <= FEW
  const grouped = gathered(skipped.map(({ model, why }) => [whole ? why : kindOf(why, model), model] as const))
  if (whole) return [...grouped].map(([why, models]) => `Left out: ${models.join(', ')} (${why}).`)
  const kinds = [...grouped]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([kind, models]) => `${models.length > NAMED ? `${models.length} models` : models.join(', ')} (${kind})`)
  return [`Left out: ${kinds.join(', ')}; --explain says why of each.`]
}

/** A reason without the model and without what is peculiar to it. */
const kindOf = (why: string, model: string): string => why.replace(` of ${model}`, '').replace(/: .*/s, '')
