import { gathered } from '../../model/gathered.ts'
import { plural } from '../../model/plural.ts'

/** Models that a command left out, in a few sentences. */

interface Skipped {
  readonly model: string
  readonly why: string
}

// With more models than this, reasons are grouped by kind.
const FEW = 6
const NAMED = 3

/** Why each model was left out: each reason whole where there are few, else how many there are of each kind. */
export const leftOut = (skipped: readonly Skipped[], explain: boolean): string[] => {
  const whole = explain || skipped.length <= FEW
  const grouped = gathered(skipped.map(({ model, why }) => [whole ? why : kindOf(why, model), model] as const))
  if (whole) return [...grouped].map(([why, models]) => `Left out: ${models.join(', ')} (${told(why, models)}).`)
  const kinds = [...grouped]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([kind, models]) => `${named(models)} (${told(kind, models)})`)
  return [`Left out: ${kinds.join(', ')}; --explain gives the reason for each.`]
}

const named = (models: readonly string[]): string =>
  models.length > NAMED ? plural(models.length, 'model') : models.join(', ')

const OF_MANY: Readonly<Record<string, string>> = { has: 'have', is: 'are', was: 'were', its: 'their' }

/** A reason worded for one model, in the plural where it applies to several. */
const told = (why: string, models: readonly string[]): string =>
  models.length === 1 ? why : why.replace(/^(has|is|was|its)\b/, word => OF_MANY[word] ?? word)

/** A reason without the model, without what is peculiar to it, and without advice. */
const kindOf = (why: string, model: string): string => why.replace(` of ${model}`, '').replace(/[:;] .*/s, '')
