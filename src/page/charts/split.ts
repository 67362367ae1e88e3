import { withTerms } from '../../cost/workload/serving.ts'
import { highOf, lowOf, type Printed } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import type { Routed } from '../../model/result/routed.ts'
import { type View, viewLabel } from '../../model/views.ts'
import { names, right, type Table } from '../../report/blocks/block.ts'
import { sayUsd } from '../../report/estimate/answer-in-words.ts'
import { amount, figures } from '../../report/figures/amounts.ts'
import { columnDecimals, formatShare, spanned } from '../../report/figures/format.ts'
import { unitOf } from '../../report/figures/period.ts'
import { perMonth } from '../../report/fleet/both-ends.ts'
import { savedAgainst } from '../../report/fleet/saved-against.ts'
import type { Chart } from './chart.ts'
import { type Bar, drawBars } from './drawing/bars.ts'
import { COLOUR, shareTick } from './drawing/frame.ts'

/** The view that legs and baselines are compared in. */
const viewOf = ({ costs }: ScenarioResult): View => (costs.cached == null ? 'headline' : 'cached')

/** Each leg's share of the requests beside its share of the cost; `null` without a split. */
export const splitChart = (scenario: ScenarioResult): Chart | null => {
  const { routing } = scenario
  if (!routing) return null
  const view = viewOf(scenario)
  const bars = routing.legs.flatMap((leg): Bar[] => {
    const cost = leg.share_of_cost[view] ?? null
    const requests = { low: leg.share, high: leg.share, colour: COLOUR.quiet, tag: null }
    return [
      { ...requests, name: withTerms(leg.model, leg), figure: `${formatShare(leg.share)} of the requests` },
      ...(cost === null
        ? []
        : [{ ...shareBar(cost), name: '', tag: null, figure: `${spanned(cost, formatShare)} of the cost` }]),
    ]
  })
  return {
    title: 'The split: requests against cost',
    summary: splitSummary(routing, view),
    table: legsTable(scenario, routing, view),
    draw: width => drawBars(bars, width, { label: 'share of the whole', most: 1, tick: shareTick }),
  }
}

const shareBar = (share: Printed<number>): Pick<Bar, 'low' | 'high' | 'colour'> => ({
  low: lowOf(share),
  high: highOf(share),
  colour: COLOUR.first,
})

const splitSummary = ({ legs, mode }: Routed, view: View): string => {
  const [first, ...others] = legs.toSorted(
    (a, b) => highOf(b.share_of_cost[view] ?? 0) - highOf(a.share_of_cost[view] ?? 0),
  )
  const cost = first?.share_of_cost[view]
  if (!first || cost == null) return `A ${mode} of ${legs.length} legs; what each of them costs is unknown.`
  const rest = others.length > 0 ? `; the rest go to ${others.map(({ model }) => model).join(', ')}` : ''
  return `${first.model} serves ${formatShare(first.share)} of the requests for ${spanned(cost, formatShare)} of the cost${rest}.`
}

const legsTable = (scenario: ScenarioResult, { legs, fallback, router }: Routed, view: View): Table => {
  const decimals = columnDecimals(figures([...legs.map(({ costs }) => costs[view]), fallback?.costs[view]]))
  return {
    kind: 'table',
    columns: [names('model'), right('of the requests'), right('of the cost'), right(unitOf(scenario))],
    rows: [
      ...legs.map(leg => {
        const share = leg.share_of_cost[view] ?? null
        return [
          withTerms(leg.model, leg),
          formatShare(leg.share),
          share === null ? 'N/A' : spanned(share, formatShare),
          amount(leg.costs[view] ?? null, decimals),
        ]
      }),
      ...(fallback
        ? [
            [
              `${withTerms(fallback.model, fallback)}, the fallback`,
              formatShare(fallback.share),
              '',
              amount(fallback.costs[view] ?? null, decimals),
            ],
          ]
        : []),
      ...(router ? [['router', '', '', amount(router.cost)]] : []),
    ],
  }
}

/** The split against each single model that would serve everything; `null` without a split or baselines. */
export const savingChart = (scenario: ScenarioResult): Chart | null => {
  const { routing } = scenario
  if (!routing || routing.baselines.length === 0) return null
  const view = viewOf(scenario)
  const month = perMonth(scenario) ?? (usd => usd)
  const unit = scenario.per_month ? 'a month' : 'a run'
  const own = scenario.costs[view] ?? null
  const rows = [
    { name: 'this split', cost: own && month(own), saving: null, colour: COLOUR.first },
    ...routing.baselines.map(one => {
      const [cost, saving] = [one.costs[view] ?? null, one.saving[view] ?? null]
      return { name: `all ${withTerms(one.model, one)}`, cost: cost && month(cost), saving, colour: COLOUR.quiet }
    }),
  ]
  const bars = rows.flatMap(({ name, cost, saving, colour }): Bar[] => {
    if (cost === null) return []
    const figure = [sayUsd(cost), ...(saving === null ? [] : [savedInWords(saving)])].join(' · ')
    return [{ name, tag: null, figure, colour, low: Number(lowOf(cost)), high: Number(highOf(cost)) }]
  })
  const decimals = columnDecimals(figures(rows.map(({ cost }) => cost)))
  return {
    title: 'What the split saves',
    summary: savingSummary(rows, view),
    table: {
      kind: 'table',
      columns: [names('served by'), right(`USD ${unit}`), right('saved by the split')],
      rows: rows.map(({ name, cost, saving }) => [
        name,
        amount(cost, decimals),
        saving === null ? '' : savedAgainst(saving),
      ]),
      marked: 0,
    },
    draw: width => drawBars(bars, width, { label: `USD ${unit}, ${viewLabel(view)}` }),
  }
}

/** @example 62.1% saved */
const savedInWords = (saving: Printed<number>): string => {
  const figure = savedAgainst(saving)
  return figure.endsWith('dearer') ? `split ${figure}` : `${figure} saved`
}

const savingSummary = (
  [own, ...others]: readonly {
    readonly name: string
    readonly cost: Printed<string> | null
    readonly saving: Printed<number> | null
  }[],
  view: View,
): string => {
  if (!own || own.cost === null) return 'What the split costs is unknown.'
  const against = others.flatMap(({ name, saving }) => {
    if (saving === null) return []
    const figure = savedAgainst(saving)
    return [figure.endsWith('dearer') ? `${figure} than ${name}` : `${figure} less than ${name}`]
  })
  const figures = against.length > 0 ? `: ${against.join(', ')}` : '; what a single model would cost is unknown'
  return `By ${viewLabel(view)}, the split costs ${sayUsd(own.cost)}${figures}.`
}
