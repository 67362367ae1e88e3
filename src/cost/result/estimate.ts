import { collect, faultsOf, InputError, type Problem } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { distinct } from '../../model/distinct.ts'
import { greatestOf } from '../../model/number/extremes.ts'
import type { Pricing, Result } from '../../model/result/result.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { VERSION } from '../../version.ts'
import { type PricedScenario, priceScenario } from '../fleet/price-scenario.ts'
import { ageDays } from '../time/age-days.ts'
import { addUp } from './add-up.ts'
import { excerptBook } from './excerpt.ts'
import { type CatalogueUsed, catalogueWarnings, pricedModels, usedOf } from './notes/name-notes.ts'
import { toResult } from './to-result.ts'

/** A book, with the details that a result reports about it. */
export interface PricedBook {
  readonly book: Book
  /** sha256 of its text and of its layers' text. */
  readonly hash: string
  readonly layers: readonly { readonly name: string; readonly hash: string }[]
  readonly catalogue?: CatalogueUsed
}

/**
 * Every view of the cost of one or more scenarios.
 *
 * @param at - date or instant for scenarios that name none (YYYY-MM-DD, or ISO with a zone)
 * @returns what `dsprice estimate --json` prints: exact decimal strings in USD
 * @throws {InputError} UNKNOWN_MODEL, NO_PRICE_AT, NO_RATE, TOO_MANY_SAMPLES: of all scenarios at once
 */
export const estimate = (scenarios: readonly Scenario[], priced: PricedBook, at: string): Result => {
  const { found, faults } = tryAll(scenarios, scenario => priceOne(scenario, priced, scenario.at ?? at))
  if (faults.length > 0) throw new InputError(faults)
  return resultOf(found, priced)
}

/**
 * Priced scenarios in the form of a result.
 *
 * @param beside - ids of models that were priced beside them
 */
export const resultOf = (
  found: readonly PricedScenario[],
  priced: PricedBook,
  beside: readonly string[] = [],
): Result => {
  const used = usedOf(priced.catalogue, [...pricedModels(found), ...beside])
  const results = found.map(one => toResult(one, priced.book))
  return {
    schema: 'dsprice/result/1',
    tool_version: VERSION,
    pricing: pricingOf(priced, found, used),
    scenarios: results,
    totals: addUp(found),
    prices: excerptBook(priced.book, found),
    warnings: distinct([...catalogueWarnings(used), ...results.flatMap(({ warnings }) => warnings)]),
  }
}

/** @throws {InputError} any fault that prevents even a list price, at the scenario's model */
export const priceOne = (scenario: Scenario, { book }: PricedBook, at: string): PricedScenario => {
  try {
    return priceScenario(scenario, book, at)
  } catch (error) {
    // Faults of a single model are placed at its key, unless they name another.
    throw new InputError(
      faultsOf(error).map(problem => ({ path: ['model'], ...problem, scenario: scenario.file ?? scenario.name })),
    )
  }
}

/** Prices each scenario, and collects the faults of those that cannot be priced. */
export const tryAll = (scenarios: readonly Scenario[], price: (scenario: Scenario) => PricedScenario) => {
  const faults: Problem[] = []
  const found = scenarios.flatMap(scenario => collect(faults, () => price(scenario)) ?? [])
  return { found, faults }
}

/**
 * The book that priced these scenarios, and its age at the moment priced (the latest, if they differ).
 *
 * @param used - the catalogue, if it priced any
 */
export const pricingOf = (
  { book, hash, layers }: PricedBook,
  found: readonly Pick<PricedScenario, 'at'>[],
  used: CatalogueUsed | null,
): Pricing => {
  const moments = [...new Set(found.map(({ at }) => at))].sort()
  return {
    version: book.version,
    hash,
    reviewed: book.reviewed,
    at: moments.length === 1 ? (moments[0] ?? null) : null,
    currency: book.currency,
    age_days: Math.max(0, greatestOf(moments.map(at => ageDays(book.reviewed, at)))),
    layers,
    ...(used ? { catalogue: used } : {}),
  }
}
