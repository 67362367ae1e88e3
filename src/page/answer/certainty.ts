import { plural } from '../../model/plural.ts'
import type { Warning } from '../../model/result/result.ts'
import type { CostView } from '../../model/views.ts'
import { fragmentOf } from '../../plan/page/fragment.ts'
import type { Priced } from '../../plan/page/priced.ts'
import { isMarked } from '../../report/estimate/views-in-words.ts'
import { formatShare } from '../../report/figures/format.ts'
import { el } from '../dom/element.ts'

/** What makes the answer least certain, the most telling first, with a link to all of it. */
export const certainty = (priced: Priced, view: CostView | null): HTMLElement[] => {
  const { data, page, settings } = priced
  const doubts = doubtsOf(priced, view)
  if (doubts.length === 0) return []
  const open = (event: Event): void => {
    event.preventDefault()
    document.getElementById('notes')?.scrollIntoView()
  }
  const href = fragmentOf({ index: data.scenarios.indexOf(page), settings, part: 'notes' })
  return [
    el(
      'p',
      { class: 'certainty' },
      `How sure is this? ${doubts.join('; ')}: `,
      el('a', { href, onclick: open }, 'all of them'),
      '.',
    ),
  ]
}

const doubtsOf = ({ first, result: { warnings } }: Priced, view: CostView | null): string[] => {
  const { bounds, estimated_share, tokens, assumptions } = first
  const estimated = view === null ? null : estimated_share[view]
  const bound = view !== null && isMarked(first, view)
  return [
    ...(bound ? [`the cost is a bound: ${bounds[view]}`] : []),
    ...(estimated != null && estimated > 0
      ? [`${formatShare(estimated)} of the cost rests on estimated tokens`]
      : tokens.exact
        ? []
        : ['token counts are estimates']),
    ...warned(warnings),
    ...(assumptions.length === 0 ? [] : [plural(assumptions.length, 'assumption')]),
  ]
}

/** How many warnings there are, and whether all of them are about the cluster. */
const warned = (warnings: readonly Warning[]): string[] => {
  if (warnings.length === 0) return []
  const isCluster = warnings.every(({ path }) => path?.startsWith('self_host.') === true)
  const isSpeed = isCluster && warnings.every(({ path = '' }) => /\.(?:throughput|capacity)\b/.test(path))
  const about = isSpeed ? " about the cluster's throughput" : isCluster ? ' about the cluster' : ''
  return [`${plural(warnings.length, 'warning')}${about}`]
}
