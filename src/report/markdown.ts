import { markdownTable } from 'markdown-table'
import type { Comparison, Result, ScenarioResult, Warning } from '../model/result/result.ts'
import type { RouteFound } from '../model/result/route.ts'
import { VIEW_KEYS, viewLabel } from '../model/views.ts'
import { curveTable, leversTable } from './breakeven-in-words.ts'
import { checkMarkdown } from './check-markdown.ts'
import { differenceMarkdown } from './difference-markdown.ts'
import { type FleetTable, legsTable, savingsTable } from './fleet-in-words.ts'
import { columnDecimals, formatShare } from './format.ts'
import * as words from './in-words.ts'
import { cell, plain } from './markup.ts'
import type { Renderer, RenderOptions } from './renderer.ts'
import { cheapestNotes, cheapestTable, pointsTable, routeNotes } from './route-in-words.ts'
import { breakEvenTable, clusterFacts, wouldBe } from './self-host-in-words.ts'
import * as rowWords from './views-in-words.ts'

/** GitHub-flavoured Markdown, for pull requests; also readable unrendered. */
export const markdown: Renderer = {
  result(result, options) {
    if (result.check) return checkMarkdown(result, result.check, options)
    const blocks = result.scenarios.flatMap(scenario => scenarioBlocks(scenario, options))
    if (result.scenarios.length > 1) blocks.push('## Total', totals(result))
    if (result.breakeven) blocks.push(setTable(curveTable(result.breakeven)), setTable(leversTable(result.breakeven)))
    if (result.route) blocks.push(...routeBlocks(result, result.route, options.explain))
    return finish([...blocks, ...warningBlocks(result.warnings), plain(words.provenance(result.pricing))])
  },
  comparison(comparison, options) {
    const [first] = comparison.scenarios
    return finish([
      `## ${plain(first?.name ?? '')}, by ${viewLabel(comparison.view)}`,
      ...(first ? [plain(words.comparedWork(comparison))] : []),
      comparisonTable(comparison),
      ...words.gapsOf(comparison).map(plain),
      ...(options.explain ? comparison.scenarios.flatMap(explained) : []),
      ...words
        .comparisonNotes(comparison, { views: ['headline', comparison.view], explain: options.explain })
        .map(plain),
      ...warningBlocks(comparison.warnings),
      plain(words.provenance(comparison.pricing)),
    ])
  },
  difference: differenceMarkdown,
}

/** A table under a head of our own words; whatever stands in its rows is text. */
const table = ([head = [], ...rows]: readonly (readonly string[])[], align: readonly string[]): string =>
  markdownTable([head, ...rows.map(row => row.map(cell))], { align })

const finish = (blocks: readonly string[]): string => `${blocks.join('\n\n')}\n`

const scenarioBlocks = (scenario: ScenarioResult, { explain }: RenderOptions): string[] => {
  const hours = words.hours(scenario)
  const estimated = words.estimatedPart(scenario)
  return [
    `## ${plain(words.heading(scenario))}`,
    ...(scenario.description ? [plain(scenario.description)] : []),
    viewsTable(scenario),
    ...fleetTables(scenario),
    ...clusterBlocks(scenario),
    plain(words.workload(scenario)),
    ...(hours ? [`Hours: ${plain(hours)}.`] : []),
    ...words.spreads(scenario).map(plain),
    ...(estimated ? [plain(estimated)] : []),
    ...(explain ? explained(scenario) : []),
    ...words
      .assumedFor(scenario)
      .map(({ title, notes }) => [`${title}:`, '', ...notes.map(note => `- ${plain(note)}`)].join('\n')),
  ]
}

const viewsTable = (scenario: ScenarioResult): string => {
  const { costs, per_month, costs_range, per } = scenario
  const decimals = columnDecimals(words.costsOf(scenario, VIEW_KEYS))
  const monthly = per === 'month' ? null : per_month
  const monthDecimals = columnDecimals(words.figures(VIEW_KEYS.map(view => monthly?.[view])))
  const rows = rowWords.shownRows(scenario).map(view => {
    const { key } = view
    const cost = costs[key]
    const range = costs_range?.[key]
    return [
      rowWords.labelOf(scenario, key),
      words.amount(cost, decimals),
      ...(monthly ? [words.amount(monthly[key], monthDecimals)] : []),
      ...(costs_range ? [range ? words.span(range, decimals) : ''] : []),
      cost === null || key === 'headline' ? '' : words.changeOf(key, cost, costs.headline ?? '0'),
      rowWords.remarkOf(scenario, view),
    ]
  })
  const extra = [...(monthly ? ['USD a month'] : []), ...(costs_range ? ['By hour, low-high'] : [])]
  const head = ['View', words.unitOf(scenario), ...extra, 'Change', '']
  return table([head, ...rows], ['l', 'r', ...extra.map(() => 'r'), 'r', 'l'])
}

