import { stringify } from 'csv-stringify/sync'
import type { CostLine, ScenarioResult } from '../model/result.ts'
import { VIEW_KEYS } from '../model/views.ts'
import type { Renderer } from './renderer.ts'

/** For a spreadsheet: one row a view, or with `--explain` one row a line; every digit, nothing grouped. */
export const csv: Renderer = {
  result: ({ scenarios }, { explain }) =>
    toCsv(scenarios.flatMap((scenario): object[] => (explain ? lineRows(scenario) : viewRows(scenario)))),
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
            ...Object.fromEntries(VIEW_KEYS.map(view => [`${view}_usd`, candidate.costs[view]])),
            share_of_dearest: candidate.share_of_dearest,
            fits: candidate.fit.fits === null ? null : String(candidate.fit.fits),
            context: candidate.fit.context,
            arena_elo: candidate.arena_elo,
          })),
    ),
}

/** Rows as CSV; a name that a spreadsheet would run as a formula is kept as text. */
export const toCsv = (rows: readonly object[]): string => stringify([...rows], { header: true, escape_formulas: true })

const viewRows = ({ name, file, model, at, per, costs, per_month, costs_range, reasons }: ScenarioResult) =>
  VIEW_KEYS.map(view => ({
    name,
    file,
    model,
    at,
    per,
    view,
    cost_usd: costs[view],
    cost_usd_per_month: per_month?.[view] ?? null,
    low_usd: costs_range?.[view]?.low ?? null,
    high_usd: costs_range?.[view]?.high ?? null,
    reason: reasons[view] ?? null,
  }))

const lineRows = ({ name, lines }: ScenarioResult): (CostLine & { readonly name: string })[] =>
  lines.map(line => ({ name, ...line }))
