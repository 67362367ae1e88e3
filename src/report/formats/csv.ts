import { entryOf } from '../../model/entry-of.ts'
import { exact } from '../../model/number/money.ts'
import { highOf, lowOf, type Printed } from '../../model/number/range.ts'
import type { Cause, MovedKey } from '../../model/result/cause.ts'
import type { DiffEntry } from '../../model/result/difference.ts'
import { rankedView } from '../../model/result/ranked-view.ts'
import type { Candidate, ScenarioResult } from '../../model/result/result.ts'
import type { Point, RouteFound } from '../../model/result/route.ts'
import type { BreakEvenFound } from '../../model/result/self-hosted.ts'
import { ALL_VIEWS, type Ranking, VIEW_KEYS } from '../../model/views.ts'
import { adviceRows } from '../advice/advice-rows.ts'
import type { Encoder } from '../blocks/renderer.ts'
import type { Sheet } from '../blocks/sheet.ts'
import { servedBy, termsOf } from '../estimate/in-words.ts'
import { ends } from '../figures/ends.ts'
import { scoreOf } from '../figures/score.ts'
import { perMonth, perRequest } from '../fleet/both-ends.ts'
import { monthRows } from '../forecast/month-rows.ts'
import { policyRows } from '../replay/policy-rows.ts'
import { sweepRows } from '../sweep/sweep-rows.ts'
import { usageLineRows, usageRows } from '../usage/usage-rows.ts'
import { toCsv } from './to-csv.ts'

/** For a spreadsheet: one row per view, or with `--explain` one row per line; every digit, nothing grouped. */
export const csv: Encoder = {
  result: ({ scenarios, route, breakeven }, { explain }) => {
    if (explain) return toCsv(scenarios.flatMap(lineRows))
    if (breakeven) return toCsv(curveRows(breakeven))
    return toCsv(route ? routeRows(route, scenarios[0]) : scenarios.flatMap(viewRows))
  },
  comparison: ({ scenarios, view }, { explain }) =>
    toCsv(
      explain
        ? scenarios.flatMap(lineRows)
        : scenarios.map(candidate => ({
            rank: candidate.rank,
            model: candidate.model,
            provider: candidate.provider,
            name: candidate.name,
            at: candidate.at,
            per: candidate.per,
            ...ends('tokens_in', candidate.tokens.prompt),
            tokens_exact: String(candidate.tokens.exact),
            ...Object.assign({}, ...VIEW_KEYS.map(view => ends(`${view}_usd`, candidate.costs[view]))),
            share_of_dearest: candidate.share_of_dearest,
            fits: candidate.fit.fits === null ? null : String(candidate.fit.fits),
            context: candidate.fit.context,
            ...scoreCells(candidate),
            ...rankedCells(view, candidate),
          })),
    ),
  difference: ({ scenarios }) => toCsv(scenarios.flatMap(entryRows)),
  forecast: ({ scenarios }) => toCsv(scenarios.flatMap(monthRows)),
  sweep: document => toCsv(sweepRows(document)),
  advice: advice => toCsv(adviceRows(advice)),
  usage: (report, { explain }) => toCsv(explain && report.lines ? usageLineRows(report.lines) : usageRows(report)),
  replay: document => toCsv(policyRows(document)),
  sheet: sheet => toCsv(sheetRows(sheet)),
}

/** Candidate models: those with a score, then those without, then those left out. */
const routeRows = (
  { view, score = 'arena', points, unscored, skipped, cheapest }: RouteFound,
  scenario: ScenarioResult | undefined,
) => {
  const [monthly, each] = scenario ? [perMonth(scenario), perRequest(scenario)] : []
  const shares = new Map(cheapest?.legs.map(({ model, fraction, share }) => [model, { fraction, share }]))
  const row = (
    model: string,
    of: { readonly cost?: Printed<string>; readonly point?: Point; readonly why?: string },
  ) => ({
    model,
    view,
    per: scenario?.per ?? null,
    ...ends('cost_usd', of.cost),
    ...ends('cost_usd_per_month', of.cost === undefined ? null : monthly?.(of.cost)),
    ...ends('cost_usd_per_request', of.cost === undefined ? null : each?.(of.cost)),
    quality: of.point?.quality ?? null,
    quality_low: of.point?.interval?.low ?? null,
    quality_high: of.point?.interval?.high ?? null,
    quality_from: of.point?.quality_from ?? null,
    board: of.point?.quality_from === 'book' ? score : null,
    dominated_by: of.point?.dominated_by ?? null,
    tied_with: of.point?.tied_with ?? null,
    cheapest_split_share: shares.get(model)?.share ?? null,
    cheapest_split_fraction: shares.get(model)?.fraction ?? null,
    left_out: of.why ?? null,
  })
  return [
    ...points.map(point => row(point.model, { cost: point.cost, point })),
    ...unscored.map(({ model, cost }) => row(model, { cost })),
    ...skipped.map(({ model, why }) => row(model, { why })),
  ]
}

const scoreCells = (candidate: Candidate) => {
  const score = scoreOf(candidate)
  return {
    score: score?.value ?? null,
    score_low: score?.low ?? null,
    score_high: score?.high ?? null,
    score_board: score?.board ?? null,
    score_date: score?.date ?? null,
  }
}

