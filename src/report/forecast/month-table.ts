import type { Printed } from '../../model/number/range.ts'
import type { ForecastScenario } from '../../model/result/forecast.ts'
import { ALL_VIEWS, type CostView, viewLabel } from '../../model/views.ts'
import { left, right, strong, type Table, type Text } from '../blocks/block.ts'
import { amount, figures } from '../figures/amounts.ts'
import { columnDecimals, formatCount, formatQuantity, spanned } from '../figures/format.ts'

/** The views of the table: the one that answers, then the others that are known in any month, but for the ideal cache. */
export const shownViews = ({ months, answer }: ForecastScenario): CostView[] => {
  const known = ALL_VIEWS.filter(view => view !== 'cached_ideal' && months.some(({ costs }) => costs[view] !== null))
  return [...(answer.view ? [answer.view] : []), ...known.filter(view => view !== answer.view)]
}

/** One row per month, and the total; the view that answers stands first. */
export const monthTable = (scenario: ForecastScenario): Table => {
  const { months, total } = scenario
  const views = shownViews(scenario)
  const hasNodes = months.some(({ self_hosted }) => self_hosted !== null)
  const hasAssumed = months.some(({ assumed }) => assumed.length > 0)
  const hasRequests = total.requests !== null
  const decimals = new Map(
    views.map(view => [view, columnDecimals(figures([...months.map(({ costs }) => costs[view])]))]),
  )
  const cell = (cost: Printed<string> | null, view: CostView): Text => {
    const shown = amount(cost, decimals.get(view))
    if (cost === null) return { as: 'dim', text: shown }
    return view === views[0] ? strong(shown) : shown
  }
  const row = (first: Text, requests: number | string | null, cells: readonly Text[]): Text[] => [
    first,
    ...(hasRequests ? [requests === null ? '' : formatCount(requests)] : []),
    ...cells,
  ]
  const totals = views.map((view): Text => {
    const [whole, least] = [total.costs[view], total.at_least[view]]
    if (whole !== null || least === undefined) return cell(whole, view)
    return strong(`≥ ${amount(least, decimals.get(view))}`)
  })
  return {
    kind: 'table',
    title: 'USD in the calendar month',
    columns: [
      left('month'),
      ...(hasRequests ? [right('requests', { drop: 2 })] : []),
      ...views.map((view, i) => right(viewLabel(view), i === 0 ? {} : { drop: 10 - i })),
      ...(hasNodes ? [right('nodes', { drop: 1 })] : []),
      ...(hasAssumed ? [left('assumed')] : []),
    ],
    rows: [
      ...months.map(month => [
        ...row(
          month.month,
          month.requests,
          views.map(view => cell(month.costs[view], view)),
        ),
        ...(hasNodes ? [month.self_hosted ? spanned(month.self_hosted.nodes, formatQuantity) : ''] : []),
        ...(hasAssumed ? [month.assumed.map(code => code.replace('_', ' ')).join(', ')] : []),
      ]),
      [...row(strong('total'), total.requests, totals), ...(hasNodes ? [''] : []), ...(hasAssumed ? [''] : [])],
    ],
  }
}
