import { plural } from '../../model/plural.ts'
import type { Pricing } from '../../model/result/result.ts'

/** The price book, its age, and its hash. */
export const provenance = ({ version, reviewed, hash, age_days, layers, catalogue }: Pricing): string => {
  const over = layers.length === 0 ? '' : `, under ${layers.map(({ name }) => name).join(', ')}`
  const beside = catalogue
    ? ` and ${plural(catalogue.models.length, 'model')} of the catalogue of ${catalogue.version} (${catalogue.title})`
    : ''
  const age = age_days === 0 ? '' : `, ${plural(age_days, 'day')} before the day priced`
  return `Price book ${version}${over}${beside}: reviewed ${reviewed}${age}, sha256 ${hash.slice(0, 12)}.`
}
