import { gathered } from '../../model/gathered.ts'
import { plural } from '../../model/plural.ts'

/** Sentences about the models that a command left out. */

interface Skipped {
  readonly model: string
  readonly why: string
  /** Category of the reason. */
  readonly kind?: string | undefined
}

// Above this number of models, reasons are grouped by category.
const FEW = 6
const NAMED = 3

/** Why models were left out: with few models each reason in full, otherwise a count for each category. */
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
