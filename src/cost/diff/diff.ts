import type { Book } from '../../model/book/book.ts'
import { ONE, ZERO } from '../../model/number/money.ts'
import { both } from '../../model/number/range.ts'
import { DIFF_SCHEMA, type DiffEntry, type Difference } from '../../model/result/difference.ts'
import { type Costs, perView } from '../../model/result/print-exact.ts'
import type { Warning } from '../../model/result/result.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { VERSION } from '../../version.ts'
import { isSame, printCost, printDifference, scaleCosts } from '../fleet/costs.ts'
import { type DatedScenario, periodFactor, priceEnds } from '../fleet/price-ends.ts'
import type { CatalogueUsed } from '../result/notes/name-notes.ts'
import { periodsPerMonth } from '../time/spread-traffic.ts'
import { servingInWords } from '../workload/serving.ts'
import { priceBetween } from './between.ts'
import { causesOf, NO_CAUSES, pointsBetween } from './causes.ts'
import { type Pair, pairScenarios } from './pair-scenarios.ts'
import type { HeadPlaced } from './placed.ts'
import { type Steps, sumSteps, type TotalPart } from './sum-steps.ts'

/** One side of a comparison: scenarios, each with its moment, and the book that prices them. */
export interface Side<P extends DatedScenario = DatedScenario> {
  /** A file or folder, `git:REF`, or `.` for the working tree. */
  readonly name: string
  /** Whether it is one scenario file, which is compared with the other side's only scenario whatever their names. */
  readonly isOneFile?: boolean
  readonly commit: string | null
  readonly priced: { readonly book: Book; readonly hash: string; readonly catalogue?: CatalogueUsed | undefined }
  readonly scenarios: readonly P[]
}

/**
 * Splits the change between two sides into the effects of workload, routing (which model serves) and prices with their
 * rules, in this order, so that the effects add up to the whole change.
 *
 * @param warnings - from reading the two sides
 * @returns what `dsprice diff --json` prints
 */
export const diff = (base: Side, head: Side<HeadPlaced>, warnings: readonly Warning[] = []): Difference => {
  const pairs = pairsOf(base, head).map(pair => comparePair(pair, base, head))
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

/** The scenarios of two sides in pairs. */
const pairsOf = (base: Side, head: Side<HeadPlaced>): Pair<DatedScenario, HeadPlaced>[] => {
  const [[was, ...more], [is, ...others]] = [base.scenarios, head.scenarios]
  const alone = was && is && more.length + others.length === 0 && (base.isOneFile || head.isOneFile)
  return alone ? [{ base: was, head: is }] : pairScenarios(base.scenarios, head.scenarios)
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

const still = (costs: Costs): Steps => ({ base: costs, workload: costs, routing: costs, head: costs })

const comparePair = (pair: Pair<DatedScenario, HeadPlaced>, base: Side, head: Side<HeadPlaced>): Compared => {
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
  return { entry, parts: [{ kind, steps: still(views), periods: periodsPerMonth(scenario.traffic) }] }
}

const named = ({ name, file, traffic }: Scenario): Pick<DiffEntry, 'name' | 'file' | 'per' | 'weekdays_only'> => ({
  name,
  file: file ?? null,
  per: traffic.per,
  ...(traffic.weekdays_only ? { weekdays_only: true } : {}),
})

/** What a scenario was called on the base, if otherwise. */
const namesBefore = (base: DatedScenario, head: DatedScenario): Pick<DiffEntry, 'base_name' | 'base_file'> => {
  const [was, is] = [base.scenario, head.scenario]
  return {
    ...(was.name === is.name ? {} : { base_name: was.name }),
    ...(was.file === undefined || was.file === is.file ? {} : { base_file: was.file }),
  }
}

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
  const [old, now] = [sides.base.priced.book, sides.head.priced.book]
  const between = priceBetween(base, head, { a: old, b: now })
  const steps: Steps = {
    base: scaleCosts(was.views, factor),
    workload: between.workload,
    routing: between.routing,
    head: is.views,
  }
  const untouched = model.base === model.head && factor.eq(ONE) && isSame(steps.base, steps.head)
  const same = untouched && isSame(steps.base, steps.workload) && isSame(steps.workload, steps.head)
  const ends = between.to && { from: base.scenario, to: between.to, costs: steps.workload }
  const entry: DiffEntry = {
    ...named(head.scenario),
    ...namesBefore(base, head),
    state: same ? 'same' : 'changed',
    model,
    base: perView(view => printCost(steps.base[view])),
    head: perView(view => printCost(steps.head[view])),
    change: perView(view => printDifference(steps.head[view], steps.base[view])),
    effects: {
      workload: perView(view => printDifference(steps.workload[view], steps.base[view])),
      routing: perView(view => printDifference(steps.routing[view], steps.workload[view])),
      prices: perView(view => printDifference(steps.head[view], steps.routing[view])),
    },
    causes: same ? NO_CAUSES : ends && causesOf(steps.base, pointsBetween(ends, { book: old, at: base.at })),
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
    ...namesBefore(base, head),
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
      { kind: 'removed', steps: still(was), periods: periodsPerMonth(base.scenario.traffic) },
      { kind: 'added', steps: still(is), periods: periodsPerMonth(head.scenario.traffic) },
    ],
  }
}
