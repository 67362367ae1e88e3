import { InputError, type Problem, problems, reasonOf } from '../errors/index.ts'
import { distinct } from '../model/distinct.ts'
import { greatestOf } from '../model/number/extremes.ts'
import type { Pricing, Result } from '../model/result/result.ts'
import type { Sweep, SweptCell, SweptFigures, SweptKey } from '../model/result/sweep.ts'
import type { CostView } from '../model/views.ts'
import { VERSION } from '../version.ts'
import { mergeFaults } from './sweep-faults.ts'

/** One combination of values: what `estimate` gives for it, or why it gives nothing. */
export interface PricedCell extends Pick<SweptCell, 'values' | 'comes_to'> {
  readonly answer: (Pick<Result, 'pricing' | 'warnings'> & { readonly figures: SweptFigures }) | null
  readonly faults: readonly Problem[]
}

export interface SweepTerms extends Pick<Sweep, 'name' | 'description' | 'file'> {
  readonly keys: readonly SweptKey[]
  /** The view that was asked for. */
  readonly view?: CostView | undefined
  /** The view that the scenario's budget is held by. */
  readonly budgeted?: CostView | undefined
}

/** The figures of a cell from its estimate, which has one scenario. */
export const figuresOf = ({ scenarios }: Pick<Result, 'scenarios'>): SweptFigures => {
  const [scenario] = scenarios
  if (!scenario) throw new Error('an estimate of one scenario has one')
  const { model, at, per, period_hours, periods_per_month, requests, calls, tokens, complete, input } = scenario
  const { costs, costs_range, per_month, per_request, answer, reasons, bounds, fit, estimated_share } = scenario
  return {
    model,
    at,
    per,
    period_hours,
    periods_per_month,
    requests,
    calls,
    tokens,
    costs,
    costs_range,
    per_month,
    per_request,
    answer,
    reasons,
    bounds,
    fit,
    estimated_share,
    complete,
    turns: input.request?.turns ?? null,
    weekdays_only: input.traffic.weekdays_only,
  }
}

/**
 * The cost over the values of one or two keys.
 *
 * @param cells - every combination of values, in order
 * @returns what `dsprice sweep --json` prints
 * @throws {InputError} everything that is wrong with any value (exit 2); if no cell has an answer, why (exit 3)
 */
export const sweep = (cells: readonly PricedCell[], { keys, view: asked, budgeted, ...of }: SweepTerms): Sweep => {
  const wrong = cells.map(cell => ({ ...cell, faults: cell.faults.filter(({ exit }) => exit === 2) }))
  const faults = mergeFaults(wrong, keys, cells.length)
  if (faults.length > 0) throw new InputError(faults)
  const answers = cells.flatMap(({ answer }) => answer ?? [])
  if (answers.length === 0) throw new InputError(mergeFaults(cells, keys, cells.length))
  const all = answers.map(({ figures }) => figures)
  const view = asked ?? viewFor(all, budgeted)
  if (all.every(({ costs }) => costs[view] === null)) {
    throw new InputError([problems.viewUnknown(view, all[0]?.reasons[view] ?? 'unknown')])
  }
  return {
    schema: 'dsprice/sweep/1',
    tool_version: VERSION,
    pricing: pricingOf(answers.map(({ pricing }) => pricing)),
    ...of,
    keys,
    view,
    cells: cells.map(({ values, comes_to, answer, faults: own }) => ({
      values,
      comes_to,
      figures: answer?.figures ?? null,
      reason: answer ? null : reasonOf(own).why,
    })),
    warnings: distinct(answers.flatMap(({ warnings }) => warnings)),
  }
}

/** The row of a report's sentence: the first that every cell knows, else the first that any knows. */
const viewFor = (all: readonly SweptFigures[], budgeted: CostView | undefined): CostView => {
  const wanted: readonly CostView[] = [...(budgeted ? [budgeted] : []), 'cached', 'headline']
  const isKnown = (view: CostView) => (figures: SweptFigures) => figures.costs[view] !== null
  return wanted.find(view => all.every(isKnown(view))) ?? wanted.find(view => all.some(isKnown(view))) ?? 'headline'
}

/** The book that priced every cell, and the catalogue's models that any of them used. */
const pricingOf = (all: readonly Pricing[]): Pricing => {
  const [first] = all
  if (!first) throw new Error('some cell is priced')
  const moments = [...new Set(all.map(({ at }) => at))]
  const catalogues = all.flatMap(({ catalogue }) => catalogue ?? [])
  const { catalogue: _, ...pricing } = first
  return {
    ...pricing,
    at: moments.length === 1 ? first.at : null,
    age_days: greatestOf(all.map(({ age_days }) => age_days)),
    ...(catalogues[0]
      ? { catalogue: { ...catalogues[0], models: [...new Set(catalogues.flatMap(one => one.models))] } }
      : {}),
  }
}
