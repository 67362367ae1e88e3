import type { Book } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import { ONE, ZERO } from '../../model/number/money.ts'
import { both } from '../../model/number/range.ts'
import { DIFF_SCHEMA, type DiffEntry, type Difference } from '../../model/result/difference.ts'
import { type Costs, perView } from '../../model/result/print-exact.ts'
import type { Warning } from '../../model/result/result.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { VERSION } from '../../version.ts'
import { isSame, printCost, printDifference, scaleCosts, UNKNOWN } from '../fleet/costs.ts'
import { type DatedScenario, periodFactor, priceEnds } from '../fleet/price-ends.ts'
import { findModel, rowAt } from '../rates/price-at.ts'
import type { CatalogueUsed } from '../result/notes/name-notes.ts'
import { periodsPerMonth } from '../time/spread-traffic.ts'
import { moment } from '../time/week.ts'
import { isServedAlike, type Serving, servedModels, servingInWords } from '../workload/serving.ts'
import { pairScenarios } from './pair-scenarios.ts'
import { type Steps, sumSteps, type TotalPart } from './sum-steps.ts'

/** One side of a comparison: scenarios, each with its moment, and the book that prices them. */
export interface Side<P extends DatedScenario = DatedScenario> {
  /** A file, `git:REF`, or `.` for the working tree. */
  readonly name: string
  readonly commit: string | null
  readonly priced: { readonly book: Book; readonly hash: string; readonly catalogue?: CatalogueUsed | undefined }
  readonly scenarios: readonly P[]
}

/**
 * A scenario of the head, and its workload on the base's models; `null` if its text is not counted for those models.
 */
export interface HeadPlaced extends DatedScenario {
  readonly servedAs: (base: Serving) => Scenario | null
}

/**
 * Splits the change between two sides into the effects of workload, routing (which model serves) and prices with their
 * rules, in this order, so that the effects add up to the whole change.
 *
 * @param warnings - from reading the two sides
 * @returns what `dsprice diff --json` prints
 */
export const diff = (base: Side, head: Side<HeadPlaced>, warnings: readonly Warning[] = []): Difference => {
  const pairs = pairScenarios(base.scenarios, head.scenarios).map(pair => comparePair(pair, base, head))
  return {
    schema: DIFF_SCHEMA,
    tool_version: VERSION,
    base: describe(base),
    head: describe(head),
    scenarios: pairs.map(({ entry }) => entry),
    totals: {
      run: sumSteps(pairs.flatMap(({ parts }) => parts.filter(part => part.periods === null))),
      per_month: sumSteps(pairs.flatMap(({ parts }) => parts.filter(part => part.periods !== null))),
    },
    warnings,
  }
}

const describe = ({ name, commit, priced: { book, hash }, scenarios }: Side): Difference['base'] => {
  const moments = [...new Set(scenarios.map(({ at }) => at))]
  const at = moments.length === 1 ? (moments[0] ?? null) : null
  return { name, commit, pricing: { version: book.version, hash, at } }
}

interface Compared {
  readonly entry: DiffEntry
  readonly parts: readonly TotalPart[]
}

const same = (costs: Costs): Steps => ({ base: costs, workload: costs, routing: costs, head: costs })

const comparePair = (
  pair: { readonly base: DatedScenario | null; readonly head: HeadPlaced | null },
  base: Side,
  head: Side<HeadPlaced>,
): Compared => {
  if (pair.base && pair.head) return compareBoth(pair.base, pair.head, { base, head })
  const placed = pair.base ?? pair.head
  if (!placed) throw new Error('a pair has at least one side')
  const [side, kind] = pair.head ? ([head, 'added'] as const) : ([base, 'removed'] as const)
  const { views, why } = priceEnds(placed, side.priced.book)
  const { scenario } = placed
  const costs = perView(view => printCost(views[view]))
  const model = servingInWords(scenario, side.priced.book)
  const change = pair.head ? costs : perView(view => printDifference(both(ZERO), views[view]))
  const entry: DiffEntry = {
    ...named(scenario),
    state: pair.head ? 'new' : 'removed',
    model: pair.head ? { base: null, head: model } : { base: model, head: null },
    base: pair.head ? null : costs,
    head: pair.head ? costs : null,
    change,
    effects: null,
    reason: why,
  }
  return { entry, parts: [{ kind, steps: same(views), periods: periodsPerMonth(scenario.traffic) }] }
}

