import { gathered } from '../../model/gathered.ts'
import { plural } from '../../model/plural.ts'

/** Models that a command left out, in a few sentences. */

interface Skipped {
  readonly model: string
  readonly why: string
  /** What such reasons have in common. */
  readonly kind?: string | undefined
}

// With more models than this, reasons are grouped by kind.
const FEW = 6
const NAMED = 3

/** Why each model was left out: each reason whole where there are few, else how many there are of each kind. */
export const leftOut = (skipped: readonly Skipped[], explain: boolean): string[] => {
  const whole = explain || skipped.length <= FEW
  const grouped = gathered(skipped.map(({ model, why, kind = why }) => [whole ? why : kind, model] as const))
  if (whole) return [...grouped].map(([why, models]) => `Left out: ${models.join(', ')} (${why}).`)
  const kinds = [...grouped]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([kind, models]) => `${named(models)} (${kind})`)
  return [`Left out: ${kinds.join(', ')}; --explain gives the reason for each.`]
}

const named = (models: readonly string[]): string =>
  models.length > NAMED ? plural(models.length, 'model') : models.join(', ')