const fleetTables = (scenario: ScenarioResult): string[] => {
  const { routing } = scenario
  if (!routing) return []
  const tables = [
    legsTable(scenario, routing),
    ...(routing.baselines.length > 0 ? [savingsTable(scenario, routing)] : []),
  ]
  return tables.map(setTable)
}

const setTable = ({ columns, rows }: FleetTable): string =>
  table(
    [columns.map(({ title }) => title), ...rows],
    columns.map(({ right }) => (right ? 'r' : 'l')),
  )

/** The cluster and where it breaks even; none where the scenario has none. */
const clusterBlocks = (scenario: ScenarioResult): string[] => {
  const { self_host } = scenario
  if (!self_host) return []
  return [
    setTable(breakEvenTable(scenario, self_host)),
    ...[
      ...clusterFacts(self_host, scenario.input.self_host?.useful_share ?? '1'),
      ...wouldBe(self_host, self_host.hosted_view),
    ].map(plain),
  ]
}

/** Models by cost and quality, and the cheapest split. */
const routeBlocks = (result: Result, found: RouteFound, explain: boolean): string[] => {
  const { cheapest, points } = found
  const [scenario] = result.scenarios
  return [
    ...(points.length > 0 ? [setTable(pointsTable(result, found))] : []),
    ...(cheapest && scenario
      ? [setTable(cheapestTable(cheapest, found)), ...cheapestNotes(cheapest, found, words.unitOf(scenario)).map(plain)]
      : []),
    ...routeNotes(found, { served: scenario ? words.serving(scenario) : [], explain }).map(plain),
  ]
}

const explained = (scenario: ScenarioResult): string[] => [
  `### ${plain(`${scenario.name}, ${words.servedBy(scenario)}`)}: quantity × rate = cost`,
  table(
    [
      ['View', ...(scenario.routing ? ['Model'] : []), 'Meter', 'Quantity', 'Rate', 'Cost', 'Row'],
      ...scenario.lines.map(line => {
        const { quantity, rate, cost } = words.worked(line)
        const served = scenario.routing ? [line.model] : []
        return [viewLabel(line.view), ...served, line.meter, quantity, rate, cost, words.origin(line)]
      }),
    ],
    ['l', ...(scenario.routing ? ['l'] : []), 'l', 'r', 'r', 'r', 'l'],
  ),
]

const totals = (result: Result): string => {
  const rows = words.totalRows(result)
  const decimals = columnDecimals(
    rows.flatMap(({ sums }) => [...words.costsOf(sums, VIEW_KEYS), ...Object.values(sums.at_least)]),
  )
  return table(
    [
      ['', ...VIEW_KEYS.map(viewLabel)],
      ...rows.map(({ title, sums }) => [
        `${title} (${sums.scenarios})`,
        ...VIEW_KEYS.map(view => {
          const [cost, atLeast] = [sums.costs[view], sums.at_least[view]]
          return cost === null && atLeast !== undefined
            ? `≥ ${words.amount(atLeast, decimals)}`
            : words.amount(cost, decimals)
        }),
      ]),
    ],
    ['l', ...VIEW_KEYS.map(() => 'r')],
  )
}

const comparisonTable = ({ scenarios, view }: Comparison): string => {
  const shown = view === 'headline' ? [view] : (['headline', view] as const)
  const decimals = shown.map(key => columnDecimals(words.figures(scenarios.map(({ costs }) => costs[key]))))
  const text = words.hasText(scenarios)
  return table(
    [
      ['#', 'Model', ...(text ? ['Tokens in', 'Count'] : []), ...shown.map(viewLabel), 'Of dearest', 'Context', 'Elo'],
      ...scenarios.map(candidate => [
        candidate.rank === null ? '-' : String(candidate.rank),
        candidate.model ?? '',
        ...(text ? [words.counted(candidate.tokens.prompt), words.howCounted(candidate)] : []),
        ...shown.map((key, i) => words.amount(candidate.costs[key], decimals[i])),
        candidate.share_of_dearest === null ? '' : formatShare(candidate.share_of_dearest),
        words.fitting(candidate),
        candidate.arena_elo === null ? '' : String(candidate.arena_elo),
      ]),
    ],
    ['r', 'l', ...(text ? ['r', 'l'] : []), ...shown.map(() => 'r'), 'r', 'r', 'r'],
  )
}

const warningBlocks = (warnings: readonly Warning[]): string[] =>
  warnings.length === 0
    ? []
    : ['Warnings:', warnings.map(({ what, fix }) => `- ${plain(what)}; ${plain(fix)}`).join('\n')]
