import type { Printed } from '../model/number/range.ts'
import type { Comparison, Result, ScenarioResult } from '../model/result/result.ts'
import { VIEW_KEYS, type View, viewLabel } from '../model/views.ts'
import { explainBlock } from './explain-block.ts'
import type * as fleetTables from './fleet-table.ts'
import { columnDecimals, formatShare, formatUsd } from './format.ts'
import * as words from './in-words.ts'
import { type Column, layOut, naturalWidth, wrap } from './lay-out.ts'
import type { Renderer, RenderOptions } from './renderer.ts'
import * as rowWords from './views-in-words.ts'

type Fleets = typeof fleetTables

/**
 * For a terminal: columns, figures to the right, nothing but text is ever wrapped.
 *
 * @param fleets - the tables of fleets and clusters, for a document that has any
 */
export const tableWith = (fleets: Fleets | null): Renderer => ({
  result(result, options) {
    const blocks = result.scenarios.map(scenario => scenarioBlock(scenario, options, fleets))
    if (result.scenarios.length > 1) blocks.push(totalsBlock(result, options))
    if (fleets && result.breakeven) blocks.push(...fleets.curveBlocks(result.breakeven, options))
    if (fleets && result.route) blocks.push(...fleets.routeBlocks(result, result.route, options))
    blocks.push(wrap(words.provenance(result.pricing), options.width, { first: '', rest: '' }))
    return `${blocks.join('\n\n')}\n`
  },
  comparison(comparison, options) {
    const first = comparison.scenarios[0]
    const title = first ? `${first.name}, by ${viewLabel(comparison.view)}` : ''
    const blocks = [
      options.paint.strong(title),
      ...(first ? [wrap(words.comparedWork(comparison), options.width, { first: '', rest: '' })] : []),
      comparisonTable(comparison, options),
      ...(options.explain ? comparison.scenarios.map(scenario => explainBlock(scenario, options)) : []),
      [
        ...words.comparisonNotes(comparison, { views: shownViews(comparison), explain: options.explain }),
        words.provenance(comparison.pricing),
      ]
        .map(note => wrap(note, options.width, { first: '', rest: '  ' }))
        .join('\n'),
    ]
    return `${blocks.join('\n\n')}\n`
  },
})

const scenarioBlock = (scenario: ScenarioResult, options: RenderOptions, fleets: Fleets | null): string => {
  const { paint, width, explain } = options
  const hours = words.hours(scenario)
  const estimated = words.estimatedPart(scenario)
  const about = [
    words.workload(scenario),
    ...(hours ? [`Hours: ${hours}.`] : []),
    ...words.spreads(scenario),
    ...(estimated ? [estimated] : []),
  ].map(line => wrap(line, width, { first: '', rest: '  ' }))
  const assumed = words
    .assumedFor(scenario)
    .flatMap(({ title, notes }) => [
      `${title}:`,
      ...notes.map(note => wrap(note, width, { first: '  - ', rest: '    ' })),
    ])
  return [
    paint.strong(wrap(words.heading(scenario), width, { first: '', rest: '  ' })),
    ...(scenario.description ? [paint.dim(wrap(scenario.description, width, { first: '', rest: '' }))] : []),
    '',
    viewsTable(scenario, options),
    '',
    ...(fleets?.fleetBlocks(scenario, options) ?? []).flatMap(block => [block, '']),
    ...(fleets?.clusterBlocks(scenario, options) ?? []).flatMap(block => [block, '']),
    ...about,
    ...assumed,
    ...(explain ? ['', explainBlock(scenario, options)] : []),
  ].join('\n')
}

// With less room than this, remarks stand below the figures instead of beside them.
const REMARK = 32

