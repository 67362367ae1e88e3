import { findModel } from '../../cost/rates/price-at.ts'
import type { Used } from '../../cost/rates/rate-spells.ts'
import type { Book, Model } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import type { Estimation } from '../../model/scenario/counted.ts'
import { type Ratio, SAME, tierEdges } from './tier-edges.ts'
import { type Timeline, timelineOf } from './timeline.ts'

/** A model's tokenizer, and its tokens for a text against those of others, `null` where not measured; `null`: not known. */
export type FactorFor = (model: Model) => { readonly tokenizer: string; readonly factor: Estimation | null } | null

/** How the tokens of a model become those of another: at the stated factors, and at both ends of their band. */
export interface Conversion {
  readonly stated: Ratio
  readonly low: Ratio
  readonly high: Ratio
}

/** Counts as they stand: the tokenizer is the same. */
export const AS_COUNTED: Conversion = { stated: SAME, low: SAME, high: SAME }

/** A model that served usage. */
export interface Served {
  readonly model: Model
  readonly timeline: Timeline
  /** The model, and those that its usage is priced on as well. */
  readonly used: readonly Used[]
  /** Prompt lengths at which its rates change, or those of a model that its usage is priced on as well. */
  readonly edges: readonly number[]
  /** To each of those models, in their order; `null`: a tokenizer is not known. */
  readonly conversions: readonly (Conversion | null)[]
}

/**
 * Models by the names that records give them, each planned once; `null`: no book has it.
 *
 * @param others - ids of the models that all usage is priced on as well
 * @param widen - the book with models that it lacks, of the same ids and prices whenever they are asked for
 */
export const servedModels = (
  book: Book,
  {
    others,
    factorFor,
    widen,
  }: {
    readonly others: readonly string[]
    readonly factorFor: FactorFor
    readonly widen: (names: readonly string[]) => { readonly book: Book }
  },
): ((name: string) => Served | null) => {
  const targets = others.flatMap(name => findModel(book, name) ?? [])
  const byName = new Map<string, Served | null>()
  const byId = new Map<string, Served>()
  return name => {
    const known = byName.get(name)
    if (known !== undefined) return known
    const own = findModel(book, name) ? book : widen([name]).book
    const model = findModel(own, name)
    const served = model ? (byId.get(model.id) ?? planned(model, own)) : null
    if (served) byId.set(served.model.id, served)
    byName.set(name, served)
    return served
  }

  function planned(model: Model, own: Book): Served {
    const conversions = targets.map(target => conversionTo(target, model, factorFor))
    const priced = targets.map((target, i) => ({ model: target, ratios: Object.values(conversions[i] ?? {}) }))
    const used = [model, ...targets].map(one => usedIn(own, one))
    return {
      model,
      timeline: timelineOf(used),
      used,
      edges: tierEdges([{ model, ratios: [SAME] }, ...priced]),
      conversions,
    }
  }
}

const usedIn = (book: Book, model: Model): Used => {
  const provider = entryOf(book.providers, model.provider)
  if (!provider) throw new Error(`book ${book.version}: ${model.id} names no known provider`)
  return { model, provider }
}

const conversionTo = (to: Model, from: Model, factorFor: FactorFor): Conversion | null => {
  if (to.id === from.id) return AS_COUNTED
  const [source, target] = [factorFor(from), factorFor(to)]
  if (!source || !target) return null
  if (source.tokenizer === target.tokenizer) return AS_COUNTED
  const [a, b] = [source.factor, target.factor]
  if (!a || !b) return null
  return {
    stated: { times: b.percent, of: a.percent },
    low: { times: b.low, of: a.high },
    high: { times: b.high, of: a.low },
  }
}
