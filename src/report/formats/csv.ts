import { stringify } from 'csv-stringify/sync'
import { entryOf } from '../../model/entry-of.ts'
import { exact } from '../../model/number/money.ts'
import { highOf, isRange, lowOf, type Printed } from '../../model/number/range.ts'
import type { Advice, AdvisedLever } from '../../model/result/advice.ts'
import type { DiffEntry } from '../../model/result/difference.ts'
import type { Candidate, ScenarioResult } from '../../model/result/result.ts'
import type { Point, RouteFound } from '../../model/result/route.ts'
import type { BreakEvenFound } from '../../model/result/self-hosted.ts'
import { ALL_VIEWS, VIEW_KEYS } from '../../model/views.ts'
import type { Encoder } from '../blocks/renderer.ts'
import type { Sheet } from '../blocks/sheet.ts'
import { servedBy } from '../estimate/in-words.ts'
import { scoreOf } from '../figures/score.ts'

/** For a spreadsheet: one row per view, or with `--explain` one row per line; every digit, nothing grouped. */
export const csv: Encoder = {
  result: ({ scenarios, route, breakeven }, { explain }) => {
    if (explain) return toCsv(scenarios.flatMap(lineRows))
    if (breakeven) return toCsv(curveRows(breakeven))
    return toCsv(route ? routeRows(route) : scenarios.flatMap(viewRows))
  },
  comparison: ({ scenarios }, { explain }) =>
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
          })),
    ),
  difference: ({ scenarios }) => toCsv(scenarios.flatMap(entryRows)),
  advice: advice => toCsv(adviceRows(advice)),
  sheet: sheet => toCsv(sheetRows(sheet)),
}

/**
 * Rows as CSV. A name that a spreadsheet would run as a formula is prefixed with `'`; a number below zero is a number.
 * A line that a CI runner would read as a command starts with a quote.
 */
const toCsv = (rows: readonly object[]): string =>
  stringify([...rows], {
    header: true,
    escape_formulas: true,
    quoted_match: /^\s*::/,
    cast: { string: value => (/^-\d+(\.\d+)?$/.test(value) ? { value, escape_formulas: false } : value) },
  })

/** A figure in three columns: its value if it is one number, and its two ends, which are then equal. */
const ends = (name: string, span: Printed<string | number> | null | undefined): object => ({
  [name]: span == null || isRange(span) ? null : span,
  [`${name}_low`]: span == null ? null : lowOf(span),
  [`${name}_high`]: span == null ? null : highOf(span),
})

/** Candidate models: those with a score, then those without, then those left out. */
const routeRows = ({ view, score = 'arena', points, unscored, skipped, cheapest }: RouteFound) => {
  const shares = new Map(cheapest?.legs.map(({ model, fraction, share }) => [model, { fraction, share }]))
  const row = (
    model: string,
    of: { readonly cost?: Printed<string>; readonly point?: Point; readonly why?: string },
  ) => ({
    model,
    view,
    ...ends('cost_usd', of.cost),
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

const viewRows = (scenario: ScenarioResult) => {
  const { name, file, at, per, costs, per_month, costs_range, reasons, bounds, tokens, estimated_share } = scenario
  return (scenario.self_host ? ALL_VIEWS : VIEW_KEYS).map(view => ({
    name,
    file,
    model: servedBy(scenario),
    at,
    per,
    view,
    ...ends('cost_usd', costs[view]),
    ...ends('cost_usd_per_month', per_month?.[view]),
    // All traffic in the cheapest hours, and all in the most expensive.
    low_usd: costs_range?.[view]?.low ?? null,
    high_usd: costs_range?.[view]?.high ?? null,
    tokens_exact: String(tokens.exact),
    estimated_share: estimated_share[view] ?? null,
    reason: reasons[view] ?? null,
    bound: view === 'self_hosted' ? null : (bounds[view] ?? null),
  }))
}

const lineRows = ({ name, lines }: ScenarioResult) =>
  lines.map(({ view, leg, model, meter, quantity, rate, unit, cost, ...from }) => ({
    name,
    view,
    leg,
    model,
    meter,
    ...ends('quantity', quantity),
    rate,
    unit,
    ...ends('cost', cost),
    ...from,
  }))

const entryRows = ({ name, file, state, per, model, reason, ...of }: DiffEntry) =>
  VIEW_KEYS.map(view => ({
    name,
    file,
    state,
    per,
    model_base: model.base,
    model_head: model.head,
    view,
    ...ends('base_usd', of.base?.[view]),
    ...ends('head_usd', of.head?.[view]),
    ...ends('change_usd', of.change[view]),
    ...ends('workload_usd', of.effects?.workload[view]),
    ...ends('routing_usd', of.effects?.routing[view]),
    ...ends('prices_usd', of.effects?.prices[view]),
    reason,
  }))

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
const adviceRows = ({ scenario: { name, per }, base, levers, plan }: Advice) => {
  const row = (rank: number | string, of: Partial<AdvisedLever>) => ({
    name,
    per,
    rank,
    kind: of.kind ?? null,
    leg: of.leg ?? null,
    what: of.what,
    view: of.view,
    ...ends('cost_usd', of.cost),
    ...ends('per_request_usd', of.per_request),
    ...ends('saving_usd', of.saving),
    saving_share: of.saving_share ?? null,
    in_return: of.in_return?.join('; ') ?? null,
    adds_up: of.adds_up?.how ?? null,
    ...ends('on_top_usd', of.adds_up?.saving),
    set: of.set?.join(' ') ?? null,
  })
  const steps = (plan?.steps ?? []).map(({ lever }) => lever + 1).join(', ')
  return [
    row('base', { ...base, what: 'now' }),
    ...levers.map((lever, i) => row(i + 1, lever)),
    ...(plan ? [row('plan', { ...plan, what: `in order: ${steps}` })] : []),
  ]
}

const sheetRows = ({ columns, rows }: Pick<Sheet, 'columns' | 'rows'>) =>
  rows.map(row => Object.fromEntries(columns.map(({ title }, i) => [title || 'note', bare(row[i] ?? '')])))

const MARKS: Readonly<Record<string, string>> = { '-': 'not_offered', '?': 'unknown' }

/** A cell for programs: figures without formatting, and words instead of marks. */
const bare = (cell: string): string => {
  if (/^\$?[\d,]+(\.\d+)?$/.test(cell)) return exact(cell.replace(/[$,]/g, '')).toFixed()
  return entryOf(MARKS, cell) ?? cell
}
