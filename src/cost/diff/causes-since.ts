import type { Book } from '../../model/book/book.ts'
import type { Causes, MovedKey } from '../../model/result/cause.ts'
import type { Costs } from '../../model/result/print-exact.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { type DatedScenario, priceEnds } from '../fleet/price-ends.ts'
import { findModel } from '../rates/price-at.ts'
import { STANDARD } from '../rates/served-row.ts'
import { servedModels, servingInWords } from '../workload/serving.ts'
import { placeWorkload } from './between.ts'
import { causesOf, pointsBetween } from './causes.ts'
import type { HeadPlaced } from './placed.ts'

/** A change between two scenarios at the same prices. USD per period of the head. */
export interface Since {
  readonly was: Costs
  readonly now: Costs
  readonly book: Book
}

/**
 * Splits a change at the same prices over its causes: the workload key by key, then what serves it.
 *
 * @returns `null` if the head's text is not counted for the base's models
 */
export const causesSince = (
  base: DatedScenario,
  head: DatedScenario & Partial<Pick<HeadPlaced, 'servedAs'>>,
  { was, now, book }: Since,
): Causes | null => {
  const { scenario, at, servedAs = () => null } = head
  const { to, alike } = placeWorkload(base.scenario, { scenario, servedAs }, { a: book, b: book })
  if (!to) return null
  const costs = alike ? now : priceEnds({ scenario: to, at }, book).views
  const points = pointsBetween({ from: base.scenario, to, costs }, { book, at })
  return causesOf(was, alike ? points : [...points, { keys: [served(base.scenario, scenario, book)], costs: now }])
}

/** What serves a scenario, if it changed: its first key that did. */
const served = (from: Scenario, to: Scenario, book: Book): MovedKey => {
  const ids = (scenario: Scenario): string =>
    servedModels(scenario)
      .map(name => findModel(book, name)?.id ?? name)
      .join()
  const words = { from: servingInWords(from, book), to: servingInWords(to, book) }
  if ((from.routing || to.routing) && words.from !== words.to) return { key: 'routing', ...words }
  if (ids(from) !== ids(to)) return { key: 'model', ...words }
  const [was, is] = [from.service ?? STANDARD, to.service ?? STANDARD]
  if (was !== is) return { key: 'service', from: was, to: is }
  if (from.region !== to.region) return { key: 'region', from: from.region ?? null, to: to.region ?? null }
  return { key: 'self_host', from: null, to: null }
}