/** The view that ranks a model, and its cost there a period, a month and a request. */
const rankedCells = (ranking: Ranking, candidate: Candidate) => {
  const view = rankedView(ranking, candidate)
  return {
    times_cheapest: candidate.times_cheapest,
    view,
    ...ends('cost_usd', view && candidate.costs[view]),
    ...ends('cost_usd_per_month', view && candidate.per_month?.[view]),
    ...ends('cost_usd_per_request', view && candidate.per_request?.[view]),
  }
}

const viewRows = (scenario: ScenarioResult) => {
  const { name, file, at, per, costs, per_month, per_request, costs_range, reasons, bounds, tokens } = scenario
  return (scenario.self_host ? ALL_VIEWS : VIEW_KEYS).map(view => ({
    name,
    file,
    model: servedBy(scenario),
    at,
    per,
    view,
    ...ends('cost_usd', costs[view]),
    ...ends('cost_usd_per_month', per_month?.[view]),
    ...ends('cost_usd_per_request', per_request?.[view]),
    // All traffic in the cheapest hours, and all in the most expensive.
    low_usd: costs_range?.[view]?.low ?? null,
    high_usd: costs_range?.[view]?.high ?? null,
    tokens_exact: String(tokens.exact),
    estimated_share: scenario.estimated_share[view] ?? null,
    reason: reasons[view] ?? null,
    bound: view === 'self_hosted' ? null : (bounds[view] ?? null),
  }))
}

const lineRows = (scenario: ScenarioResult) =>
  scenario.lines.map(({ view, leg, model, meter, quantity, rate, unit, cost, ...from }) => ({
    name: scenario.name,
    view,
    leg,
    model,
    meter,
    ...ends('quantity', quantity),
    rate,
    unit,
    ...ends('cost', cost),
    ...from,
    service: termsOf(scenario, { view, leg })?.service ?? null,
    region: termsOf(scenario, { view, leg })?.region ?? null,
  }))

/** One row per view, and below it one per cause, which has only its own effect. */
const entryRows = ({ name, file, state, per, model, reason, ...of }: DiffEntry) =>
  VIEW_KEYS.flatMap(view => {
    const named = { name, file, state, per, model_base: model.base, model_head: model.head, view }
    const row = {
      ...named,
      ...ends('base_usd', of.base?.[view]),
      ...ends('head_usd', of.head?.[view]),
      ...ends('change_usd', of.change[view]),
      ...ends('workload_usd', of.effects?.workload[view]),
      ...ends('routing_usd', of.effects?.routing[view]),
      ...ends('prices_usd', of.effects?.prices[view]),
      reason,
      ...causeCells(null),
    }
    const empty = Object.fromEntries(Object.keys(row).map(key => [key, null]))
    return [row, ...(of.causes?.[view] ?? []).map(cause => ({ ...empty, ...named, ...causeCells(cause) }))]
  })

const causeCells = (cause: Cause | null): object => {
  const keys = cause ? [cause, ...(cause.with ?? [])] : []
  const all = (of: (one: MovedKey) => unknown): string | null =>
    cause && keys.map(one => String(of(one) ?? '')).join(' + ')
  return {
    cause: all(({ key, part }) => (part === undefined ? key : `${key}: ${part}`)),
    cause_from: all(({ from }) => from),
    cause_to: all(({ to }) => to),
    ...ends('cause_usd', cause?.effect),
  }
}

/** The curve as rows for a spreadsheet. */
const curveRows = ({ view, points }: BreakEvenFound) =>
  points.map(point => ({
    view,
    utilisation: point.utilisation,
    ...ends('tokens_per_day', point.tokens_per_day),
    ...ends('self_hosted_usd_per_1m', point.self_hosted_usd_per_1m),
    ...ends('hosted_usd_per_1m', point.hosted_usd_per_1m),
    ...ends('self_hosted_usd_per_day', point.self_hosted_usd_per_day),
    ...ends('hosted_usd_per_day', point.hosted_usd_per_day),
    cheaper: cheaper(point.self_hosted_usd_per_1m, point.hosted_usd_per_1m),
  }))

const cheaper = (self: Printed<string>, hosted: Printed<string>): string => {
  if (exact(highOf(self)).lt(exact(lowOf(hosted)))) return 'self_hosted'
  return exact(lowOf(self)).gt(exact(highOf(hosted))) ? 'hosted' : 'either'
}

/** The base, then each lever, and with a plan all of it together. */
const sheetRows = ({ columns, rows }: Pick<Sheet, 'columns' | 'rows'>) =>
  rows.map(row => Object.fromEntries(columns.map(({ title }, i) => [title || 'note', bare(row[i] ?? '')])))

const MARKS: Readonly<Record<string, string>> = { '-': 'not_offered', '?': 'unknown' }

/** A cell for programs: figures without formatting, and words instead of marks. */
const bare = (cell: string): string => {
  if (/^\$?[\d,]+(\.\d+)?$/.test(cell)) return exact(cell.replace(/[$,]/g, '')).toFixed()
  return entryOf(MARKS, cell) ?? cell
}