const named = ({ name, file, traffic }: Scenario): Pick<DiffEntry, 'name' | 'file' | 'per'> => ({
  name,
  file: file ?? null,
  per: traffic.per,
})

const compareBoth = (
  base: DatedScenario,
  head: HeadPlaced,
  sides: { readonly base: Side; readonly head: Side<HeadPlaced> },
): Compared => {
  const [was, is] = [priceEnds(base, sides.base.priced.book), priceEnds(head, sides.head.priced.book)]
  const model = {
    base: servingInWords(base.scenario, sides.base.priced.book),
    head: servingInWords(head.scenario, sides.head.priced.book),
  }
  const factor = periodFactor(base.scenario, head.scenario)
  if (factor === null) return apart(base, head, { model, was: was.views, is: is.views })
  const between = stepsBetween(base, head, sides)
  const steps: Steps = {
    base: scaleCosts(was.views, factor),
    workload: between.workload,
    routing: between.routing,
    head: is.views,
  }
  const untouched = model.base === model.head && factor.eq(ONE) && isSame(steps.base, steps.head)
  const entry: DiffEntry = {
    ...named(head.scenario),
    state: untouched && isSame(steps.base, steps.workload) && isSame(steps.workload, steps.head) ? 'same' : 'changed',
    model,
    base: perView(view => printCost(steps.base[view])),
    head: perView(view => printCost(steps.head[view])),
    change: perView(view => printDifference(steps.head[view], steps.base[view])),
    effects: {
      workload: perView(view => printDifference(steps.workload[view], steps.base[view])),
      routing: perView(view => printDifference(steps.routing[view], steps.workload[view])),
      prices: perView(view => printDifference(steps.head[view], steps.routing[view])),
    },
    reason: was.why ?? is.why ?? between.why,
  }
  return { entry, parts: [{ kind: 'both', steps, periods: periodsPerMonth(head.scenario.traffic) }] }
}

/** A run that became paced traffic, or the reverse: one is removed, the other is new. */
const apart = (
  base: DatedScenario,
  head: DatedScenario,
  { model, was, is }: { readonly model: DiffEntry['model']; readonly was: Costs; readonly is: Costs },
): Compared => {
  const entry: DiffEntry = {
    ...named(head.scenario),
    state: 'changed',
    model,
    base: perView(view => printCost(was[view])),
    head: perView(view => printCost(is[view])),
    change: perView(() => null),
    effects: null,
    reason: 'a run cannot be compared with paced traffic',
  }
  return {
    entry,
    parts: [
      { kind: 'removed', steps: same(was), periods: periodsPerMonth(base.scenario.traffic) },
      { kind: 'added', steps: same(is), periods: periodsPerMonth(head.scenario.traffic) },
    ],
  }
}

/** The head's workload on the base's models, and on its own, both at the base's prices. */
const stepsBetween = (
  base: DatedScenario,
  head: HeadPlaced,
  sides: { readonly base: Side; readonly head: Side<HeadPlaced> },
): { workload: Costs; routing: Costs; why: string | null } => {
  const [old, now] = [sides.base.priced.book, sides.head.priced.book]
  const own = { scenario: head.scenario, at: base.at }
  if (isServedAlike(base.scenario, head.scenario, { a: old, b: now })) {
    const { views, why } = priceEnds(own, old)
    return { workload: views, routing: views, why }
  }
  const recounted = head.servedAs(base.scenario)
  const workload = recounted && priceEnds({ scenario: recounted, at: base.at }, old)
  const missing = servedModels(head.scenario).filter(name => {
    const there = findModel(old, name)
    return there === undefined || rowAt(there, moment(base.at).ms) === undefined
  })
  const routing = priceEnds(own, withModels(old, now, { names: missing, at: head.at }))
  return {
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
