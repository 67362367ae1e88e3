import type { PricedScenario } from '../cost/fleet/price-scenario.ts'
import type { Model } from '../model/book/book.ts'
import { exact, quotient, toDecimals } from '../model/number/money.ts'
import type { Assumption } from '../model/result/result.ts'
import { COUNTED_LENGTHS, type Estimation, type Length } from '../model/scenario/counted.ts'
import type { Scenario } from '../model/scenario/scenario.ts'
import { VIEW_KEYS } from '../model/views.ts'

/**
 * A model's tokenizer, and its tokens per 100 of one that all are measured by, `null` where it was not measured; `null`:
 * unknown.
 */
export type FactorFor = (model: Model) => { readonly tokenizer: string; readonly factor: Estimation | null } | null

/**
 * An assumption if numbers were taken alike for models whose tokenizers differ: it says by how much.
 *
 * @returns none if every number is converted, there are no numbers, or all models have one tokenizer
 */
export const lengthsAlike = (priced: readonly PricedScenario[], factorFor: FactorFor): Assumption[] => {
  const numbers = priced.filter(({ scenario }) => takesNumbers(scenario))
  const compared = numbers.map(({ legs: [{ streams }] }) => streams[0].low.offer.model)
  const found = compared.map(model => ({ model, of: factorFor(model) }))
  const unknown = found.flatMap(({ model, of }) => (of ? [] : [model]))
  const tokenizers = new Set(found.flatMap(({ of }) => of?.tokenizer ?? []))
  if (compared.length < 2 || tokenizers.size + unknown.length < 2) return []
  const ratio = ratioIn(found.flatMap(({ model, of }) => (of?.factor ? [{ model, factor: of.factor }] : [])))
  const unmeasured = found.flatMap(({ model, of }) => (of && !of.factor ? [model] : []))
  const what = [
    'numbers of tokens are used unchanged for all models',
    ...(ratio ? [`their tokenizers differ: ${ratio}, and tokens_of converts them`] : []),
    ...(unknown.length > 0 ? [`the tokenizer of ${someOf(unknown)} is not known`] : []),
    ...(unmeasured.length > 0 ? [`how the tokenizer of ${someOf(unmeasured)} compares is not known`] : []),
  ].join('; ')
  return [{ code: 'LENGTHS_ALIKE', what, views: VIEW_KEYS }]
}

interface Known {
  readonly model: Model
  readonly factor: Estimation
}

/** The largest difference between the known tokenizers, at their stated factors; `null` if they do not differ. */
const ratioIn = (known: readonly Known[]): string | null => {
  const sorted = known.toSorted((a, b) => a.factor.percent - b.factor.percent || (a.model.id < b.model.id ? -1 : 1))
  const [least, most] = [sorted[0], sorted.at(-1)]
  if (!least || !most || least.factor.percent === most.factor.percent) return null
  const ratio = toDecimals(quotient(exact(most.factor.percent), exact(least.factor.percent)), 2)
  return `a text has about ${ratio} times as many tokens for ${most.model.id} as for ${least.model.id}`
}

/** At most this many names, as a whole book has hundreds. */
const MOST_NAMES = 3

const someOf = (models: readonly Model[]): string => {
  const names = models.map(({ id }) => id).sort()
  const rest = names.length - MOST_NAMES
  return rest > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${rest} more` : names.join(', ')
}

/** Whether a workload has numbers that are taken as they stand. */
const takesNumbers = ({ request, totals }: Scenario): boolean => {
  if (request) return request.tokens_of === undefined && COUNTED_LENGTHS.some(key => hasNumber(request[key]))
  return totals !== null && totals.tokens_of === undefined
}

const hasNumber = (length: Length): boolean =>
  typeof length === 'number'
    ? length > 0
    : length.parts.some(({ kind, samples }) => kind === 'number' && samples.some(tokens => tokens > 0))
