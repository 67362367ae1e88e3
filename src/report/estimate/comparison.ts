import { withTerms } from '../../cost/workload/serving.ts'
import { BOARD_LABELS } from '../../model/book/choices.ts'
import { rankedView } from '../../model/result/ranked-view.ts'
import type { Candidate, Comparison } from '../../model/result/result.ts'
import { viewLabel } from '../../model/views.ts'
import {
  type Block,
  type Column,
  heading,
  left,
  names,
  notes,
  right,
  type Table,
  type Text,
  warningList,
} from '../blocks/block.ts'
import type { RenderOptions } from '../blocks/renderer.ts'
import { amount, counted, figures } from '../figures/amounts.ts'
import { columnDecimals, formatTimes } from '../figures/format.ts'
import { aPeriod, otherUnits, unitOf } from '../figures/period.ts'
import { provenance } from '../figures/provenance.ts'
import { attributionNotes, scoreOf } from '../figures/score.ts'
import { cheapestInWords, rankingInWords, timesOf } from './cheapest-in-words.ts'
import * as compared from './comparison-in-words.ts'
import { explainTable } from './explain-table.ts'
import { countedNotes } from './notes-in-words.ts'
import { requiredInWords } from './required-in-words.ts'

// Models listed in a table; the rest is counted.
const TOP = 15

/** The same workload on several models, cheapest first. */
export const comparisonBlocks = (
  comparison: Comparison,
  { explain, top = TOP }: Pick<RenderOptions, 'explain' | 'top'>,
): Block[] => {
  const { scenarios, view, warnings } = comparison
  const [first] = scenarios
  const shown = explain ? scenarios : scenarios.slice(0, top)
  const required = requiredInWords(comparison)
  const below = [...compared.restOf(comparison, shown), ...compared.gapsOf(comparison, shown, explain)]
  const noted = { assumptions: [...compared.assumedOf(comparison, false).keys()], warnings }
  return [
    heading(first ? withTerms(first.name, first.input) : '', {
      answer: cheapestInWords(comparison),
      notes: first ? [`${rankingInWords(view)}, prices of ${first.at}. ${compared.work(comparison)}`] : [],
    }),
    ...(required.length > 0 ? [notes(required)] : []),
    candidatesTable(comparison, shown),
    ...(below.length > 0 ? [notes(below)] : []),
    ...(explain ? scenarios.map(explainTable) : []),
    notes([
      ...attributionNotes(comparison.attributions),
      ...compared.remarks(comparison, shown, explain),
      ...(explain ? compared.assumedInWords(comparison) : []),
      ...(warnings.length > 0 ? [{ ...warningList(warnings), onStderr: !explain }] : []),
      ...(explain ? [] : countedNotes(noted)),
      provenance(comparison.pricing),
    ]),
  ]
}

/** A column, and its cell for each model. */
interface Filled {
  readonly column: Column
  readonly cells: readonly Text[]
}

const candidatesTable = (comparison: Comparison, shown: Comparison['scenarios']): Table => {
  const filled = [...whatColumns(shown), ...costColumns(comparison, shown), ...factColumns(shown)]
  return {
    kind: 'table',
    columns: filled.map(({ column }) => column),
    rows: shown.map((_, i) => filled.map(({ cells }) => cells[i] ?? '')),
    ...(shown[0] && shown[0].rank !== null ? { marked: 0 } : {}),
  }
}

/** Dropped in a narrow terminal, lowest number first; what a period, a month and a request cost never is. */
const DROP = { listed: 1, score: 2, context: 3, tokens: 4, count: 5, times: 6 } as const

/** Each model, and its tokens where they differ. */
const whatColumns = (shown: Comparison['scenarios']): Filled[] => {
  const hasText = compared.hasText(shown)
  const hasInput = hasText || compared.differ(shown, 'prompt')
  const hasOutput = !hasText && compared.differ(shown, 'output')
  const hasCount = hasText || ((hasInput || hasOutput) && shown.some(({ tokens }) => !tokens.exact))
  const filled = (column: Column, cell: (one: Candidate) => Text): Filled => ({ column, cells: shown.map(cell) })
  return [
    filled(right('#'), ({ rank }) => (rank === null ? '-' : String(rank))),
    filled(names('model'), ({ rank, model }) => (rank === 1 ? { as: 'good', text: model ?? '' } : (model ?? ''))),
    ...(hasInput ? [filled(right('tokens in', { drop: DROP.tokens }), one => counted(one.tokens.prompt))] : []),
    ...(hasOutput ? [filled(right('tokens out', { drop: DROP.tokens }), one => counted(one.tokens.output))] : []),
    ...(hasCount ? [filled(left('count', { drop: DROP.count }), compared.howCounted)] : []),
  ]
}

/** What each costs in the view that ranks it, a period, a month and a request; how far off it is; and its list price. */
const costColumns = ({ view: ranking, scenarios }: Comparison, shown: Comparison['scenarios']): Filled[] => {
  const [first] = shown
  if (!first) return []
  const priced = (column: Column, costOf: (one: Candidate) => Candidate['costs']['cached'] | undefined): Filled => {
    const costs = shown.map(one => costOf(one) ?? null)
    const decimals = columnDecimals(figures(costs))
    return { column, cells: costs.map(cost => amount(cost, decimals)) }
  }
  const inView = (one: Candidate, costs: Candidate['costs'] | null | undefined) => {
    const view = rankedView(ranking, one)
    return view === null ? null : costs?.[view]
  }
  const views = shown.map(one => viewLabel(rankedView(ranking, one) ?? 'headline'))
  return [
    ...(ranking === 'best' ? [{ column: left('view'), cells: views }] : []),
    priced(right(unitOf(first)), one => inView(one, one.costs)),
    ...otherUnits(first).map(({ name }) =>
      priced(right(`USD ${name}`), one => inView(one, name === 'a month' ? one.per_month : one.per_request)),
    ),
    {
      column: right('× cheapest', { drop: DROP.times }),
      cells: shown.map(one => {
        const times = timesOf(one, scenarios[0])
        return times === null ? '' : formatTimes(times)
      }),
    },
    ...(ranking === 'headline'
      ? []
      : [
          priced(
            right(`headline ${aPeriod(first.per, first.input)}`, { drop: DROP.listed }),
            one => one.costs.headline,
          ),
        ]),
  ]
}

/** Whether it fits a model's context, and its score. */
const factColumns = (shown: Comparison['scenarios']): Filled[] => {
  const scores = shown.map(scoreOf)
  const [scored] = scores.flatMap(score => score ?? [])
  return [
    { column: right('context', { drop: DROP.context }), cells: shown.map(fitCell) },
    ...(scored
      ? [
          {
            column: right(BOARD_LABELS[scored.board], { drop: DROP.score }),
            cells: scores.map(score => String(score?.value ?? '')),
          },
        ]
      : []),
  ]
}

const fitCell = (candidate: Candidate): Text => {
  const text = compared.fitting(candidate)
  return candidate.fit.fits === false ? { as: 'bad', text } : text
}