/** One row a view: what it costs, what it costs a month, how far from the list price, and why it is not known. */
const viewsTable = (scenario: ScenarioResult, { width, paint }: RenderOptions): string => {
  const { costs, per_month, costs_range, reasons } = scenario
  const decimals = columnDecimals(words.costsOf(scenario, VIEW_KEYS))
  const headline = costs.headline ?? '0'
  const views = rowWords.shownRows(scenario)
  const monthly = per_month && scenario.per !== 'month' ? per_month : null
  const monthDecimals = columnDecimals(words.figures(VIEW_KEYS.map(view => monthly?.[view])))
  const columns: Column[] = [
    { title: '' },
    { title: words.unitOf(scenario), align: 'right' },
    ...(monthly ? [{ title: 'USD a month', align: 'right' } as const] : []),
    ...(costs_range ? [{ title: 'by hour, low-high', align: 'right', drop: 2 } as const] : []),
    { title: 'change', align: 'right', drop: 1 },
  ]
  const rows = views.map(({ key }) => {
    const cost = costs[key]
    const range = costs_range?.[key]
    const known = words.amount(cost, decimals)
    return [
      rowWords.labelOf(scenario, key),
      cost === null ? paint.dim(known) : known,
      ...(monthly ? [words.amount(monthly[key], monthDecimals)] : []),
      ...(costs_range ? [range ? words.span(range, decimals) : ''] : []),
      cost === null || key === 'headline' ? '' : words.changeOf(key, cost, headline),
    ]
  })
  // Where not even the headline is known, one reason stands for most views: it is told once, below.
  if (reasons.headline === undefined && width - naturalWidth(columns, rows) >= REMARK) {
    const remarked = rows.map((row, i) => {
      const view = views[i]
      return [...row, paint.dim(view ? rowWords.remarkOf(scenario, view) : '')]
    })
    return layOut([...columns, { title: '', wraps: true }], remarked, width)
  }
  const why = new Map<string, string[]>()
  for (const { key, label } of views) {
    const reason = reasons[key]
    if (reason !== undefined) why.set(reason, [...(why.get(reason) ?? []), label])
  }
  const below = [
    ...[...why].map(([reason, labels]) => `${labels.join(', ')}: ${reason}`),
    ...rowWords.boundNotes(scenario),
  ].map(note => wrap(note, width, { first: '', rest: '  ' }))
  return [layOut(columns, rows, width), ...(below.length > 0 ? ['', ...below] : [])].join('\n')
}

const totalsBlock = (result: Result, { width, paint }: RenderOptions): string => {
  const rows = words.totalRows(result)
  const known = rows.flatMap(({ sums }) => [...words.costsOf(sums, VIEW_KEYS), ...Object.values(sums.at_least)])
  const decimals = columnDecimals(known)
  const columns: Column[] = [
    { title: 'Total', wraps: true },
    ...VIEW_KEYS.map((view): Column => ({ title: viewLabel(view), align: 'right' })),
  ]
  const cells = rows.map(({ title, sums }) => [
    `${title} (${sums.scenarios})`,
    ...VIEW_KEYS.map(view => total(sums.costs[view], sums.at_least[view], decimals)),
  ])
  return paint.strong(layOut(columns, cells, width))
}

/** A total with a hole in it is "at least". */
const total = (cost: Printed<string> | null, atLeast: string | undefined, decimals: number): string => {
  if (cost !== null) return words.amount(cost, decimals)
  return atLeast === undefined ? 'N/A' : `≥ ${formatUsd(atLeast, decimals)}`
}

/** The list price, and the view that ranks. */
const shownViews = ({ view }: Comparison): readonly View[] => (view === 'headline' ? [view] : ['headline', view])

const comparisonTable = (comparison: Comparison, { width, paint }: RenderOptions): string => {
  const { scenarios } = comparison
  const shown = shownViews(comparison)
  const decimals = shown.map(key => columnDecimals(words.figures(scenarios.map(({ costs }) => costs[key]))))
  const text = words.hasText(scenarios)
  const elo = scenarios.some(({ arena_elo }) => arena_elo !== null)
  const columns: Column[] = [
    { title: '#', align: 'right' },
    { title: 'model', shortens: true },
    ...(text ? [{ title: 'tokens in', align: 'right', drop: 3 } as const, { title: 'count' }] : []),
    ...shown.map((key): Column => ({ title: viewLabel(key), align: 'right' })),
    { title: 'of dearest', align: 'right', drop: 2 },
    { title: 'context', align: 'right', drop: 4 },
    ...(elo ? [{ title: 'Elo', align: 'right', drop: 1 } as const] : []),
  ]
  const rows = scenarios.map(candidate => {
    const { rank, model, costs, share_of_dearest, arena_elo } = candidate
    return [
      rank === null ? '-' : String(rank),
      rank === 1 ? paint.good(model ?? '') : (model ?? ''),
      ...(text ? [words.counted(candidate.tokens.prompt), words.howCounted(candidate)] : []),
      ...shown.map((key, i) => words.amount(costs[key], decimals[i])),
      share_of_dearest === null ? '' : formatShare(share_of_dearest),
      candidate.fit.fits === false ? paint.bad(words.fitting(candidate)) : words.fitting(candidate),
      ...(elo ? [arena_elo === null ? '' : String(arena_elo)] : []),
    ]
  })
  const notes = words.gapsOf(comparison).map(reason => wrap(reason, width, { first: '', rest: '  ' }))
  return [layOut(columns, rows, width), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')
}
