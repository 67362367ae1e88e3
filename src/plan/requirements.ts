import type { PricedScenario } from '../cost/fleet/price-scenario.ts'
import { findModel } from '../cost/rates/price-at.ts'
import type { Book, Model } from '../model/book/book.ts'
import { FACT_VALUES } from '../model/book/choices.ts'
import { type FactName, passes, type StatedFact, statedFact } from '../model/book/facts.ts'
import type { Comparison } from '../model/result/result.ts'

/** A fact that a comparison can require. */
export type Requirement = FactName

type Skipped = Comparison['left_out'][number]
type Facts = NonNullable<Skipped['facts']>

interface Sifted {
  /** The models, each once, of which every required fact holds. */
  readonly passing: readonly PricedScenario[]
  /** One entry for each required fact that one of the other models lacks. */
  readonly lacking: readonly Skipped[]
}

/** Sorts out the models that do not meet every requirement. Two names of one model make one row. */
export const sift = (found: readonly PricedScenario[], book: Book, require: readonly Requirement[]): Sifted => {
  const models = new Map(found.toReversed().map(one => [modelOf(one).id, one]))
  const lacking: Skipped[] = []
  const passing = found.filter(one => {
    const model = modelOf(one)
    if (models.get(model.id) !== one) return false
    const missing = require.filter(name => !passes(statedFact(book, model, name)))
    lacking.push(
      ...missing.map(name => ({ model: model.id, why: `${name}: ${statedFact(book, model, name).value}`, kind: name })),
    )
    return missing.length === 0
  })
  return { passing, lacking }
}

/** The required facts of a model; empty if nothing is required or no model has the name. */
export const factsOf = (
  book: Book,
  name: string | Model,
  require: readonly Requirement[],
): { readonly facts?: Facts } => {
  const model = typeof name === 'string' ? findModel(book, name) : name
  if (!model || require.length === 0) return {}
  const facts = require.map((fact): [Requirement, StatedFact] => [fact, statedFact(book, model, fact)])
  return { facts: Object.fromEntries(facts) }
}

/** The sources of facts, so that a saved comparison can be read without its book. */
export const factSources = (book: Book, stated: readonly { readonly facts?: Facts | undefined }[]): Book['sources'] => {
  const ids = new Set(stated.flatMap(({ facts = {} }) => Object.values(facts).map(({ source }) => source)))
  return Object.fromEntries(Object.entries(book.sources).filter(([id]) => ids.has(id)))
}

/** How many models have each value of the required facts: "3 request, 7 unknown", or "zdr 1 no, 2 unknown; soc2 3 no". */
export const tally = (found: readonly PricedScenario[], book: Book, require: readonly Requirement[]): string => {
  const models = [...new Set(found.map(modelOf))]
  return require
    .map(name => {
      const counts = FACT_VALUES.flatMap(value => {
        const count = models.filter(model => statedFact(book, model, name).value === value).length
        return count > 0 ? [`${count} ${value}`] : []
      })
      return `${require.length > 1 ? `${name} ` : ''}${counts.join(', ')}`
    })
    .join('; ')
}

/** The model that serves a scenario alone. */
export const modelOf = ({ legs: [{ streams }] }: PricedScenario): Model => streams[0].low.offer.model
