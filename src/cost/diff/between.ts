import type { Book } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import type { Costs } from '../../model/result/print-exact.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { UNKNOWN } from '../fleet/costs.ts'
import { type DatedScenario, priceEnds } from '../fleet/price-ends.ts'
import { findModel, rowAt } from '../rates/price-at.ts'
import { moment } from '../time/week.ts'
import { isServedAlike, servedModels } from '../workload/serving.ts'
import type { HeadPlaced } from './placed.ts'

/** A change on its way from the base to the head. USD per period of the head. */
export interface Between {
  /** The head's workload served as the base is; `null` if its text is not counted for the base's models. */
  readonly to: Scenario | null
  /** Costs of that workload, and of the head, at the base's prices. */
  readonly workload: Costs
  readonly routing: Costs
  readonly why: string | null
}

/** The books of two sides. */
interface Books {
  readonly a: Book
  readonly b: Book
}

/** A scenario that is served as another is, under the other's names for its models. */
const underNames = (base: Scenario, head: Scenario, { a, b }: Books): Scenario => {
  const { model: _model, routing: _routing, service: _service, region: _region, counted, ...work } = head
  const idIn = (book: Book, name: string): string => findModel(book, name)?.id ?? name
  const own = servedModels(head)
  const renamed = servedModels(base).flatMap(name => {
    const twin = own.find(one => idIn(b, one) === idIn(a, name))
    const found = counted && twin !== undefined && entryOf(counted, twin)
    return found ? [[name, found] as const] : []
  })
  return {
    ...work,
    model: base.model,
    ...(base.routing ? { routing: base.routing } : {}),
    ...(base.service === undefined ? {} : { service: base.service }),
    ...(base.region === undefined ? {} : { region: base.region }),
    ...(counted ? { counted: Object.fromEntries(renamed) } : {}),
  }
}

/**
 * The head's workload, served as the base is.
 *
 * @returns `to`: `null` if its text is not counted for the base's models; `alike`: whether it is served alike anyway
 */
export const placeWorkload = (
  base: Scenario,
  head: Pick<HeadPlaced, 'scenario' | 'servedAs'>,
  books: Books,
): { readonly to: Scenario | null; readonly alike: boolean } =>
  isServedAlike(base, head.scenario, books)
    ? { to: underNames(base, head.scenario, books), alike: true }
    : { to: head.servedAs(base), alike: false }

/** The head's workload on the base's models, and on its own, both at the base's prices. */
export const priceBetween = (base: DatedScenario, head: HeadPlaced, { a: old, b: now }: Books): Between => {
  const own = { scenario: head.scenario, at: base.at }
  const { to, alike } = placeWorkload(base.scenario, head, { a: old, b: now })
  if (alike) {
    const { views, why } = priceEnds(own, old)
    return { to, workload: views, routing: views, why }
  }
  const workload = to && priceEnds({ scenario: to, at: base.at }, old)
  const missing = servedModels(head.scenario).filter(name => {
    const there = findModel(old, name)
    return there === undefined || rowAt(there, moment(base.at).ms) === undefined
  })
  const routing = priceEnds(own, withModels(old, now, { names: missing, at: head.at }))
  return {
    to,
    workload: workload?.views ?? UNKNOWN,
    routing: routing.views,
    why: workload
      ? (workload.why ?? routing.why)
      : `its texts are not available to be counted for ${servedModels(base.scenario).join(', ')}: compare two revisions`,
  }
}

/**
 * Adds the models that only the other book has, at their price at a moment, whatever moment is priced: a model without
 * a price in the base's book cannot have a price change.
 */
const withModels = (old: Book, now: Book, { names, at }: { names: readonly string[]; at: string }): Book => {
  const found = names.flatMap(name => {
    const model = findModel(now, name)
    const row = model && rowAt(model, moment(at).ms)
    return model && row ? [{ name, model, row }] : []
  })
  if (found.length === 0) return old
  // Its provider is added under a separate name, since the base may have other rules for that provider.
  const key = (provider: string): string => `head:${provider}`
  return {
    ...old,
    providers: {
      ...old.providers,
      ...Object.fromEntries(
        found.flatMap(({ model: { provider } }) => {
          const rules = entryOf(now.providers, provider)
          return rules ? [[key(provider), rules]] : []
        }),
      ),
    },
    models: [
      ...found.map(({ name, model, row: { to, ...row } }) => ({
        ...model,
        aliases: [...model.aliases, `${model.provider}/${model.id}`, name],
        provider: key(model.provider),
        prices: [{ ...row, from: '1970-01-01' }],
      })),
      ...old.models,
    ],
  }
}
